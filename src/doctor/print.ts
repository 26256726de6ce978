import { styleText } from 'node:util';
import type { Finding, Report, Severity } from './report.js';

type Style = Parameters<typeof styleText>[0];

/** Colours, unless nobody looks: `styleText` asks the terminal, `NO_COLOR` and `FORCE_COLOR`. */
const paint = (style: Style, text: string): string => styleText(style, text);

const STYLES: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'cyan',
  ok: 'green',
};

/** What is printed came from a page: nothing in it may steer the terminal. */
// eslint-disable-next-line no-control-regex -- That is what is taken out.
const clean = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');

const findingLines = (
  { code, severity, text, fix }: Finding,
  isToldAlready: boolean,
): readonly string[] => {
  const label = paint(STYLES[severity], severity.padEnd(7));
  const subject = severity === 'ok' ? '' : `${code}: `;
  const line = fix && `            ${paint('dim', fix.action)} ${paint('bold', clean(fix.line))}`;
  return [`  ${label}  ${subject}${clean(text)}`, ...(line && !isToldAlready ? [line] : [])];
};

/** One heading and what was found. A line that mends several things is told once. */
const block = (heading: string, findings: readonly Finding[]): readonly string[] => {
  const told = new Set<string>();
  const lines = findings.flatMap((finding) => {
    const line = finding.fix?.line ?? '';
    const isToldAlready = told.has(line);
    told.add(line);
    return findingLines(finding, isToldAlready);
  });
  return ['', paint('bold', heading), ...lines];
};

const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? '' : 's'}`;

/** The report as people read it. */
export const printReport = ({ url, findings, providers, errors, warnings }: Report): string =>
  [
    clean(url),
    ...block('Page', findings),
    ...providers.flatMap(({ name, findings: found }) => block(name, found)),
    '',
    `${count(errors, 'error')}, ${count(warnings, 'warning')}.`,
  ].join('\n');
