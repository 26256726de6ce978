/** Pixels that a preview is wide at most: enough for a phone held upright, and for half a desktop. */
const WIDTH = 1024;

const drawn = new WeakMap<HTMLCanvasElement, Blob>();

/**
 * Draws a picture. On a canvas, since a policy may forbid images from `blob:`, and an address of one
 * would have to be taken back.
 */
export const drawPicture = async (canvas: HTMLCanvasElement, blob: Blob): Promise<void> => {
  if (drawn.get(canvas) === blob) return;
  drawn.set(canvas, blob);
  const bitmap = await createImageBitmap(blob, {
    resizeWidth: WIDTH,
    resizeQuality: 'medium',
  }).catch(() => undefined);
  if (bitmap && drawn.get(canvas) === blob) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  }
  bitmap?.close();
};

/** The addresses of clips, which a player needs: one each, taken back with {@link Clips.clear}. */
export class Clips {
  readonly #urls = new Map<Blob, string>();

  urlOf(blob: Blob): string {
    const known = this.#urls.get(blob);
    if (known !== undefined) return known;
    const url = URL.createObjectURL(blob);
    this.#urls.set(blob, url);
    return url;
  }

  /** @param kept - what is still shown */
  clear(kept: ReadonlySet<Blob> = new Set()): void {
    for (const [blob, url] of this.#urls) {
      if (kept.has(blob)) continue;
      URL.revokeObjectURL(url);
      this.#urls.delete(blob);
    }
  }
}
