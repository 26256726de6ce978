import { withTrouble } from '../../../src/flow/load-trouble.js';

// A callback page as a host has it. Once `<kyc-return>` has had its turn, it tells its address. What
// a landing needs is there first, so that the order of things is known.
await withTrouble();
await import('../../../src/return.js');
await withTrouble();
top?.postMessage({ landed: location.href, text: document.body.innerText.trim() }, '*');
