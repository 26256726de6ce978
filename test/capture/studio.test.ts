import { expect } from '@open-wc/testing';
import { hintsOf } from '../../src/capture/quality.js';
import { Studio, type StudioAnswer } from '../../src/capture/studio.js';
import { assess, prepare as prepareHere } from '../../src/capture/studio-worker.js';
import type { MediaLimits, ProofSubject } from '../../src/model/capture.js';
import { overrides } from '../support/override.js';
import { pictureOf } from './pictures/pictures.js';
import { SECRETS, withExif } from './support/exif.js';
import {
  asBlob,
  CORNERS,
  cornersOf,
  fourCorners,
  LIMITS,
  noise,
  sizeOf,
  textOf,
  transparent,
} from './support/files.js';

/** Where each corner comes from, by EXIF's number: what the eight ways to hold a camera are. */
const TURNED: Readonly<Record<number, readonly number[]>> = {
  1: [0, 1, 2, 3],
  2: [1, 0, 3, 2],
  3: [3, 2, 1, 0],
  4: [2, 3, 0, 1],
  5: [0, 2, 1, 3],
  6: [2, 0, 3, 1],
  7: [3, 1, 2, 0],
  8: [1, 3, 0, 2],
};

const SPECIMENS = [
  ['genuine-face.jpg', 'face'],
  ['fake-face.jpg', 'face'],
  ['genuine-identity-card.jpg', 'document'],
  ['fake-identity-card.jpg', 'document'],
  ['genuine-consent-note.png', 'consent'],
  ['fake-consent-note.png', 'consent'],
] as const;

const bytes = (...values: readonly (string | number)[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    values.flatMap((value) =>
      typeof value === 'number' ? [value] : Array.from(value, (letter) => letter.charCodeAt(0)),
    ),
  );

describe('Studio', () => {
  const never = new AbortController().signal;
  let studio: Studio;

  /** In the worker, after which it is looked whether the page by itself comes to the same. */
  const prepare = async (
    blob: Blob,
    limits: Partial<MediaLimits> = {},
    subject: ProofSubject = 'document',
  ): Promise<StudioAnswer> => {
    const job = { blob, subject, limits: { ...LIMITS, ...limits } };
    const answer = await studio.prepare(job, never);
    const here = await prepareHere(job);
    expect(here.trouble, 'without a worker').to.equal(answer.trouble);
    expect(here.proof?.blob.size).to.equal(answer.proof?.blob.size);
    expect(here.proof?.hints).to.deep.equal(answer.proof?.hints);
    return answer;
  };

  const proofOf = async (blob: Blob, limits?: Partial<MediaLimits>): Promise<Blob> => {
    const { proof, trouble } = await prepare(blob, limits);
    expect(trouble).to.equal(undefined);
    expect(proof!.blob.type).to.equal(proof!.type);
    return proof!.blob;
  };

  const troubleOf = async (blob: Blob, limits?: Partial<MediaLimits>): Promise<unknown> =>
    (await prepare(blob, limits)).trouble;

  before(() => {
    studio = new Studio();
  });

  after(() => {
    studio.close();
  });

  for (const [orientation, corners] of Object.entries(TURNED)) {
    it(`turns a picture upright that EXIF says is held in way ${orientation}`, async () => {
      const expected = corners.map((n) => CORNERS[n]);
      const jpeg = await fourCorners(120, 80);
      for (const isLittleEndian of [true, false]) {
        const held = await withExif(jpeg, Number(orientation), isLittleEndian);
        const turned = await proofOf(held);
        expect(await cornersOf(turned)).to.deep.equal(expected);
        expect(await sizeOf(turned)).to.deep.equal(Number(orientation) > 4 ? [80, 120] : [120, 80]);
        const here = await prepareHere({ blob: held, subject: 'document', limits: LIMITS });
        expect(await cornersOf(here.proof!.blob)).to.deep.equal(expected);
      }
    });
  }

  it('leaves nothing of what the camera wrote', async () => {
    const held = await withExif(await fourCorners(120, 80), 6);
    const before = await textOf(held);
    const after = await textOf(await proofOf(held));
    for (const secret of SECRETS) {
      expect(before).to.contain(secret);
      expect(after).not.to.contain(secret);
    }
  });

  it('takes a picture with damaged EXIF as it lies', async () => {
    const held = new Uint8Array(
      await (await withExif(await fourCorners(120, 80), 6)).arrayBuffer(),
    );
    // Where the directory is: far outside.
    held.set([0x7f, 0xff, 0xff, 0xff], 2 + 4 + 6 + 4);
    expect(await cornersOf(await proofOf(asBlob(held)))).to.deep.equal([...CORNERS]);
  });

  it('makes a picture of 24 megapixels as small as the provider wants it', async () => {
    const large = await proofOf(await fourCorners(6000, 4000));
    expect(await sizeOf(large)).to.deep.equal([1920, 1280]);
    expect(await cornersOf(large)).to.deep.equal([...CORNERS]);
  });

  it('leaves a small picture as small as it is', async () => {
    expect(await sizeOf(await proofOf(await fourCorners(64, 40)))).to.deep.equal([64, 40]);
  });

  it('lowers the quality first, then the size, until a picture has few enough bytes', async () => {
    const picture = await noise(800, 600);
    const { size } = await proofOf(picture);
    const softer = await proofOf(picture, { pictureBytes: size - 1 });
    expect(softer.size).to.be.below(size);
    expect(await sizeOf(softer)).to.deep.equal([800, 600]);
    const smaller = await proofOf(picture, { pictureBytes: 60_000 });
    expect(smaller.size).to.be.at.most(60_000);
    expect((await sizeOf(smaller))[0])
      .to.be.below(800)
      .and.above(199);
    expect(await troubleOf(picture, { pictureBytes: 500 })).to.equal('file-too-large');
  });

  it('draws a picture that one can see through on white', async () => {
    const drawn = await proofOf(await transparent());
    expect(drawn.type).to.equal('image/jpeg');
    expect(await cornersOf(drawn)).to.deep.equal(['white', 'white', 'red', 'red']);
  });

  it('goes by what is in a file, not by its name', async () => {
    const png = await fourCorners(64, 40, 'image/png');
    const misnamed = new File([png], 'contract.pdf', { type: 'application/pdf' });
    expect((await prepare(misnamed)).proof?.type).to.equal('image/jpeg');
    const text = new File(['Only text'], 'photo.jpg', { type: 'image/jpeg' });
    expect(await troubleOf(text)).to.equal('file-type');
  });

  it('writes WebP anew as JPEG where only that is taken', async function () {
    const webp = await fourCorners(64, 40, 'image/webp');
    // Safari and WebKitGTK read WebP, but write PNG in its place.
    if (webp.type !== 'image/webp') this.skip();
    const drawn = await proofOf(webp, { types: ['image/jpeg'] });
    expect(await cornersOf(drawn)).to.deep.equal([...CORNERS]);
  });

  it('refuses pictures where only other files are taken', async () => {
    const picture = await fourCorners(64, 40);
    expect(await troubleOf(picture, { types: ['application/pdf'] })).to.equal('file-type');
  });

  it('calls a file unreadable that is empty or damaged', async () => {
    expect(await troubleOf(new Blob([]))).to.equal('file-unreadable');
    expect(await troubleOf(asBlob(bytes(0xff, 0xd8, 0xff, 0xe0, 'nothing more')))).to.equal(
      'file-unreadable',
    );
    expect(await troubleOf(asBlob(bytes(0, 0, 0, 8, 'ftypisom')))).to.equal('file-unreadable');
  });

  it('says so where it is HEIC that this browser cannot read', async () => {
    const heic = asBlob(bytes(0, 0, 0, 24, 'ftypheic', 0, 0, 0, 0, 'mif1heic', 0, 0, 0, 0));
    expect(await troubleOf(heic)).to.equal('heic-unsupported');
  });

  it('passes PDF on as it is, within the limit', async () => {
    const pdf = new Blob(['%PDF-1.7 and so on']);
    const proof = await proofOf(pdf);
    expect(proof.type).to.equal('application/pdf');
    expect(await textOf(proof)).to.equal('%PDF-1.7 and so on');
    expect(await troubleOf(pdf, { pictureBytes: 10 })).to.equal('file-too-large');
    expect(await troubleOf(pdf, { types: ['image/jpeg'] })).to.equal('file-type');
  });

  it('takes limits that a framework watches, which cannot be posted as they are', async () => {
    const types = new Proxy([...LIMITS.types], {});
    const limits = new Proxy({ ...LIMITS, types }, {});
    const blob = await fourCorners(64, 40);
    const { proof } = await studio.prepare({ blob, subject: 'document', limits }, never);
    expect(proof?.type).to.equal('image/jpeg');
  });

  it('stops waiting as soon as nobody wants the answer', async () => {
    const wanted = new AbortController();
    const job = { blob: await fourCorners(64, 40), subject: 'face', limits: LIMITS } as const;
    const answer = studio.prepare(job, wanted.signal).catch((error: unknown) => error);
    wanted.abort(new Error('Not wanted'));
    expect(await answer).to.have.property('message', 'Not wanted');
    const late = await studio.prepare(job, wanted.signal).catch((error: unknown) => error);
    expect(late).to.have.property('message', 'Not wanted');
  });

  describe('and its worker', () => {
    const platform = overrides();
    const log: string[] = [];

    beforeEach(() => {
      log.length = 0;
      const Native = Worker;
      platform.set(
        globalThis,
        'Worker',
        class extends Native {
          constructor(...args: ConstructorParameters<typeof Worker>) {
            super(...args);
            log.push('opened');
          }
          override terminate(): void {
            log.push('ended');
            super.terminate();
          }
        },
      );
    });

    it('opens it with the first file, keeps it, ends it, and opens another when needed', async () => {
      const own = new Studio();
      const job = { blob: await fourCorners(64, 40), subject: 'face', limits: LIMITS } as const;
      expect(log).to.deep.equal([]);
      await Promise.all([own.prepare(job, never), own.prepare(job, never)]);
      await own.prepare(job, never);
      expect(log).to.deep.equal(['opened']);
      own.close();
      while (log.length < 2) await Promise.resolve();
      expect(log).to.deep.equal(['opened', 'ended']);
      expect((await own.prepare(job, never)).proof?.type).to.equal('image/jpeg');
      own.close();
      while (log.length < 4) await Promise.resolve();
      expect(log).to.deep.equal(['opened', 'ended', 'opened', 'ended']);
    });

    it('lets go of who waits when it is closed, even while it opens', async () => {
      const own = new Studio();
      const job = { blob: await fourCorners(64, 40), subject: 'face', limits: LIMITS } as const;
      const answer = own.prepare(job, never).catch((error: unknown) => error);
      own.close();
      expect(await answer).to.have.property('name', 'AbortError');
      while (log.length < 2) await new Promise(requestAnimationFrame);
      expect(log).to.deep.equal(['opened', 'ended']);
    });
  });

  for (const [name, subject] of SPECIMENS) {
    it(`finds nothing wrong with the sandbox's ${name}`, async () => {
      const blob = await (await fetch(`/src/sandbox/specimens/${name}`)).blob();
      const { proof } = await prepare(blob, {}, subject);
      expect(proof?.hints).to.deep.equal([]);
    });
  }

  it('says what is wrong with a picture', async () => {
    const { proof } = await prepare(await fourCorners(60, 40));
    expect(proof?.hints).to.include('too-small');
    const black = new ImageData(320, 240);
    black.data.forEach((_, n) => {
      black.data[n] = n % 4 === 3 ? 255 : 8;
    });
    const frame = await createImageBitmap(black);
    expect(await studio.assess(frame, 'document', 6)).to.deep.equal(['too-dark', 'no-rectangle']);
  });

  it('gives the same hints without a worker', async () => {
    const frame = await createImageBitmap(await fourCorners(160, 120));
    const hints = await assess(await createImageBitmap(frame), 'address', 1);
    expect(hints).to.include('too-small');
    expect(await studio.assess(frame, 'address')).to.deep.equal(hints);
  });

  for (const [subject, variant] of [
    ['document', 'glare'],
    ['address', 'moved'],
    ['consent', 'nothing there'],
    ['face', 'dark'],
  ] as const) {
    it(`finds in this browser what it finds in Node: ${subject}, ${variant}`, () => {
      const { pixels, scale, expected } = pictureOf(subject, variant, 1);
      expect(hintsOf(pixels, subject, scale)).to.deep.equal(expected);
    });
  }

  it('looks at a frame, and gives it back to nobody', async () => {
    const frame = await createImageBitmap(await fourCorners(160, 120));
    expect(await studio.assess(frame, 'face')).to.be.an('array');
    expect(frame.width).to.equal(0);
  });
});
