import type { Page } from 'playwright-core';

/**
 * Presses Enter, also where the frame that has the focus goes because of it: Chromium then never
 * answers for the key, and Playwright waits for that answer without a limit.
 */
export const pressEnter = async (page: Page): Promise<void> => {
  let leave = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    leave = () => {
      resolve();
    };
  });
  page.on('framedetached', leave).on('framenavigated', leave);
  try {
    await Promise.race([page.keyboard.press('Enter'), gone]);
  } finally {
    page.off('framedetached', leave).off('framenavigated', leave);
  }
};
