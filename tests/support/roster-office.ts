/** The roster office: another process that changes the roster while the bot runs. */
import { randomUUID } from 'node:crypto';
import { parse as parseCsv } from 'csv-parse/sync';
import { County } from '../../src/core/county.ts';
import { newRevision } from '../../src/core/meta.ts';
import { planImport } from '../../src/core/roster/diff.ts';
import { readRosterTable, type SheetRow } from '../../src/core/roster/table.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { openStore } from '../../src/store/prisma.ts';

/** The cells of a roster written as CSV, its head first. */
export function sheetOf(csv: string): string[][] {
  return parseCsv(csv, { relax_column_count: true, skip_empty_lines: true });
}

/** The rows of a table written as CSV, numbered as a spreadsheet numbers them. */
export function rowsOf(csv: string): SheetRow[] {
  return sheetOf(csv).map((cells, at) => ({ row: at + 1, cells }));
}

/** Makes the roster of a database what a list says, from a day on. */
export async function importRoster(url: string, roster: string, effective: CivilDate): Promise<void> {
  const reading = readRosterTable(rowsOf(roster));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const store = await openStore({ url });
  try {
    const county = new County(await store.load(effective));
    const revision = randomUUID();
    let next = 0;
    const newId = (): string => `import${revision}-${++next}`;
    const { writes } = planImport(county.rosterRows(), reading.plan, { effective, newId });
    await store.commit([...writes, newRevision(revision)]);
  } finally {
    await store.close();
  }
}
