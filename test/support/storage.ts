/** A state as a server makes it, another one each time. */
export const newState = (): string => crypto.randomUUID();

/** What `storage` holds of ours, key to value. */
export const kept = (storage: Storage = sessionStorage): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(storage)
      .filter((key) => key.startsWith('kyc-verify:'))
      .map((key) => [key, JSON.parse(storage.getItem(key) ?? '') as unknown]),
  );

/** All that `storage` holds, of others too. */
export const allIn = (storage: Storage): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(storage) as [string, string][]);

/** Takes away whatever a test has left in this tab's storage. */
export const clearStorage = (): void => {
  sessionStorage.clear();
  localStorage.clear();
};
