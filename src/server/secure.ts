import { isSecure, parseUrl } from '../model/urls.js';

/** Whether it is the URL of something that may be told secrets: https, or http on loopback. */
export const isSecureUrl = (value: unknown): value is string => {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  return url !== undefined && isSecure(url);
};
