import { nextMessage } from './puppet.js';

/** What the page in `pages/csp-host.html` noticed when its policy kept a frame out. */
export interface CspReport {
  readonly effectiveDirective: string;
  readonly blockedURI: string;
  readonly disposition: string;
  /** What `watchLife` made of it. */
  readonly blocked: readonly (readonly [directive: string, origin: string])[];
}

/** What a host page with this policy notices of a frame to `src`, watched for `origins`. */
export const reportOf = async (
  policy: string,
  src: string,
  origins: readonly string[],
): Promise<CspReport> => {
  const query = new URLSearchParams({ policy, src });
  for (const origin of origins) query.append('origin', origin);
  const host = document.createElement('iframe');
  host.src = `/test/support/pages/csp-host.html?${query.toString()}`;
  const report = nextMessage(({ source }) => source === host.contentWindow);
  document.body.append(host);
  const { data } = await report;
  host.remove();
  return data as CspReport;
};
