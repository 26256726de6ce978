import { belongsTo } from '../model/membership.js';
import type { Provider } from '../model/provider.js';
import { shuftiPro } from './shufti-pro.js';
import { veriff } from './veriff.js';

const providers = new Map<string, Provider>();

/** Makes a provider known under its id. A later one of the same id takes the place of the earlier. */
export const registerProvider = (provider: Provider): void => {
  providers.set(provider.id, provider);
};

registerProvider(veriff);
registerProvider(shuftiPro);

/** The provider with this id. */
export const providerById = (id: string): Provider | undefined => providers.get(id);

/** The provider that the URL's host belongs to. */
export const providerOf = (url: URL): Provider | undefined =>
  [...providers.values()].find((provider) => belongsTo(url, provider));
