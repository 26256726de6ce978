import { recallLook } from './look.js';

recallLook();

// Before the element is there, which acts at once and takes the query away. A callback page that
// always stays has the attribute in its markup.
const isToStay = new URLSearchParams(location.search).has('stay');
document.querySelector('kyc-return')?.toggleAttribute('stay', isToStay);

await import('../src/define.js');
