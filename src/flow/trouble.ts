/** What is needed when something is wrong, or somebody is away, and is loaded only then. */
export { warnOnce } from '../environment/console.js';
export { isInApp } from '../environment/in-app.js';
export { remedyFor } from '../environment/remedies.js';
export { enTrouble } from '../i18n/en-trouble.js';
export { awaitReturn, depart, forget, letGo, pickUp, settle } from '../redirect/away.js';
export { land } from '../redirect/landing.js';
