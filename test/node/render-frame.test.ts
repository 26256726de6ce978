import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

import { frameCollector, renderFrame, type RenderFrameOptions } from '../../src/frame.js';
import { de } from '../../src/i18n/de.js';
import { registerTexts } from '../../src/i18n/texts.js';

const URL_WITH_SECRET = 'https://saas.veriff.com/v/secret-token';

interface Parsed {
  readonly names: readonly string[];
  readonly frame: Readonly<Record<string, string>>;
  readonly script: Readonly<Record<string, string>> | undefined;
  readonly scriptText: string | undefined;
}

type Element = DefaultTreeAdapterTypes.Element;

const attributesOf = (element: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));

/** What a browser makes of it. */
const parsed = (options: Partial<RenderFrameOptions> = {}): Parsed => {
  const { childNodes } = parseFragment(renderFrame({ sessionUrl: URL_WITH_SECRET, ...options }));
  const elements = childNodes as readonly Element[];
  const script = elements.find(({ nodeName }) => nodeName === 'script');
  const frame = elements.find(({ nodeName }) => nodeName === 'iframe');
  assert.ok(frame);
  const [text] = script?.childNodes ?? [];
  return {
    names: elements.map(({ nodeName }) => nodeName),
    frame: attributesOf(frame),
    script: script && attributesOf(script),
    scriptText: text && 'value' in text ? text.value : undefined,
  };
};

describe('the frame for a server', () => {
  it('is the collector and an iframe with what the element would set', () => {
    const { names, frame, script, scriptText } = parsed();
    assert.deepEqual(names, ['script', 'iframe']);
    assert.equal(frame['src'], URL_WITH_SECRET);
    assert.equal(frame['referrerpolicy'], 'strict-origin');
    assert.match(frame['allow'] ?? '', /^camera https:\/\/saas\.veriff\.com https:/);
    assert.doesNotMatch(frame['allow'] ?? '', /\*/);
    assert.equal(frame['title'], 'Identity verification by Veriff');
    assert.deepEqual(script, {});
    assert.equal(scriptText, frameCollector);
    assert.ok(!('sandbox' in frame) && !('style' in frame) && !('srcdoc' in frame));
  });

  it('takes a nonce for the collector, or leaves it out', () => {
    assert.deepEqual(parsed({ nonce: 'abc' }).script, { nonce: 'abc' });
    assert.deepEqual(parsed({ collector: false }).names, ['iframe']);
  });

  it('escapes all that it is given', () => {
    const nasty = `"><script>alert('1')</script>&amp;`;
    const { names, frame, script } = parsed({
      title: nasty,
      nonce: nasty,
      sessionUrl: `${URL_WITH_SECRET}?a="><b>&lt;`,
    });
    assert.deepEqual(names, ['script', 'iframe']);
    assert.equal(frame['title'], nasty);
    assert.deepEqual(script, { nonce: nasty });
    assert.equal(frame['src'], `${URL_WITH_SECRET}?a=%22%3E%3Cb%3E&lt;`);
  });

  it('speaks the language, as far as its texts are registered', () => {
    registerTexts('de', de);
    const { frame } = parsed({ language: 'de-AT' });
    assert.equal(frame['title'], 'Identitätsprüfung durch Veriff');
    assert.equal(frame['src'], `${URL_WITH_SECRET}?lang=de`);
  });

  it('delegates to the origins that the element trusts too', () => {
    const { frame } = parsed({ trustedOrigins: 'https://id.shop.example http://evil.example' });
    assert.match(frame['allow'] ?? '', /camera [^;]*https:\/\/id\.shop\.example/);
    assert.doesNotMatch(frame['allow'] ?? '', /evil/);
  });

  for (const [sessionUrl, provider] of [
    ['https://evil.example/secret-token', undefined],
    ['https://evil.example/secret-token', 'veriff'],
    ['http://saas.veriff.com/secret-token', undefined],
    ['javascript:alert("secret-token")', 'veriff'],
    ['https://saas.veriff.com@evil.example/secret-token', 'veriff'],
    [URL_WITH_SECRET, 'nobody'],
    ['', undefined],
  ] as const) {
    it(`refuses, without repeating the URL: ${sessionUrl || '(none)'} ${provider ?? ''}`, () => {
      assert.throws(
        () => renderFrame({ sessionUrl, ...(provider && { provider }) }),
        (error) => error instanceof TypeError && !error.message.includes('secret-token'),
      );
    });
  }

  it('needs no Lit, and nothing else that is not ours', async () => {
    const { metafile } = await build({
      absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
      entryPoints: ['src/frame.ts'],
      bundle: true,
      write: false,
      format: 'esm',
      metafile: true,
    });
    const foreign = Object.keys(metafile.inputs).filter((path) => !path.startsWith('src/'));
    assert.deepEqual(foreign, []);
  });
});
