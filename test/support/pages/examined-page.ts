import { examine } from '../../../src/flow/examine.js';

// Examines itself for the provider in its query, and tells the page around it what was found.
const query = new URLSearchParams(location.search);
const findings = await examine(query.get('provider') ?? '');
parent.postMessage(findings, query.get('tell') ?? '');
