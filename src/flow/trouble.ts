/** What is needed when something is wrong, or somebody is away, and is loaded only then. */
import { warnOnce } from '../environment/console.js';
import { frameRemedyFor, remedyFor } from '../environment/remedies.js';
import type { Misfit } from '../frame/given.js';
import type { FindingCode } from '../model/findings.js';
import type { Plan } from './plan.js';

/** Tells the developer of a problem and what to do, once a page. */
export const explain = (code: FindingCode | 'frame-blocked', plan: Plan | undefined): void => {
  warnOnce(code, remedyFor(code, plan?.origins ?? [], plan?.provider.features));
};

/** Tells the developer why the frame that the host rendered was replaced, once a page. */
export const explainFrame = (misfit: Misfit | 'late', plan: Plan | undefined): void => {
  warnOnce('frame-replaced', `the iframe inside ${frameRemedyFor(misfit, plan?.allow)}`);
};

export { isInApp } from '../environment/in-app.js';
export { enTrouble } from '../i18n/en-trouble.js';
export { awaitReturn, depart, forget, letGo, pickUp, settle } from '../redirect/away.js';
export { land } from '../redirect/landing.js';
export { report } from './report.js';
