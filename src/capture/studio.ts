import type { ProofSubject, QualityHint } from '../model/capture.js';
import { hire, type Crew } from './studio-crew.js';
import type { PictureJob, StudioAnswer } from './studio-job.js';

export type { FileTrouble, PictureJob, PreparedProof, StudioAnswer } from './studio-job.js';

/** As the promise does, or rejects with a signal's reason as soon as that is aborted. */
const until = <T>(promise: Promise<T>, ...signals: readonly AbortSignal[]): Promise<T> =>
  new Promise((resolve, reject) => {
    const look = (): void => {
      const aborted = signals.find((signal) => signal.aborted);
      if (aborted) reject(aborted.reason as Error);
    };
    look();
    for (const signal of signals) signal.addEventListener('abort', look);
    void promise.then(resolve, reject).finally(() => {
      for (const signal of signals) signal.removeEventListener('abort', look);
    });
  });

/**
 * What happens to a file or a still before the person looks at it, off the main thread: in a worker,
 * which is opened when it is first needed, or in the page where there can be none.
 */
export class Studio {
  #crew: Promise<Crew> | undefined;
  #hours = new AbortController();

  /**
   * Makes of a file what the provider takes: pictures are turned upright, made small enough, put on
   * white and written anew as JPEG, without anything that a camera wrote into them; clips lose where
   * they were filmed; PDF stays as it is. Whatever cannot be done is a trouble in the answer. Where the
   * code for it cannot be loaded, that is `file-unreadable`.
   *
   * @throws The signal's reason once that is aborted; an `AbortError` after `close()`.
   */
  async prepare(job: PictureJob, signal: AbortSignal): Promise<StudioAnswer> {
    const { signal: closing } = this.#hours;
    try {
      signal.throwIfAborted();
      return await until(
        this.#ask((crew) => crew.prepare(job)),
        signal,
        closing,
      );
    } catch {
      signal.throwIfAborted();
      closing.throwIfAborted();
      // Never loaded, or dead: the next one may do better.
      this.#crew = undefined;
      return { trouble: 'file-unreadable' };
    }
  }

  /**
   * What may be wrong with a frame of the camera. The frame is given away. No hints where there is
   * nobody to ask.
   *
   * @param scale how many of the camera's pixels one of the frame's stands for, in each direction.
   */
  async assess(
    frame: ImageBitmap,
    subject: ProofSubject,
    scale = 1,
  ): Promise<readonly QualityHint[]> {
    try {
      return await until(
        this.#ask((crew) => crew.assess(frame, subject, scale)),
        this.#hours.signal,
      );
    } catch {
      return [];
    } finally {
      frame.close();
    }
  }

  /** Ends the worker, and with it whatever it is at. It is opened anew when it is needed again. */
  close(): void {
    const crew = this.#crew;
    this.#crew = undefined;
    this.#hours.abort();
    this.#hours = new AbortController();
    void crew?.then(({ close }) => close()).catch(() => undefined);
  }

  async #ask<T>(question: (crew: Crew) => Promise<T>): Promise<T> {
    this.#crew ??= hire(this.#hours.signal);
    return question(await this.#crew);
  }
}
