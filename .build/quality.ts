/**
 * Writes the figures of the quality hints into the docs: `npm run quality`. They are the same on every
 * machine, and a test fails where they are not up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';

import { format, resolveConfig } from 'prettier';

import { measureQuality, tableOf, withTable } from '../test/capture/pictures/figures.js';

const path = 'docs/guide/capture-quality.md';
const page = withTable(await readFile(path, 'utf8'), tableOf(measureQuality()));
await writeFile(path, await format(page, { ...(await resolveConfig(path)), filepath: path }));
