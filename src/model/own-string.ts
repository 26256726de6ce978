/** No word of any known provider comes near this length; longer strings are not looked at. */
const LONGEST = 128;

/**
 * The string under `key` of untrusted message data, or `undefined`. Looks at own data properties
 * alone, so that neither a getter nor a prototype has a say.
 */
export const ownString = (data: unknown, key: string, longest = LONGEST): string | undefined => {
  if (typeof data !== 'object' || data === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(data, key)?.value;
  return typeof value === 'string' && value.length <= longest ? value : undefined;
};
