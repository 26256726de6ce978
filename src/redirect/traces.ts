/** What every key of ours in storage begins with. */
export const PREFIX = 'kyc-verify:';

/** Whether this tab remembers a run whose person is away, or came back: a cheap first look. */
export const hasTraces = (): boolean => {
  try {
    return Object.keys(sessionStorage).some((key) => key.startsWith(PREFIX));
  } catch {
    // Storage is forbidden, so nothing was kept.
    return false;
  }
};
