import { policyLine, withSources, type Policy } from './csp.js';
import type { Page } from './page.js';
import { permissionsLine } from './permissions.js';
import type { Finding } from './report.js';

/** A change of a header. Its line is written once all changes of that header are known. */
export type Edit =
  | {
      readonly policy: Policy;
      readonly directive: string;
      /** What the directive holds if the policy has none of this name yet. */
      readonly base: readonly string[];
      readonly added: readonly string[];
    }
  | { readonly feature: string; readonly origins: readonly string[] };

/** A finding whose fix may still be a change of a header. */
export interface Draft extends Finding {
  readonly edit?: Edit;
}

const editPolicy = (policy: Policy, edits: readonly Edit[]): string => {
  const directives = new Map(policy.directives);
  for (const edit of edits) {
    if (!('policy' in edit) || edit.policy !== policy) continue;
    const before = directives.get(edit.directive) ?? edit.base;
    directives.set(edit.directive, withSources(before, edit.added));
  }
  return policyLine(policy, directives);
};

const editPermissions = ({ permissions, suffix }: Page, edits: readonly Edit[]): string => {
  const asked = edits.flatMap((edit) => ('feature' in edit ? [edit] : []));
  const features = asked.map(({ feature }) => feature);
  const origins = [...new Set(asked.flatMap((edit) => edit.origins))];
  return permissionsLine(`Permissions-Policy${suffix}`, permissions, features, origins);
};

/**
 * Writes the lines. Each is the whole header with every change that is asked for, so that nobody
 * has to put several together.
 *
 * @param others - drafts that are told elsewhere, and whose changes belong into the lines too
 */
export const complete = (
  page: Page,
  drafts: readonly Draft[],
  others: readonly Draft[] = [],
): readonly Finding[] => {
  const edits = [...others, ...drafts].flatMap(({ edit }) => (edit ? [edit] : []));
  return drafts.map(({ edit, ...finding }) => {
    if (!edit) return finding;
    if ('policy' in edit)
      return { ...finding, fix: { action: 'change', line: editPolicy(edit.policy, edits) } };
    const action = page.permissions.present ? 'change' : 'add';
    return { ...finding, fix: { action, line: editPermissions(page, edits) } };
  });
};
