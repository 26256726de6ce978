import { createFrame } from '../../../src/frame/frame.js';
import { watchLife } from '../../../src/frame/life.js';
import type { CspReport } from '../csp-host.js';

// A host page that sets itself a policy, frames `src`, and tells its parent what it noticed.
const query = new URLSearchParams(location.search);
const policy = document.createElement('meta');
policy.httpEquiv = 'Content-Security-Policy';
policy.content = query.get('policy') ?? '';
document.head.append(policy);

const blocked: (readonly [directive: string, origin: string])[] = [];
const frame = createFrame(new URL(query.get('src') ?? ''), '');
watchLife(
  frame,
  query.getAll('origin'),
  0,
  {
    loaded: () => undefined,
    timedOut: () => undefined,
    blocked: (policy, origin = '') => blocked.push([policy, origin]),
  },
  new AbortController().signal,
);
// Added after those of `watchLife`, so that it tells what they made of the event.
document.addEventListener('securitypolicyviolation', (event) => {
  const { effectiveDirective, blockedURI, disposition } = event;
  const report: CspReport = {
    effectiveDirective,
    blockedURI,
    disposition,
    blocked,
  };
  parent.postMessage(report, origin);
});
document.body.append(frame);
