import { withTrouble } from '../../../src/flow/load-trouble.js';
import '../../../src/define.js';

// A page with an element of the given state. Tells the page around it what the element makes of it.
// What that takes is there first, so that it is done by the next frame.
await withTrouble();
const element = document.createElement('kyc-verify');
element.sessionState = new URLSearchParams(location.search).get('state') ?? '';
element.display = 'redirect';
document.body.append(element);
await element.updateComplete;
await new Promise(requestAnimationFrame);
parent.postMessage({ phase: element.phase }, origin);
