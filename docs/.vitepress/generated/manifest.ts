import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT, read } from './repository.js';

interface Named {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
}

interface Typed extends Named {
  readonly type?: { readonly text: string };
}

interface Member extends Typed {
  readonly kind: 'field' | 'method';
  readonly privacy?: string;
  readonly static?: boolean;
  readonly readonly?: boolean;
  readonly attribute?: string;
  readonly parameters?: readonly Typed[];
}

/** An element as the manifest describes it: its public side. */
export interface Declaration extends Named {
  readonly tagName?: string;
  readonly attributes?: readonly Typed[];
  readonly members?: readonly Member[];
  readonly events?: readonly Typed[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}

const FILE = 'dist/custom-elements.json';

/** The manifest of the package; made now where nobody has built yet. */
const readManifest = (): Manifest => {
  if (!existsSync(`${ROOT}/${FILE}`)) {
    const windows = process.platform === 'win32';
    execFileSync('npm', ['run', '--silent', 'manifest'], { cwd: ROOT, shell: windows });
  }
  return JSON.parse(read(FILE)) as Manifest;
};

let declarations: readonly Declaration[] | undefined;

/** What the manifest says of an element. */
export const elementOf = (tagName: string): Declaration => {
  declarations ??= readManifest().modules.flatMap((module) => module.declarations ?? []);
  const found = declarations.find((declaration) => declaration.tagName === tagName);
  if (!found) throw new Error(`The manifest has no <${tagName}>.`);
  return found;
};

/** Text for a cell of a table. */
const cell = (text = ''): string => text.replaceAll('\n', ' ').replaceAll('|', '\\|');

const code = (text: string | undefined): string => {
  const shown = (text ?? '').replace(/ \| undefined$/, '').replaceAll('|', '\\|');
  return shown === '' ? '–' : `\`${shown}\``;
};

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const isField = ({ kind, privacy, static: isStatic }: Member): boolean =>
  kind === 'field' && privacy !== 'private' && privacy !== 'protected' && !isStatic;

/** Its names, one below the other. */
const namesOf = ({ name, attribute, readonly: isReadOnly }: Member): string =>
  [
    `\`${name}\``,
    attribute !== undefined && attribute !== name && `attribute \`${attribute}\``,
    attribute === undefined && (isReadOnly ? 'read-only' : 'no attribute'),
  ]
    .filter((part) => part !== false)
    .join('<br>');

const fields = ({ members = [] }: Declaration): string =>
  table(
    ['property', 'type', ''],
    members
      .filter(isField)
      .map((member) => [
        namesOf(member),
        code(member.type?.text) +
          (member.default === undefined ? '' : `<br>default ${code(member.default)}`),
        cell(member.description),
      ]),
  );

/** The element's own: the platform's life-cycle methods are nobody's to call. */
const methods = ({ members = [] }: Declaration): string =>
  table(
    ['method', ''],
    members
      .filter(({ kind, privacy }) => kind === 'method' && (privacy ?? 'public') === 'public')
      .filter(({ name }) => !name.endsWith('Callback'))
      .map(({ name, description }) => [`\`${name}()\``, cell(description)]),
  );

const list = (head: string, items: readonly Named[] = []): string =>
  table(
    [head, ''],
    items.map(({ name, description }) => [
      name === '' ? '_(default)_' : `\`${name}\``,
      cell(description),
    ]),
  );

/** Tables of one element, by what they list. */
const TABLES: Readonly<Record<string, (element: Declaration) => string>> = {
  attributes: fields,
  methods,
  events: ({ events }) => list('event', events),
  slots: ({ slots }) => list('slot', slots),
  parts: ({ cssParts }) => list('part', cssParts),
  states: ({ cssStates }) =>
    list(
      'state',
      cssStates?.map((state) => ({ ...state, name: `:state(${state.name})` })),
    ),
  properties: ({ cssProperties = [] }) =>
    table(
      ['custom property', 'default', ''],
      cssProperties.map((each) => [`\`${each.name}\``, code(each.default), cell(each.description)]),
    ),
};

/** A table of the manifest in markdown: `manifest kyc-verify events`. */
export const manifestTable = (tagName: string, what: string): string => {
  const make = TABLES[what];
  if (!make) throw new Error(`No table of ${what}.`);
  return make(elementOf(tagName));
};
