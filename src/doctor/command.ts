import { parseArgs } from 'node:util';

import type { Provider } from '../model/provider.js';
import { readOrigins } from '../session/session-url.js';
import { knownProviders } from './known-providers.js';

export const USAGE = `Usage: kyc-verify doctor <url> [options]

Fetches a page of yours and says whether its headers and markup let <kyc-verify> work.

  --provider <id>         examine for this provider; repeatable
                          (default: ${knownProviders.map(({ id }) => id).join(', ')})
  --origin <origin>       as in trusted-origins; repeatable
  --header <name: value>  sent with the request, for a page behind a login; repeatable
  --timeout <seconds>     give up after this long (default 15)
  --json                  print the report as JSON
  --version               print the version
  --help                  show this

Exit code: 0 without an error, 1 with errors, 2 where there was nothing to examine.`;

/** The command line is wrong. */
export class UsageError extends Error {}

/** What is asked for. */
export interface Command {
  readonly url: URL;
  readonly providers: readonly Provider[];
  readonly trustedOrigins: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
  readonly isJson: boolean;
}

/** Never repeats what it was given: an address may hold a secret. */
const readUrl = (names: readonly string[]): URL => {
  const [command, address, ...rest] = names;
  if (command === undefined) throw new UsageError('There is no command.');
  if (command !== 'doctor') throw new UsageError('The command is doctor.');
  if (address === undefined) throw new UsageError('There is no address to examine.');
  if (rest.length > 0) throw new UsageError('One address at a time.');
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError('The address must be whole, with https:// (or http:// on localhost).');
  return url;
};

const readProviders = (ids: readonly string[]): readonly Provider[] => {
  const found = knownProviders.filter(({ id }) => ids.includes(id));
  if (ids.some((id) => !found.some((provider) => provider.id === id)))
    throw new UsageError(`--provider knows ${knownProviders.map(({ id }) => id).join(', ')}.`);
  return ids.length > 0 ? found : knownProviders;
};

const readTrusted = (names: readonly string[]): readonly string[] =>
  names.map((name) => {
    const [origin, ...rest] = readOrigins(name);
    if (origin === undefined || rest.length > 0)
      throw new UsageError('--origin must be https://…, or http:// on localhost.');
    return origin;
  });

const readHeaders = (lines: readonly string[]): Readonly<Record<string, string>> => {
  const headers = new Headers();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    try {
      headers.append(name, value);
    } catch {
      throw new UsageError('--header must be "name: value".');
    }
  }
  return Object.fromEntries(headers);
};

const readTimeout = (text: string): number => {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 600))
    throw new UsageError('--timeout must be a number of seconds, at most 600.');
  return seconds * 1000;
};

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      provider: { type: 'string', multiple: true, default: [] },
      origin: { type: 'string', multiple: true, default: [] },
      header: { type: 'string', multiple: true, default: [] },
      timeout: { type: 'string', default: '15' },
      json: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });

const tryToParse = (args: readonly string[]): ReturnType<typeof parse> => {
  try {
    return parse(args);
  } catch {
    // Its message repeats the argument.
    throw new UsageError('There is an option that is not known, or lacks its value.');
  }
};

/**
 * Reads the command line.
 *
 * @returns what is asked for, or which of the two short answers
 */
export const readCommand = (args: readonly string[]): Command | 'version' | 'help' => {
  const { values, positionals } = tryToParse(args);
  if (values.help) return 'help';
  if (values.version) return 'version';
  return {
    url: readUrl(positionals),
    providers: readProviders(values.provider),
    trustedOrigins: readTrusted(values.origin),
    headers: readHeaders(values.header),
    timeout: readTimeout(values.timeout),
    isJson: values.json,
  };
};
