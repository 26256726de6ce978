/** Waits until it is told to go on, but no longer than so many milliseconds. */
export const wait = async (
  milliseconds: number,
  begin: (goOn: () => void) => void,
): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await new Promise<void>((goOn) => {
    timer = setTimeout(goOn, milliseconds);
    begin(goOn);
  });
  clearTimeout(timer);
};
