import type { MediaLimits } from '../model/capture.js';
import { orientationOf } from './exif.js';
import type { Pixels } from './quality.js';

type Canvas = OffscreenCanvas | HTMLCanvasElement;
type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** A picture that is open, and how it has to be turned. */
export interface OpenPicture {
  readonly bitmap: ImageBitmap;
  /** As EXIF counts. */
  readonly orientation: number;
}

/** Qualities that are tried for a picture, in turn, before it is made smaller. */
const QUALITIES = [0.92, 0.82, 0.7];
/** Pixels of the longer side under which nothing is readable anyway. */
const LEAST = 200;
/** Pixels of the longer side of what is looked at: more than is needed, as engines shrink badly. */
const LOOKED_AT = 2048;

const canvasOf = (width: number, height: number): Canvas => {
  if (!('document' in globalThis)) return new OffscreenCanvas(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
};

const contextOf = (canvas: Canvas): Context => {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new TypeError('No canvas');
  return context;
};

/** Memory of a canvas may be kept until the next collection of garbage, unless it has no size. */
const drop = (canvas: Canvas): void => {
  canvas.width = canvas.height = 0;
};

/**
 * Whether what is drawn can be read again. A browser that guards against fingerprints may answer with
 * noise (Firefox's `privacy.resistFingerprinting`), which nobody would want to send.
 */
export const canRead = (): boolean => {
  try {
    const canvas = canvasOf(4, 4);
    const context = contextOf(canvas);
    context.fillStyle = '#808080';
    context.fillRect(0, 0, 4, 4);
    const { data } = context.getImageData(0, 0, 4, 4);
    return data.every((value, n) => n % 4 === 3 || Math.abs(value - 128) < 8);
  } catch {
    return false;
  }
};

/**
 * Opens a picture. Engines differ in whether they turn it as EXIF says, so a JPEG's EXIF is told to say
 * "upright", and the turning is left to {@link draw}. All else is upright as it comes from here.
 */
export const openPicture = async (blob: Blob): Promise<OpenPicture> => {
  // In one piece: Firefox cannot open a picture from a blob of several parts.
  const file = await blob.arrayBuffer();
  const found = blob.type === 'image/jpeg' ? orientationOf(file) : undefined;
  if (found) new DataView(file).setUint16(found.at, 1, found.isLittleEndian);
  return {
    bitmap: await createImageBitmap(new Blob([file], { type: blob.type })),
    orientation: found?.value ?? 1,
  };
};

/** By EXIF's number: what turns a picture of so much width and height upright. */
const turn = (orientation: number, w: number, h: number): DOMMatrix2DInit => {
  const turns: readonly (readonly number[])[] = [
    [1, 0, 0, 1, 0, 0],
    [-1, 0, 0, 1, w, 0],
    [-1, 0, 0, -1, w, h],
    [1, 0, 0, -1, 0, h],
    [0, 1, 1, 0, 0, 0],
    [0, 1, -1, 0, h, 0],
    [0, -1, -1, 0, h, w],
    [0, -1, 1, 0, 0, w],
  ];
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = turns[orientation - 1] ?? [];
  return { a, b, c, d, e, f };
};

/** Pixels of the longer side. */
export const longerOf = ({ width, height }: { width: number; height: number }): number =>
  Math.max(width, height);

/** Draws it upright and on white, no longer than `side`, and never larger than it is. */
const draw = ({ bitmap, orientation }: OpenPicture, side: number): Canvas => {
  const factor = Math.min(1, side / longerOf(bitmap));
  const width = Math.max(1, Math.round(bitmap.width * factor));
  const height = Math.max(1, Math.round(bitmap.height * factor));
  const canvas = orientation > 4 ? canvasOf(height, width) : canvasOf(width, height);
  const context = contextOf(canvas);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.setTransform(turn(orientation, width, height));
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
};

const encode = async (canvas: Canvas, type: string, quality: number): Promise<Blob> => {
  const blob =
    'convertToBlob' in canvas
      ? await canvas.convertToBlob({ type, quality })
      : await new Promise<Blob | null>((resolve) => {
          canvas.toBlob(resolve, type, quality);
        });
  if (blob?.type !== type) throw new TypeError('Not encoded');
  return blob;
};

/** A picture that is a file again. */
export interface WrittenPicture {
  readonly blob: Blob;
  /** Pixels of its longer side. */
  readonly side: number;
}

/** The picture within the limits; `undefined` where it would have to be unreadably small. */
export const writePicture = async (
  picture: OpenPicture,
  type: 'image/jpeg' | 'image/png',
  { longerSide, pictureBytes }: Pick<MediaLimits, 'longerSide' | 'pictureBytes'>,
): Promise<WrittenPicture | undefined> => {
  const first = Math.min(longerOf(picture.bitmap), longerSide);
  for (let side = first; side === first || side >= LEAST; side *= 0.75) {
    const canvas = draw(picture, side);
    // PNG knows no quality.
    for (const quality of type === 'image/png' ? [1] : QUALITIES) {
      const blob = await encode(canvas, type, quality);
      if (blob.size <= pictureBytes) {
        drop(canvas);
        return { blob, side };
      }
    }
    drop(canvas);
  }
  return undefined;
};

/** Pixels to look at. */
export const pixelsOf = (picture: OpenPicture): Pixels => {
  const canvas = draw(picture, LOOKED_AT);
  const pixels = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
  drop(canvas);
  return pixels;
};
