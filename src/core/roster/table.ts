/** From the rows of a sheet to a plan of units and posts, or to the list of everything that is wrong with them. */
import { LEVELS } from '../playbook/index.ts';
import { type Column, cleanCell, columnOf, faultOf, readPhone, saysNobody } from './cells.ts';
import { keyOf, pathKey } from './keys.ts';
import { checkPeople } from './people.ts';
import type { PlannedPost, PlannedUnit, RosterPlan, RosterProblem, RosterProblemCode } from './plan.ts';

export type { PlannedPost, PlannedUnit, RosterPlan, RosterProblem, RosterProblemCode } from './plan.ts';

/** A row of a sheet with the number a spreadsheet shows beside it, counted from 1. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export type RosterReading = { ok: true; plan: RosterPlan } | { ok: false; problems: RosterProblem[] };

/** Columns a sheet cannot do without. */
const REQUIRED = ['county', 'township', 'village', 'grid', 'title', 'name'] as const satisfies readonly Column[];

/**
 * Reads a sheet. The header may stand below a title and have its columns in any order; blank rows are passed over.
 * Either every row is good and there is a plan, or there are problems, all of them, in the order of the rows.
 */
export function readRosterTable(sheet: readonly SheetRow[]): RosterReading {
  const rows = sheet
    .map(({ row, cells }) => ({ row, cells: cells.map(cleanCell) }))
    .filter(({ cells }) => cells.some(Boolean));
  const [first] = rows;
  if (first === undefined) return { ok: false, problems: [problem(1, null, 'empty-sheet')] };
  const header = rows.findIndex(looksLikeHeader);
  const head = rows[header];
  if (head === undefined) return { ok: false, problems: missingColumns(first.row, []) };
  const body = rows.slice(header + 1);
  const { columns, problems } = readHeader(head, body);
  if (problems.length > 0) return { ok: false, problems };
  const reader = new TableReader();
  for (const { row, cells } of body) {
    const record = new Map(columns.map((column, at) => [column, cells[at] ?? '']));
    record.delete('ignored');
    // Prepared sheets number rows that nobody has filled in yet.
    if ([...record.values()].some(Boolean)) reader.read(row, (column) => record.get(column) ?? '');
  }
  return reader.finish(head.row);
}

/** Which column stands where; a column without header and content counts as ignored. */
function readHeader(head: SheetRow, body: readonly SheetRow[]): { columns: Column[]; problems: RosterProblem[] } {
  const problems: RosterProblem[] = [];
  const width = body.reduce((widest, { cells }) => Math.max(widest, cells.length), head.cells.length);
  const columns = Array.from({ length: width }, (_, at): Column => {
    const text = head.cells[at] ?? '';
    const column = columnOf(text);
    if (column !== null) return column;
    const filled = text !== '' || body.some(({ cells }) => (cells[at] ?? '') !== '');
    if (filled) problems.push(problem(head.row, null, 'header-unknown', { header: text, position: String(at + 1) }));
    return 'ignored';
  });
  const known = columns.filter((column) => column !== 'ignored');
  for (const column of new Set(known.filter((each, at) => known.indexOf(each) < at))) {
    problems.push(problem(head.row, column, 'header-twice'));
  }
  return { columns, problems: [...problems, ...missingColumns(head.row, known)] };
}

/** A title above the table or a row of people never holds three words that are all names of columns. */
function looksLikeHeader({ cells }: SheetRow): boolean {
  return new Set(cells.flatMap((cell) => columnOf(cell) ?? [])).size >= 3;
}

function missingColumns(row: number, known: readonly Column[]): RosterProblem[] {
  const missing = REQUIRED.filter((column) => !known.includes(column));
  return missing.map((column) => problem(row, column, 'header-missing'));
}

/** Gathers units, posts and problems over the rows of one sheet. */
class TableReader {
  private readonly units = new Map<string, PlannedUnit>();
  private readonly posts: PlannedPost[] = [];
  private readonly problems: RosterProblem[] = [];
  private county: { name: string; row: number } | null = null;

  read(row: number, cell: (column: Column) => string): void {
    const before = this.problems.length;
    const path = this.readPath(row, cell);
    const title = cell('title');
    const name = saysNobody(cell('name')) ? null : cell('name');
    if (title !== '') this.checkText(row, 'title', title);
    else if (name !== null) this.report(row, 'title', 'title-missing');

    if (name !== null) this.checkText(row, 'name', name);
    const phone = saysNobody(cell('phone')) ? null : readPhone(cell('phone'));
    if (phone === null && !saysNobody(cell('phone'))) {
      this.report(row, 'phone', 'phone-malformed', { phone: cell('phone') });
    } else if (phone !== null && name === null) {
      this.report(row, 'name', 'phone-without-name');
    }
    if (this.problems.length > before) return;
    const unit = this.addUnits(path);
    // A row that names a unit and nobody's post makes the unit exist, no more.
    if (title !== '') this.posts.push({ path: unit, title, name, phone, row });
  }

  finish(headerRow: number): RosterReading {
    const problems = [...this.problems, ...checkPeople(this.posts)].sort((a, b) => a.row - b.row);
    if (problems.length > 0) return { ok: false, problems };
    if (this.units.size === 0) return { ok: false, problems: [problem(headerRow, null, 'empty-sheet')] };
    return { ok: true, plan: { units: [...this.units.values()], posts: this.posts } };
  }

  private readPath(row: number, cell: (column: Column) => string): string[] {
    const names = LEVELS.map((level) => cell(level));
    const depth = Math.max(1, names.findLastIndex(Boolean) + 1);
    const path = names.slice(0, depth);
    path.forEach((name, at) => {
      const level = LEVELS[at] ?? 'county';
      if (name === '') this.report(row, level, 'level-missing');
      else this.checkText(row, level, name);
    });
    const [county = ''] = path;
    if (county !== '') {
      this.county ??= { name: county, row };
      if (keyOf(county) !== keyOf(this.county.name)) {
        this.report(row, 'county', 'county-several', {
          county,
          first: this.county.name,
          firstRow: String(this.county.row),
        });
      }
    }
    return path;
  }

  /** Adds the units along a path and gives the path as it was first spelled. */
  private addUnits(path: readonly string[]): string[] {
    let spelled: string[] = [];
    path.forEach((name, at) => {
      const key = pathKey([...spelled, name]);
      let unit = this.units.get(key);
      if (unit === undefined) {
        unit = { path: [...spelled, name], level: LEVELS[at] ?? 'county' };
        this.units.set(key, unit);
      }
      spelled = unit.path;
    });
    return spelled;
  }

  private checkText(row: number, column: Column, text: string): void {
    const fault = faultOf(text);
    if (fault !== null) this.report(row, column, fault.code, fault.params);
  }

  private report(row: number, column: Column, code: RosterProblemCode, params: Record<string, string> = {}): void {
    this.problems.push(problem(row, column, code, params));
  }
}

function problem(
  row: number,
  column: Column | null,
  code: RosterProblemCode,
  params: Record<string, string> = {},
): RosterProblem {
  return { row, column, code, params };
}
