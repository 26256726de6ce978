import type { MediaLimits } from '../../../src/model/capture.js';

/** Large enough for all that is made here. */
export const LIMITS: MediaLimits = {
  types: ['image/jpeg', 'image/png', 'application/pdf', 'video/mp4', 'video/quicktime'],
  pictureBytes: 16_000_000,
  videoBytes: 20_000_000,
  longerSide: 1920,
};

/** Left above, right above, left below, right below. */
export const CORNERS = ['red', 'lime', 'blue', 'black'] as const;

export type Corner = (typeof CORNERS)[number];

const blobOf = (canvas: HTMLCanvasElement, type: string, quality = 0.9): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob) resolve(blob);
        else reject(new Error('Not encoded'));
      },
      type,
      quality,
    );
  });

/** A picture of four colours, one a corner. */
export const fourCorners = (width: number, height: number, type = 'image/jpeg'): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  for (const [n, colour] of CORNERS.entries()) {
    context.fillStyle = colour;
    context.fillRect(
      (n % 2) * (width / 2),
      Math.floor(n / 2) * (height / 2),
      width / 2,
      height / 2,
    );
  }
  return blobOf(canvas, type);
};

/** Nothing that could be packed: each pixel by chance. */
export const noise = async (width: number, height: number): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  let state = 1;
  image.data.forEach((_, n) => {
    state = (state * 48271) % 2147483647;
    image.data[n] = n % 4 === 3 ? 255 : state % 256;
  });
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return blobOf(canvas, 'image/jpeg', 1);
};

/** A PNG with nothing but half a circle on nothing. */
export const transparent = (): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 100;
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'red';
  context.fillRect(0, 50, 100, 50);
  return blobOf(canvas, 'image/png');
};

export const asBlob = (bytes: Uint8Array<ArrayBuffer>, type = ''): Blob =>
  new Blob([bytes], { type });

/** The colours near a picture's corners, in the same order. */
export const cornersOf = async (blob: Blob): Promise<readonly string[]> => {
  const bitmap = await createImageBitmap(blob);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return [0, 1, 2, 3].map((n) => {
    const x = Math.round(bitmap.width * (n % 2 ? 0.8 : 0.2));
    const y = Math.round(bitmap.height * (n > 1 ? 0.8 : 0.2));
    const [r = 0, g = 0, b = 0] = context.getImageData(x, y, 1, 1).data;
    const channels = [r, g, b].map((value) => (value > 127 ? 1 : 0)).join('');
    return { '100': 'red', '010': 'lime', '001': 'blue', '000': 'black', '111': 'white' }[
      channels
    ]!;
  });
};

export const sizeOf = async (blob: Blob): Promise<readonly [number, number]> => {
  const { width, height } = await createImageBitmap(blob);
  return [width, height];
};

/** The bytes as text, to look for what must not be in them. */
export const textOf = async (blob: Blob): Promise<string> =>
  new TextDecoder('latin1').decode(await blob.arrayBuffer());
