/** The page that a large photo is put into: left in `bench`, for the measure to call. */
import type { KycCapture } from '../../../src/capture/kyc-capture.js';

interface Way {
  /** The longest task of the page's main thread, in milliseconds; 0 where none took 50. */
  readonly longest: number;
  /** All of its tasks of 50 and more, beyond the first 50 of each. */
  readonly blocked: number;
  readonly took: number;
  /** Bytes of what came of it. */
  readonly size: number;
}

interface Api {
  readonly shuftiProPlan: (request: object) => KycCapture['plan'];
}

/** The longer side that is asked for, as for Shufti Pro. */
const LONGER_SIDE = 3508;

let photo: File | undefined;

/** As a phone would take it: many small things of all colours, with noise. Gives its bytes. */
const makePhoto = async (width: number, height: number): Promise<number> => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  let state = 7;
  const chance = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let count = 0; count < 60_000; count += 1) {
    context.fillStyle = `hsl(${chance() * 360} ${chance() * 100}% ${chance() * 100}%)`;
    const side = 4 + chance() * 120;
    context.fillRect(chance() * width, chance() * height, side, side);
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  photo = new File([blob], 'photo.jpg', { type: 'image/jpeg' });
  return photo.size;
};

const nextFrame = (): Promise<number> => new Promise(requestAnimationFrame);

/** Watches the main thread while something is done, and two frames more. */
const watch = async (act: (photo: File) => Promise<number>): Promise<Way> => {
  if (!photo) throw new Error('No photo.');
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    tasks.push(...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });
  const start = performance.now();
  const size = await act(photo);
  const took = performance.now() - start;
  await nextFrame();
  await nextFrame();
  // They are told a little later.
  await new Promise((resolve) => {
    setTimeout(resolve, 200);
  });
  observer.disconnect();
  return {
    longest: Math.max(0, ...tasks),
    blocked: tasks.reduce((sum, task) => sum + task - 50, 0),
    took,
    size,
  };
};

/** The way that is written first: decode, draw smaller, encode, all where the page lives. */
const naive = (): Promise<Way> =>
  watch(async (file) => {
    const image = new Image();
    image.src = URL.createObjectURL(file);
    await image.decode();
    const scale = LONGER_SIDE / Math.max(image.naturalWidth, image.naturalHeight);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', 0.9);
    });
    URL.revokeObjectURL(image.src);
    document.body.append(canvas);
    return blob?.size ?? 0;
  });

/** The element, from the choice of the file until the person sees the picture to be reviewed. */
const capture = async (): Promise<Way> => {
  const { KycCapture: api } = globalThis as unknown as { KycCapture: Api };
  const element = document.createElement('kyc-capture');
  element.plan = api.shuftiProPlan({ face: {} });
  document.body.append(element);
  element.start();
  await element.updateComplete;
  const root = element.shadowRoot;
  const input = root?.querySelector<HTMLInputElement>('[data-input=files]');
  if (!root || !input) throw new Error('No file is asked for.');
  return watch(async (file) => {
    const data = new DataTransfer();
    data.items.add(file);
    input.files = data.files;
    input.dispatchEvent(new Event('change'));
    // Drawn, not only there: an empty canvas is 300 pixels wide.
    while ((root.querySelector('canvas')?.width ?? 0) <= 300) await nextFrame();
    return new Promise((resolve) => {
      element.addEventListener('kyc-captured', ({ detail }) => {
        resolve(detail.proofs[0]?.blob.size ?? 0);
      });
      const press = async (): Promise<void> => {
        root.querySelector<HTMLButtonElement>('.actions button')?.click();
        await element.updateComplete;
      };
      void press().then(press);
    });
  });
};

Object.assign(globalThis, { bench: { makePhoto, naive, capture } });
