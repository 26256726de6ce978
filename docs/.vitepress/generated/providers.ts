import type { Provider } from '../../../src/model/provider.js';
import { delegation } from '../../../src/frame/frame.js';
import { shuftiPro } from '../../../src/providers/shufti-pro.js';
import { veriff } from '../../../src/providers/veriff.js';

const PROVIDERS: Readonly<Record<string, Provider>> = {
  [veriff.id]: veriff,
  [shuftiPro.id]: shuftiPro,
};

const block = (language: string, lines: readonly string[]): string =>
  ['```' + language, ...lines, '```'].join('\n');

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(' ');

/** The features that a host's own header mostly names. */
const MEDIA = ['camera', 'microphone'] as const;

/** The lines that let camera and microphone through to every origin of the flow. */
export const permissionsLines = ({ features, origins }: Provider): readonly string[] => {
  const list = ['self', ...origins.map((origin) => `"${origin}"`)].join(' ');
  return MEDIA.filter((feature) => features.includes(feature)).map(
    (feature) => `Permissions-Policy: ${feature}=(${list})`,
  );
};

/** Sources of a policy for every host that a session URL may have: `.veriff.com` is any below it. */
const sources = ({ hosts, origins }: Provider): readonly string[] => {
  const wide = hosts.map((host) => `https://${host.startsWith('.') ? '*' : ''}${host}`);
  const isIn = (origin: string): boolean =>
    hosts.some((host) => {
      const { hostname } = new URL(origin);
      return host.startsWith('.') ? hostname.endsWith(host) : hostname === host;
    });
  return [...wide, ...origins.filter((origin) => !isIn(origin))];
};

/** The line that lets the frame in, and the callback page after it. */
export const frameLine = (provider: Provider): string =>
  `Content-Security-Policy: frame-src 'self' ${sources(provider).join(' ')}`;

/** Messages that vendors' pages are known to post; what each means is asked of the reader itself. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  veriff: [
    'VERIFF_HANDSHAKE',
    'VERIFF_STARTED',
    'VERIFF_SUBMITTED',
    'VERIFF_FINISHED',
    'VERIFF_CANCELED',
    'VERIFF_RELOAD_REQUEST',
    'VERIFF_FORCE_RELOAD',
    { status: 'finished' },
  ],
  'shufti-pro': [
    'verification.accepted',
    'verification.declined',
    'review.pending',
    'request.received',
    'verification.cancelled',
    'request.timeout',
    'request.invalid',
  ].map((word) => ({ verification_status: word, request_id: '…' })),
};

const messages = (provider: Provider): string => {
  const url = new URL(`${provider.origins[0] ?? ''}/…`);
  const rows = (KNOWN[provider.id] ?? []).map((data) => {
    const named =
      provider.id === 'shufti-pro'
        ? { ...(data as object), request_id: url.pathname.slice(1) }
        : data;
    const signal = provider.read(named, url);
    if (signal === undefined)
      throw new Error(`${provider.name}'s reader knows no ${String(data)}.`);
    const shown = typeof data === 'string' ? `'${data}'` : JSON.stringify(data);
    return `| \`${shown}\` | \`${signal}\` |`;
  });
  return ['| the page posts | signal |', '| --- | --- |', ...rows].join('\n');
};

const browsers = ({ name, minimumBrowsers: oldest }: Provider): string => {
  if (!oldest) return `${name} is not known to name any.`;
  const named = [
    oldest.chrome !== undefined && `Chrome and Edge ${oldest.chrome}`,
    oldest.firefox !== undefined && `Firefox ${oldest.firefox}`,
    oldest.safari !== undefined && `Safari ${oldest.safari}`,
  ];
  return `${named.filter((each) => each !== false).join(', ')}, and later.`;
};

const PIECES: Readonly<Record<string, (provider: Provider) => string>> = {
  permissions: (provider) => block('http', permissionsLines(provider)),
  frames: (provider) => block('http', [frameLine(provider)]),
  features: ({ features }) => code(features),
  origins: ({ origins }) => origins.map((origin) => `- \`${origin}\``).join('\n'),
  hosts: ({ hosts }) =>
    hosts
      .map((host) => (host.startsWith('.') ? `any host below \`${host.slice(1)}\`` : `\`${host}\``))
      .join(', '),
  allow: ({ features, origins }) =>
    block('text', delegation(features, origins).replaceAll('; ', ';\n').split('\n')),
  messages,
  browsers,
};

/** A piece of a provider's page in markdown, made of the provider's source. */
export const providerPiece = (id: string, piece: string): string => {
  const provider = PROVIDERS[id];
  const make = PIECES[piece];
  if (!provider || !make) throw new Error(`No ${piece} of ${id}.`);
  return make(provider);
};
