import * as returns from '../../../src/redirect/returns.js';

// Another tab of this origin, as far as messages between tabs go, see `../other-tab.ts`.
Object.assign(globalThis, { returns });
parent.postMessage('other-tab', origin);
