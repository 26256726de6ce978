import type { Report } from './reports.js';

/** The words of the media API for the two pictures that the page takes. */
export type PictureContext = 'document-front' | 'face';

/** The session's own API, on the page's origin. */
export interface SessionApi {
  /** Tells what happened, in order. Best effort: never throws, and gives up after two seconds. */
  readonly report: (report: Report) => Promise<void>;
  /** @throws where the server refuses, or cannot be reached */
  upload(context: PictureContext, picture: Blob, signal: AbortSignal): Promise<void>;
  /** @throws as `upload` */
  submit(signal: AbortSignal): Promise<void>;
}

const post = async (url: string, init: RequestInit): Promise<void> => {
  const answer = await fetch(url, { method: 'POST', ...init });
  if (!answer.ok) throw new Error(`The provider answered ${answer.status}.`);
};

/** In milliseconds. */
const REPORT_TIMEOUT = 2000;

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** @param api - `PageConfig.api` */
export const createSessionApi = (api: string): SessionApi => {
  let told = Promise.resolve();
  const tell = async (event: Report): Promise<void> => {
    const signal = AbortSignal.timeout(REPORT_TIMEOUT);
    const init = { body: JSON.stringify({ event }), headers: JSON_TYPE, keepalive: true, signal };
    await post(`${api}/events`, init).catch(() => undefined);
  };
  return {
    report: (report) => {
      told = told.then(() => tell(report));
      return told;
    },
    // The browser sends the blob's own type along.
    upload: (context, picture, signal) =>
      post(`${api}/media?context=${context}`, { body: picture, signal }),
    submit: (signal) => post(`${api}/submit`, { signal }),
  };
};
