/** A gate that opens once, and whoever waits for it. */
export interface Openable {
  readonly opened: Promise<void>;
  readonly isOpen: boolean;
  readonly open: () => void;
}

export const openable = (): Openable => {
  let isOpen = false;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = () => {
      isOpen = true;
      resolve();
    };
  });
  return {
    opened,
    open: () => open(),
    get isOpen() {
      return isOpen;
    },
  };
};
