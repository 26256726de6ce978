import {
  isInnerList,
  parseDictionary,
  serializeDictionary,
  Token,
  type Dictionary,
  type InnerList,
  type Item,
} from 'structured-headers';
import { matchesSource } from './sources.js';

/** To whom one feature may be delegated. */
export interface AllowList {
  /** The header that says so. */
  readonly header: 'Permissions-Policy' | 'Feature-Policy';
  readonly all: boolean;
  readonly self: boolean;
  readonly origins: readonly string[];
  /** What is in the list and means nothing, as it was written. */
  readonly ignored: readonly string[];
}

/** What a page's headers say of features. Chromium alone listens. */
export interface Permissions {
  /** The header with its values, in order; `undefined` where Chromium cannot read it. */
  readonly dictionary: Dictionary | undefined;
  /** Whether there is such a header at all. */
  readonly present: boolean;
  /** What `Feature-Policy`, its name of old, says. */
  readonly old: ReadonlyMap<string, AllowList>;
}

const itemsOf = (member: Item | InnerList): readonly Item[] =>
  isInnerList(member) ? member[0] : [member];

/** One value as a header has it. */
const written = ([value]: Item): string =>
  value instanceof Token
    ? value.toString()
    : typeof value === 'string'
      ? JSON.stringify(value)
      : '?';

const isOrigin = (value: string): boolean =>
  URL.canParse(value.replace('*.', '')) || /^https?:$/i.test(value);

const readMember = (member: Item | InnerList): AllowList => {
  const items = itemsOf(member);
  const tokens = items.flatMap(([value]) => (value instanceof Token ? [value.toString()] : []));
  const origins = items.flatMap(([value]) =>
    typeof value === 'string' && isOrigin(value) ? [value] : [],
  );
  return {
    header: 'Permissions-Policy',
    all: tokens.includes('*'),
    self: tokens.includes('self'),
    origins,
    ignored: items
      .filter(([value]) => !origins.includes(value as string))
      .map(written)
      .filter((text) => text !== 'self' && text !== '*'),
  };
};

const readOld = (value: string): ReadonlyMap<string, AllowList> => {
  const lists = new Map<string, AllowList>();
  for (const text of value.split(/[;,]/)) {
    const [feature, ...items] = text.trim().split(/\s+/);
    if (!feature || lists.has(feature)) continue;
    lists.set(feature, {
      header: 'Feature-Policy',
      all: items.includes('*'),
      self: items.length === 0 || items.includes("'self'"),
      origins: items.filter(isOrigin),
      ignored: [],
    });
  }
  return lists;
};

const tryToParse = (value: string): Dictionary | undefined => {
  try {
    return parseDictionary(value);
  } catch {
    return undefined;
  }
};

/** Reads the headers. Several of one name are one, joined by commas; of a name twice the last holds. */
export const readPermissions = (policy: string | null, old: string | null): Permissions => ({
  dictionary: tryToParse(policy ?? ''),
  present: policy !== null,
  old: readOld(old ?? ''),
});

/** What holds for a feature, or `undefined` where no header names it: then a frame may have it. */
export const allowListOf = (
  { dictionary, old }: Permissions,
  feature: string,
): AllowList | undefined => {
  const member = dictionary?.get(feature);
  return member ? readMember(member) : old.get(feature);
};

const isListed = (listed: string, origin: URL): boolean =>
  listed.includes('*') || listed.endsWith(':')
    ? matchesSource(listed, origin, origin)
    : new URL(listed).origin === origin.origin;

/** Those of the origins that the feature cannot be delegated to. */
export const keptFrom = (
  list: AllowList | undefined,
  origins: readonly string[],
  self: URL,
): readonly string[] => {
  if (!list || list.all) return [];
  // Nobody hands on what they do not have.
  if (!list.self && !list.origins.some((listed) => isListed(listed, self))) return origins;
  return origins.filter(
    (origin) => !list.origins.some((listed) => isListed(listed, new URL(origin))),
  );
};

const item = (value: string | Token): Item => [value, new Map<string, never>()];

/** The header's whole line, with each of these features let through to these origins. */
export const permissionsLine = (
  header: string,
  { dictionary, old }: Permissions,
  features: Iterable<string>,
  origins: readonly string[],
): string => {
  const edited: Dictionary = new Map(dictionary);
  for (const feature of features) {
    const member = edited.get(feature);
    const before = member ? readMember(member).origins : (old.get(feature)?.origins ?? []);
    const list = [...new Set([...before, ...origins])];
    edited.set(feature, [[item(new Token('self')), ...list.map(item)], new Map()]);
  }
  return `${header}: ${serializeDictionary(edited)}`;
};
