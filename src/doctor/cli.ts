#!/usr/bin/env node
import { readFileSync } from 'node:fs';

import { readCommand, USAGE, UsageError, type Command } from './command.js';
import { examinePage, summarize } from './examine-page.js';
import { FetchFailure } from './fetch-failure.js';
import { fetchPage, type FetchedPage } from './fetch-page.js';
import { printReport } from './print.js';
import type { Finding, Report } from './report.js';

/** What is to be said of the way to the page. */
const fetchFindings = ({ hops, url, isTruncated }: FetchedPage): readonly Finding[] => {
  const findings: Finding[] = [];
  if (hops.length > 0)
    findings.push({
      code: 'redirected',
      severity: 'info',
      text: `The address redirects: ${[...hops, url.origin].join(' → ')}. This is about the page at the end.`,
    });
  if (isTruncated)
    findings.push({
      code: 'page-truncated',
      severity: 'warning',
      text: 'The page is too long; only its beginning was read.',
    });
  return findings;
};

const examine = async (command: Command): Promise<Report> => {
  const page = await fetchPage(command.url, command);
  const report = examinePage({ ...page, ...command, url: page.url, headers: page.headers });
  const findings = [...fetchFindings(page), ...report.findings];
  return summarize(report.url, findings, report.providers);
};

const version = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
};

const run = async (): Promise<number> => {
  const command = readCommand(process.argv.slice(2));
  if (typeof command === 'string') {
    console.log(command === 'help' ? USAGE : version());
    return 0;
  }
  try {
    const report = await examine(command);
    console.log(command.isJson ? JSON.stringify(report, null, 2) : printReport(report));
    return report.errors > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof FetchFailure)) throw error;
    const { code, message } = error;
    if (command.isJson) console.log(JSON.stringify({ failure: { code, message } }, null, 2));
    else console.error(message);
    return 2;
  }
};

try {
  process.exitCode = await run();
} catch (error) {
  // Nothing of an error that nobody foresaw: it might hold the address.
  console.error(
    error instanceof UsageError
      ? `${error.message}\n\n${USAGE}`
      : `The doctor itself failed: ${error instanceof Error ? error.name : typeof error}.`,
  );
  process.exitCode = 2;
}
