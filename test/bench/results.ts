import type { Machine } from './machine.js';
import type { BytesRow } from './measures/bytes.js';
import type { FirstRequestRow } from './measures/first-request.js';
import type { FloodRow } from './measures/flood.js';
import type { LayoutShiftRow } from './measures/layout-shift.js';
import type { Many } from './measures/many.js';
import type { MemoryRow } from './measures/memory.js';
import type { PreconnectRow } from './measures/preconnect.js';

/** All that one run found. */
export interface Results {
  /** The day, as in 2026-01-31. */
  readonly date: string;
  readonly minutes: number;
  readonly machine: Machine;
  readonly bytes: readonly BytesRow[];
  readonly firstRequest: readonly FirstRequestRow[];
  readonly layoutShift: readonly LayoutShiftRow[];
  readonly many: Many;
  readonly flood: readonly FloodRow[];
  readonly memory: readonly MemoryRow[];
  readonly preconnect: readonly PreconnectRow[];
}

/** The row of this id, which is there. */
export const rowOf = <T extends { readonly id: string }>(rows: readonly T[], id: string): T => {
  const row = rows.find((each) => each.id === id);
  if (!row) throw new Error(`There are no figures for ${id}.`);
  return row;
};
