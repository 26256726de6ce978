/** Entry of a hosted page's document: reads its configuration and runs it. */
import { ROOT_ID, readConfig } from './config.js';
import { runPage } from './run.js';

const root = document.getElementById(ROOT_ID);
if (root) runPage({ root, config: readConfig(document) });
