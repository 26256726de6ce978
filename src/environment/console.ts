const told = new Set<string>();

/** Tells the developer of a problem, once a page. */
export const warnOnce = (code: string, remedy: string): void => {
  const line = `kyc-verify: ${code}: ${remedy}`;
  if (told.has(line)) return;
  told.add(line);
  console.warn(line);
};
