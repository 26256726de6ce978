import type * as Returns from '../../src/redirect/returns.js';
import { nextMessage } from './puppet.js';

/** Another document of this origin: to channels and storage events it is another tab. */
export interface OtherTab {
  readonly returns: typeof Returns;
  readonly window: Window & typeof globalThis;
  close(): void;
}

export const openTab = async (): Promise<OtherTab> => {
  const frame = document.createElement('iframe');
  frame.src = '/test/support/pages/callback-tab.html';
  const up = nextMessage(
    ({ source, data }) => source === frame.contentWindow && data === 'other-tab',
  );
  document.body.append(frame);
  await up;
  const window = frame.contentWindow as OtherTab['window'] & Pick<OtherTab, 'returns'>;
  return {
    window,
    returns: window.returns,
    close: () => {
      frame.remove();
    },
  };
};
