/** What only an element with `session-endpoint` needs, and is loaded for it alone. */
export { enSession } from '../i18n/en-session.js';
export { Attendant } from './attendant.js';
export { sessionCoverOf, sessionViewOf } from './session-views.js';
