const pickPicture = (input: HTMLInputElement): void => {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 400;
  canvas.toBlob((blob) => {
    if (blob === null) return;
    const transfer = new DataTransfer();
    transfer.items.add(new File([blob], 'picture.jpg', { type: 'image/jpeg' }));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
  }, 'image/jpeg');
};

/**
 * Walks through the flow by itself: clicks every button that is a way on (`data-pilot`) once, as
 * soon as it is there and enabled, and hands in a drawn picture where the page of its own accord
 * asks for a file. Driven by the page's changes alone, without clocks.
 *
 * @param signal - aborted to stop it
 */
export const startPilot = (root: HTMLElement, signal: AbortSignal): void => {
  const done = new WeakSet<Element>();
  const act = (): void => {
    for (const control of root.querySelectorAll('[data-pilot]:not(:disabled)')) {
      if (done.has(control)) continue;
      done.add(control);
      if (control instanceof HTMLInputElement) pickPicture(control);
      else if (control instanceof HTMLElement) control.click();
    }
  };
  const observer = new MutationObserver(act);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  signal.addEventListener('abort', () => {
    observer.disconnect();
  });
  act();
};
