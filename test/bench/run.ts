/**
 * `npm run bench`: measures <kyc-verify> against what a merchant would take in its place, and writes
 * docs/benchmark and the figures of docs/guide/benchmark.md. `--photo` does the large photo alone.
 * `--quick` does a little of everything in a minute, for a look whether the benchmark itself works, and
 * leaves the docs alone.
 */
import { prepare } from './setup.js';

const isQuick = process.argv.includes('--quick');
const isPhotoAlone = process.argv.includes('--photo');

prepare(!isPhotoAlone);
// Only now: what it measures has to be there.
const { measureAll, measurePhotoAlone } = await import('./all.js');
const { aimsOf, lossesOf } = await import('./verdicts.js');
const { photoAim } = await import('./photo-report.js');
const { write, writePhoto } = await import('./write.js');

const tell = ({ aim, figure, isMet }: ReturnType<typeof photoAim>): void => {
  console.log(`${isMet ? 'met   ' : 'MISSED'} ${aim}: ${figure}`);
};

const photo = await measurePhotoAlone(isQuick);
tell(photoAim(photo));
console.log(`Written to ${await writePhoto(photo, !isQuick)}`);
if (isPhotoAlone) process.exit();

const results = await measureAll(isQuick);
aimsOf(results).forEach(tell);
for (const loss of lossesOf(results)) console.log(`lost   ${loss}`);
console.log(`Written to ${await write(results, !isQuick)}`);
