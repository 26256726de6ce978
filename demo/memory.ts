/**
 * What the demo remembers in this tab while its page is gone: on the way to the provider's page and
 * back, or for a reload. Nothing of a session is among it.
 */
const keyOf = (name: string): string => `kyc-demo:${name}`;

/** Keeps a value that JSON can hold. */
export const remember = (name: string, value: unknown): void => {
  try {
    sessionStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // Storage is full or forbidden, and the demo begins anew.
  }
};

/** What was kept under that name, if it is still there. The demo wrote it, so its shape is taken as it is. */
export const recall = (name: string): unknown => {
  try {
    const text = sessionStorage.getItem(keyOf(name));
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
};

/** As `recall`, once. */
export const takeBack = (name: string): unknown => {
  const value = recall(name);
  try {
    sessionStorage.removeItem(keyOf(name));
  } catch {
    // Nothing is kept where storage is forbidden.
  }
  return value;
};
