import { ownString } from '../model/own-string.js';
import { readReturnMessage, type ReturnMessage } from './message.js';

const TYPE = 'kyc-return';
const TAKEN = 'kyc-return-taken';
const CHANNEL = 'kyc-verify';
const KEY = 'kyc-verify:return';

/** From inside a frame: to the page around it, if that is of this very origin. */
export const tellParent = (state: string, query: string): void => {
  parent.postMessage({ type: TYPE, state, query }, self.origin);
};

/** Milliseconds after which the channel of tabs is not waited for alone. */
const HEAD_START = 200;

/** The other way, for a browser that keeps the channels of tabs apart. Nothing stays in storage. */
const tellByStorage = (state: string): void => {
  try {
    localStorage.setItem(KEY, state);
    localStorage.removeItem(KEY);
  } catch {
    // Storage is forbidden, and the channel has to do.
  }
};

/**
 * From a tab of its own: to every page of this origin that waits for this state.
 *
 * @returns whether one took it, within `timeout` milliseconds
 */
export const tellTabs = (state: string, query: string, timeout: number): Promise<boolean> =>
  new Promise((resolve) => {
    const channel = new BroadcastChannel(CHANNEL);
    const end = (isTaken: boolean): void => {
      clearTimeout(later);
      clearTimeout(last);
      channel.close();
      resolve(isTaken);
    };
    // Later, since it may overtake the channel, and has no query for a hint.
    const later = setTimeout(tellByStorage, HEAD_START, state);
    const last = setTimeout(end, timeout, false);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (ownString(data, 'type') === TAKEN && ownString(data, 'state') === state) end(true);
    };
    channel.postMessage({ type: TYPE, state, query });
  });

/** Waits for a callback page in another tab to name this state, until `signal` aborts. */
export const waitForReturn = (
  state: string,
  heard: (message: ReturnMessage) => void,
  signal: AbortSignal,
): void => {
  const channel = new BroadcastChannel(CHANNEL);
  signal.addEventListener('abort', () => {
    channel.close();
  });
  const hear = (data: unknown): void => {
    const message = readReturnMessage(data);
    if (message?.state !== state) return;
    channel.postMessage({ type: TAKEN, state });
    heard(message);
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    hear(data);
  };
  addEventListener(
    'storage',
    ({ key, newValue }) => {
      if (key === KEY) hear({ type: TYPE, state: newValue });
    },
    { signal },
  );
};
