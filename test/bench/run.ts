/**
 * `npm run bench`: measures <kyc-verify> against what a merchant would take in its place, and writes
 * docs/benchmark and the figures of docs/guide/benchmark.md. `--quick` does a little of everything
 * in a minute, for a look whether the benchmark itself works, and leaves the docs alone.
 */
import { prepare } from './setup.js';

const isQuick = process.argv.includes('--quick');

prepare();
// Only now: what it measures has to be there.
const { measureAll } = await import('./all.js');
const { aimsOf, lossesOf } = await import('./verdicts.js');
const { write } = await import('./write.js');

const results = await measureAll(isQuick);
for (const { aim, figure, isMet } of aimsOf(results)) {
  console.log(`${isMet ? 'met   ' : 'MISSED'} ${aim}: ${figure}`);
}
for (const loss of lossesOf(results)) console.log(`lost   ${loss}`);
console.log(`Written to ${await write(results, !isQuick)}`);
