import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';

/**
 * Subresource Integrity of what script tags load: prints the values, and writes `dist/integrity.json`.
 * With `--write` it puts them into the snippets of the papers too; with `--check` it fails where one
 * is not up to date.
 */
const isWriting = argv.includes('--write');
const isCheck = argv.includes('--check');

/** A script's name, and the first value that comes after it within its tag, or in an import map. */
const SNIPPET =
  /((?:kyc-(?:verify|capture)(?:\.\w+)?|locales\/[\w.]+)\.js)("[^<>]{0,160}?)sha384-[\w+/=…]+/g;

/** @param {string} folder @returns {string[]} */
const papersIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`);

const scripts = [
  ...readdirSync('dist').filter((name) => name.startsWith('kyc-')),
  ...readdirSync('dist/locales').map((name) => `locales/${name}`),
].filter((name) => name.endsWith('.js'));

const values = new Map(
  scripts.map((name) => {
    const hash = createHash('sha384')
      .update(readFileSync(`dist/${name}`))
      .digest('base64');
    return [name, `sha384-${hash}`];
  }),
);

for (const [name, value] of values) console.log(`${value}  ${name}`);
writeFileSync(
  'dist/integrity.json',
  `${JSON.stringify(Object.fromEntries(values), undefined, 2)}\n`,
);

const papers = ['README.md', 'TROUBLESHOOTING.md', ...(existsSync('docs') ? papersIn('docs') : [])];
const stale = papers.filter((paper) => {
  const text = readFileSync(paper, 'utf8');
  const fresh = text.replaceAll(
    SNIPPET,
    (all, name, between) => `${name}${between}${values.get(name) ?? all}`,
  );
  if (isWriting && fresh !== text) writeFileSync(paper, fresh);
  return fresh !== text;
});

if (stale.length > 0 && (isWriting || isCheck)) {
  console.log(`${isWriting ? 'Brought up to date' : 'Not up to date'}: ${stale.join(', ')}`);
}
exit(isCheck && !isWriting && stale.length > 0 ? 1 : 0);
