/** What was written and what was loaded, in one form that can be compared. */
import type { TableName, Write } from '../../src/core/rows/index.ts';
import type { Snapshot } from '../../src/store/store.ts';

type ById = { id: string };

/** Rows sorted by id: only reports and what was given up have an order of their own. */
const sorted = (rows: readonly ById[]): ById[] => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

/** What a store loaded, without the empty tables. */
export function byTable(snapshot: Snapshot): Partial<Record<TableName, ById[]>> {
  const filled = Object.entries(snapshot).filter(([, rows]) => rows.length > 0);
  return Object.fromEntries(filled.map(([table, rows]) => [table, sorted(rows)]));
}

/** What a store should load after these writes, each on an id of its own. */
export function rowsByTable(writes: readonly Write[]): Partial<Record<TableName, ById[]>> {
  const tables = [...new Set(writes.map(({ table }) => table))];
  return Object.fromEntries(
    tables.map((table) => [table, sorted(writes.filter((write) => write.table === table).map((write) => write.row))]),
  );
}
