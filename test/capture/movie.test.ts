import { expect } from '@open-wc/testing';
import { withoutPlaces } from '../../src/capture/movie.js';
import { textOf } from './support/files.js';

const latin = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const long = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >> shift) & 255);

const box = (type: string, ...content: readonly (string | number[])[]): number[] => {
  const inside = content.flatMap((part) => (typeof part === 'string' ? latin(part) : part));
  return [...long(inside.length + 8), ...latin(type), ...inside];
};

/** The same with a size of eight bytes. */
const largeBox = (type: string, content: string): number[] => [
  ...long(1),
  ...latin(type),
  ...long(0),
  ...long(content.length + 16),
  ...latin(content),
];

const PLACE = '+48.8577+002.295/';

/** Every place where phones write where they are. */
const MOVIE = [
  ...box('ftyp', 'isom\0\0\x02\0isomiso2mp41'),
  ...box(
    'moov',
    box('mvhd', 'the header'),
    box(
      'trak',
      box('tkhd', 'a track'),
      box('udta', box('loci', PLACE)),
      box('meta', `ISO6709${PLACE}`),
      box('mdia', box('mdhd', 'its media')),
    ),
    box('udta', box('\xa9xyz', `\0\x12\x15\xc7${PLACE}`), [0, 0, 0, 0]),
    box('meta', `com.apple.quicktime.location.ISO6709${PLACE}`),
    box('uuid', PLACE),
  ),
  ...largeBox('mdat', 'all the pictures'),
  ...largeBox('uuid', `xmp with ${PLACE}`),
];

const file = (bytes: readonly number[]): Blob =>
  new Blob([new Uint8Array(bytes)], { type: 'video/mp4' });

const failure = async (bytes: readonly number[]): Promise<unknown> =>
  withoutPlaces(file(bytes)).catch((error: unknown) => error);

const firstFrame = (blob: Blob): Promise<number> =>
  new Promise((resolve, reject) => {
    const video = document.createElement('video');
    const url = URL.createObjectURL(blob);
    video.muted = true;
    video.onloadeddata = () => {
      URL.revokeObjectURL(url);
      resolve(video.videoWidth);
    };
    video.onerror = () => {
      reject(new Error(video.error?.message));
    };
    video.src = url;
  });

/** A clip of some frames. */
const record = async (type: string): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  canvas.width = 160;
  canvas.height = 120;
  const context = canvas.getContext('2d')!;
  const stream = canvas.captureStream(30);
  const recorder = new MediaRecorder(stream, { mimeType: type });
  const parts: Blob[] = [];
  const isOver = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  for (let n = 0; n < 20; n += 1) {
    context.fillStyle = `rgb(${n * 10} 80 120)`;
    context.fillRect(0, 0, 160, 120);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await isOver;
  stream.getTracks()[0]?.stop();
  return new Blob(parts, { type: 'video/mp4' });
};

describe('withoutPlaces', () => {
  it('empties each box that may say where a clip was filmed, and moves nothing', async () => {
    const before = await textOf(file(MOVIE));
    const cleaned = await withoutPlaces(file(MOVIE));
    const after = await textOf(cleaned);
    expect(before.split(PLACE).length - 1).to.equal(6);
    expect(after).not.to.contain('48.8577');
    expect(after).not.to.contain('location');
    expect(after).to.have.lengthOf(before.length);
    expect(cleaned.type).to.equal('video/mp4');
    for (const kept of ['ftypisom', 'the header', 'a track', 'its media', 'all the pictures']) {
      expect(before).to.contain(kept);
      expect(after.indexOf(kept), kept).to.equal(before.indexOf(kept));
    }
    expect(after.match(/free/g)).to.have.lengthOf(6);
  });

  it('takes a last box without a size for all the rest', async () => {
    const rest = [...long(0), ...latin('mdatthe rest')];
    const whole = [...box('moov', box('udta', PLACE)), ...rest];
    const after = await textOf(await withoutPlaces(file(whole)));
    expect(after.endsWith('mdatthe rest')).to.equal(true);
    expect(after).not.to.contain(PLACE);
  });

  it('refuses a file that is cut off, has a box that cannot be, or no index', async () => {
    expect(await failure(MOVIE.slice(0, -8))).to.be.instanceOf(RangeError);
    expect(await failure([...MOVIE, ...long(4), ...latin('mdat')])).to.be.instanceOf(RangeError);
    expect(await failure(box('moov', [...long(99), ...latin('udta')]))).to.be.instanceOf(
      RangeError,
    );
    expect(await failure(box('mdat', 'alone'))).to.be.instanceOf(RangeError);
    expect(await failure([...box('moov', ''), 1, 2, 3])).to.be.instanceOf(RangeError);
  });

  it('leaves a real clip as playable as it was', async function () {
    const type = ['video/mp4;codecs=vp9', 'video/mp4'].find(
      (each) => 'MediaRecorder' in globalThis && MediaRecorder.isTypeSupported(each),
    );
    // Firefox records WebM alone; WebKitGTK has no MediaRecorder.
    if (!type) this.skip();
    const clip = await record(type);
    const placed = new Blob([clip, new Uint8Array(box('uuid', PLACE))], { type: 'video/mp4' });
    const cleaned = await withoutPlaces(placed);
    expect(await firstFrame(cleaned)).to.equal(160);
    expect(await textOf(cleaned)).not.to.contain(PLACE);
    expect(cleaned.size).to.equal(placed.size);
  });
});
