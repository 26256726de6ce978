import { loadWork, openings } from './studio-file.js';
import type { StudioQuestion, StudioReply, StudioWork } from './studio-job.js';

/** Milliseconds until a worker that says nothing is given up; some browsers never tell. */
const PATIENCE = 10_000;

/** Who does the work. */
export type Crew = Pick<StudioWork, 'prepare' | 'assess'> & { readonly close: () => void };

const open = (): Worker | undefined => {
  for (const opening of openings) {
    try {
      return opening();
    } catch {
      // Forbidden, or there are none: another way.
    }
  }
  return undefined;
};

/** Whether it was loaded, and can draw. A policy or a missing file is only told of late. */
const canWork = (worker: Worker, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (is: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      resolve(is);
    };
    const giveUp = (): void => {
      end(false);
    };
    const timer = setTimeout(giveUp, PATIENCE);
    signal.addEventListener('abort', giveUp);
    worker.onmessage = ({ data }: MessageEvent<StudioReply>) => {
      end(data === true);
    };
    worker.onerror = giveUp;
  });

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

const led = (worker: Worker): Crew => {
  const asked = new Map<number, Waiting>();
  let count = 0;
  worker.onmessage = ({ data }: MessageEvent<StudioReply>) => {
    if (typeof data === 'boolean') return;
    asked.get(data[0])?.resolve(data[1]);
    asked.delete(data[0]);
  };
  const close = (): void => {
    worker.terminate();
    for (const { reject } of asked.values()) reject(new DOMException('', 'AbortError'));
    asked.clear();
  };
  worker.onerror = close;
  const ask = <T>(question: StudioQuestion, transfer: Transferable[] = []): Promise<T> =>
    new Promise((resolve, reject) => {
      asked.set(question[0], { resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage(question, transfer);
    });
  return {
    // Copied, since a framework's reactive objects cannot be posted.
    prepare: ({ limits, ...job }) =>
      ask([count++, 'prepare', { ...job, limits: { ...limits, types: [...limits.types] } }]),
    assess: (frame, subject, scale) => ask([count++, 'assess', frame, subject, scale], [frame]),
    close,
  };
};

/** A worker, or the same code in the page where there can be none. Rejects where that is not to be had. */
export const hire = async (signal: AbortSignal): Promise<Crew> => {
  const worker = open();
  if (worker) {
    if (await canWork(worker, signal)) return led(worker);
    worker.terminate();
    signal.throwIfAborted();
  }
  return { ...(await loadWork()), close: () => undefined };
};
