/** The page is ours, so what is looked for is there; a missing one is a mistake to hear of early. */
export const byId = <T extends HTMLElement>(id: string, type: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`No #${id} of that kind.`);
  return found;
};

/** Calls `act` at each change of a form control. */
export const onChange = (target: EventTarget, act: () => void): void => {
  target.addEventListener('change', () => {
    act();
  });
};
