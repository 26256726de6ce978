import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Named {
  readonly name: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly members?: readonly (Named & { readonly kind: string })[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}

const names = (items: readonly Named[] | undefined): readonly string[] =>
  items?.map(({ name }) => name) ?? [];

/** The names of the installed package that a paper may use. */
export class Known {
  /** By tag: what may stand in markup. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly slots: ReadonlyMap<string, ReadonlySet<string>>;
  readonly events: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;

  constructor(folder: string) {
    const read = (path: string): unknown =>
      JSON.parse(readFileSync(join(folder, 'node_modules/kyc-verify', path), 'utf8'));
    const manifest = read('dist/custom-elements.json') as Manifest;
    const elements = manifest.modules
      .flatMap(({ declarations = [] }) => declarations)
      .filter(({ tagName }) => tagName !== undefined);
    const every = (list: (element: Declaration) => readonly Named[] | undefined): Set<string> =>
      new Set(elements.flatMap((element) => names(list(element))));
    const byTag = (
      list: (element: Declaration) => readonly string[],
    ): Map<string, ReadonlySet<string>> =>
      new Map(elements.map((element) => [element.tagName ?? '', new Set(list(element))]));

    this.attributes = byTag(({ attributes }) => names(attributes));
    this.slots = byTag(({ slots }) => names(slots));
    this.events = every(({ events }) => events);
    this.parts = every(({ cssParts }) => cssParts);
    this.properties = every(({ cssProperties }) => cssProperties);
    this.states = every(({ cssStates }) => cssStates);
    this.commands = new Set(
      Object.keys((read('package.json') as { bin: Readonly<Record<string, string>> }).bin),
    );
  }

  /** Whether there is a word of ours like this: a tag, an event, a command. */
  isWord(word: string): boolean {
    const others = ['kyc-state'];
    return (
      this.attributes.has(word) ||
      this.events.has(word) ||
      this.commands.has(word) ||
      others.includes(word)
    );
  }
}
