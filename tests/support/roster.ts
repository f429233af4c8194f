import { planImport, type RosterChange } from '../../src/core/roster/diff.ts';
import type { RosterPlan } from '../../src/core/roster/plan.ts';
import { readRosterTable, type SheetRow } from '../../src/core/roster/table.ts';
import type { RosterRows } from '../../src/core/roster/view.ts';
import type { CivilDate } from '../../src/core/time.ts';

export const noRows = (): RosterRows => ({ unit: [], person: [], post: [], holding: [], leave: [] });

/** Lines of comma-separated cells as a sheet, numbered from 1. */
export function sheet(...lines: string[]): SheetRow[] {
  return lines.map((line, at) => ({ row: at + 1, cells: line.split(',') }));
}

export const HEADER = '县,乡镇,村,网格,职务,姓名,电话';

/** Reads a sheet that must be good; `lines` without the header. */
export function planOf(...lines: string[]): RosterPlan {
  const reading = readRosterTable(sheet(HEADER, ...lines));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.plan;
}

/** The rows as they are once the writes of an import are in the store. */
export function applied(rows: RosterRows, { writes }: RosterChange): RosterRows {
  const next: RosterRows = { ...rows };
  const replace = <T extends { id: string }>(list: T[], row: T): T[] => {
    const at = list.findIndex(({ id }) => id === row.id);
    return at < 0 ? [...list, row] : list.with(at, row);
  };
  for (const { table, row } of writes) {
    if (table === 'unit') next.unit = replace(next.unit, row);
    else if (table === 'person') next.person = replace(next.person, row);
    else if (table === 'post') next.post = replace(next.post, row);
    else if (table === 'holding') next.holding = replace(next.holding, row);
    else throw new Error(`an import must not write to ${table}`);
  }
  return next;
}

/** Ids that never repeat. */
export function counter(prefix = 'id'): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}${last}`;
  };
}

/** The rows after importing a plan on a day. */
export function imported(rows: RosterRows, plan: RosterPlan, effective: CivilDate, newId = counter()): RosterRows {
  return applied(rows, planImport(rows, plan, { effective, newId }));
}
