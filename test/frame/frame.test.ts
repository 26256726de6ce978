import { expect } from '@open-wc/testing';
import { createFrame, delegation } from '../../src/frame/frame.js';
import { ELSEWHERE, HERE, mountPuppet, puppetUrl } from '../support/puppet.js';

const create = (url = 'https://verify.test/session'): HTMLIFrameElement =>
  createFrame(new URL(url), 'camera https://verify.test');

describe('delegation', () => {
  it('gives each feature to each origin, spaces between origins and semicolons between features', () => {
    const origins = ['https://a.test', 'https://b.test:8443'];
    expect(delegation(['camera', 'microphone', 'fullscreen'], origins)).to.equal(
      'camera https://a.test https://b.test:8443; ' +
        'microphone https://a.test https://b.test:8443; ' +
        'fullscreen https://a.test https://b.test:8443',
    );
  });

  it('gives one feature to one origin', () => {
    expect(delegation(['camera'], ['https://a.test'])).to.equal('camera https://a.test');
  });

  it('gives nothing where there is no feature', () => {
    expect(delegation([], ['https://a.test'])).to.equal('');
  });
});

describe('createFrame', () => {
  it('sets `allow` before `src`, since browsers read it once', () => {
    const names = create().getAttributeNames();
    expect(names).to.include.members(['allow', 'src']);
    expect(names.indexOf('allow')).to.be.below(names.indexOf('src'));
  });

  it('sets the referrer policy before `src` too', () => {
    const names = create().getAttributeNames();
    expect(names.indexOf('referrerpolicy')).to.be.below(names.indexOf('src'));
    expect(names).to.include('referrerpolicy');
  });

  it('takes `allow` and the URL over as they are', () => {
    const frame = create('https://verify.test/session?a=b%20c#d');
    expect(frame.getAttribute('allow')).to.equal('camera https://verify.test');
    expect(frame.getAttribute('src')).to.equal('https://verify.test/session?a=b%20c#d');
  });

  it('is a part named `frame`', () => {
    expect([...create().part]).to.deep.equal(['frame']);
  });

  it('gives no sandbox, no lazy loading, and none of the storage away', () => {
    const names = ['part', 'referrerpolicy', 'allow', 'src'];
    expect(create().getAttributeNames()).to.have.members(names);
  });

  it('makes a new frame each time, outside the document', () => {
    const frame = create();
    expect(frame.isConnected).to.equal(false);
    expect(create()).to.not.equal(frame);
  });

  for (const [where, origin] of [
    ['on another origin', ELSEWHERE],
    ["on the host's origin", HERE],
  ] as const) {
    it(`tells a page ${where} the host's origin and not its path`, async () => {
      const frame = createFrame(new URL(puppetUrl(origin)), '');
      const { hello } = await mountPuppet(frame);
      frame.remove();
      expect(location.href).to.not.equal(`${HERE}/`);
      expect(hello.referrer).to.equal(`${HERE}/`);
    });
  }
});
