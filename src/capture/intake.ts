import type { CaptureStep, MediaLimits } from '../model/capture.js';
import { isVideo } from './words.js';

/** What of the provider's limits holds for a step. */
export const limitsFor = ({ mode = 'any' }: CaptureStep, limits: MediaLimits): MediaLimits =>
  mode === 'any'
    ? limits
    : {
        ...limits,
        types: limits.types.filter((type) => isVideo(type) === (mode === 'video_only')),
      };

/** The first file of what was dropped or pasted. */
export const fileIn = (data: DataTransfer | null): File | undefined => data?.files[0];

/** Whether something is dragged that may be a file. What it is, is told only once it is dropped. */
export const bringsFiles = ({ dataTransfer }: DragEvent): boolean =>
  !!dataTransfer?.types.includes('Files');

/**
 * Hears of a file that is pasted while nothing else has the focus.
 *
 * @param take - returns whether the file was wanted
 * @returns to be called when it is to end
 */
export const onPaste = (element: HTMLElement, take: (file: File) => boolean): (() => void) => {
  const hear = (event: ClipboardEvent): void => {
    const [target] = event.composedPath();
    const isOurs = target === document.body || event.composedPath().includes(element);
    const file = fileIn(event.clipboardData);
    // What is not wanted here may be wanted by the host, or by another element.
    if (isOurs && file && !event.defaultPrevented && take(file)) event.preventDefault();
  };
  document.addEventListener('paste', hear);
  return () => {
    document.removeEventListener('paste', hear);
  };
};

/** Whether this is a phone or a tablet, whose own camera app a file input can open. */
export const hasCameraApp = (): boolean => matchMedia('(pointer: coarse)').matches;

/** The browser asks the person before the page goes, while `isOn`. */
export class LeaveGuard {
  readonly #ask = (event: BeforeUnloadEvent): void => {
    event.preventDefault();
  };

  set(isOn: boolean): void {
    if (isOn) addEventListener('beforeunload', this.#ask);
    else removeEventListener('beforeunload', this.#ask);
  }
}
