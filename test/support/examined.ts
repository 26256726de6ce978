import type { Finding } from '../../src/index.js';
import { HERE, nextMessage } from './puppet.js';

/**
 * The loopback address as IPv6 writes an IPv4 one. It reaches the test server, and no browser takes
 * it for loopback: a real insecure context.
 */
export const INSECURE = `http://[::ffff:127.0.0.1]:${location.port}`;

/** What a page of this origin finds when it examines itself, in a frame with this `allow`. */
export const findingsAt = async (
  origin: string,
  provider: string,
  allow = '',
): Promise<readonly Finding[]> => {
  const query = new URLSearchParams({ provider, tell: HERE });
  const frame = document.createElement('iframe');
  frame.allow = allow;
  frame.src = `${origin}/test/support/pages/examined.html?${query.toString()}`;
  const told = nextMessage(({ source }) => source === frame.contentWindow);
  document.body.append(frame);
  const { data } = await told;
  frame.remove();
  return data as readonly Finding[];
};
