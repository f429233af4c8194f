/** From the rows of a sheet to planned entries, or to everything that is wrong with them. */

import type { Field, Value } from '../../playbook/index.ts';
import { saysNobody } from '../../roster/cells.ts';
import type { SheetRow } from '../../roster/table.ts';
import type { RosterView } from '../../roster/view.ts';
import type { PersonId, UnitId } from '../../rows/index.ts';
import type { CivilDate } from '../../time.ts';
import type { RegisterTarget } from '../below.ts';
import { type Fault, readCell, readName, readNumber } from './cells.ts';
import { columnKey, columnOf, HEADS, levelsOf, type RegisterColumn } from './columns.ts';
import { type PlannedEntry, problem, type RegisterProblem } from './problem.ts';

export interface TableReading {
  entries: PlannedEntry[];
  problems: RegisterProblem[];
  /** Heads of columns that are none of the register's, with something below them. */
  unknown: string[];
}

/** Somebody or something that a table is about is looked for in this roster, on this day. */
export interface TableContext {
  view: RosterView;
  today: CivilDate;
}

/**
 * Reads a sheet. The head may stand below a title and have its columns in any order; blank rows, and rows that name a
 * unit and nothing in it, are passed over. Problems come in the order of the rows; the entries are of the good ones.
 */
export function readTable(sheet: readonly SheetRow[], target: RegisterTarget, context: TableContext): TableReading {
  const rows = sheet.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const headAt = rows.findIndex((row) => columnsOf(row, target).size >= 2);
  const [first] = rows;
  const head = rows[headAt] ?? first;
  if (!head) return { entries: [], problems: [problem(1, null, 'empty-sheet')], unknown: [] };
  const columns = head.cells.map((cell) => columnOf(cell, target.register));
  const body = rows.slice(rows.indexOf(head) + 1);
  const problems = headProblems(head, columns, target);
  if (problems.length > 0) return { entries: [], problems, unknown: [] };
  if (body.length === 0) return { entries: [], problems: [problem(head.row, null, 'empty-sheet')], unknown: [] };
  const reader = new RowReader(target, context);
  const entries = body.flatMap((row) => reader.read(row, columns) ?? []);
  return { entries, problems: reader.problems, unknown: unknownHeads(head, columns, body) };
}

function columnsOf({ cells }: SheetRow, { register }: RegisterTarget): Set<string> {
  return new Set(cells.flatMap((cell) => columnOf(cell, register) ?? []).map(columnKey));
}

function headProblems(
  head: SheetRow,
  columns: readonly (RegisterColumn | null)[],
  { register }: RegisterTarget,
): RegisterProblem[] {
  const known = columns.flatMap((column) => (column && column.kind !== 'ignored' ? column : []));
  const keys = known.map(columnKey);
  const twice = known.filter((column, at) => keys.indexOf(columnKey(column)) < at);
  const needed = [register.of, ...(register.numbered ? [] : (['name'] as const))];
  return [
    ...twice.map((column) => problem(head.row, column.head, 'header-twice')),
    ...needed.filter((key) => !keys.includes(key)).map((key) => problem(head.row, HEADS[key], 'header-missing')),
  ];
}

function unknownHeads(
  head: SheetRow,
  columns: readonly (RegisterColumn | null)[],
  body: readonly SheetRow[],
): string[] {
  const width = body.reduce((widest, { cells }) => Math.max(widest, cells.length), head.cells.length);
  return Array.from({ length: width }, (_, at) => at).flatMap((at) => {
    const isFilled = body.some(({ cells }) => (cells[at] ?? '').trim() !== '');
    return columns[at] || !isFilled ? [] : (head.cells[at] ?? '').trim();
  });
}

const DAY: Field = { type: 'date', name: '', aliases: [], required: false, bare: false };

/** Reads row after row; what many rows share (a unit, a person) is looked up once. */
class RowReader {
  readonly problems: RegisterProblem[] = [];
  readonly #target: RegisterTarget;
  readonly #context: TableContext;
  readonly #units = new Map<string, UnitId[]>();
  readonly #persons = new Map<string, PersonId[]>();

  constructor(target: RegisterTarget, context: TableContext) {
    this.#target = target;
    this.#context = context;
  }

  /** Null for a row that says nothing of an entry, and for one with a problem. */
  read({ row, cells }: SheetRow, columns: readonly (RegisterColumn | null)[]): PlannedEntry | null {
    const { register } = this.#target;
    const said = columns.flatMap((column, at) => {
      const cell = (cells[at] ?? '').trim();
      return column && column.kind !== 'ignored' && cell !== '' ? { column, cell } : [];
    });
    if (said.every(({ column }) => column.kind === 'unit')) return null;
    const before = this.problems.length;
    const unitId = this.#unitOf(row, said);
    const entry = { row, number: null as string | null, name: '', since: null as CivilDate | null };
    const values: Record<string, Value | null> = {};
    let coverId: PersonId | null | undefined;
    for (const { column, cell } of said) {
      switch (column.kind) {
        case 'number':
          entry.number = readNumber(cell, register.measure);
          if (entry.number === null)
            this.#report(row, column.head, { fault: 'number-invalid', params: { text: cell } });
          break;
        case 'name': {
          if (saysNobody(cell)) break;
          const name = readName(cell);
          if ('fault' in name) this.#report(row, column.head, name);
          else entry.name = name.value;
          break;
        }
        case 'cover':
          coverId = this.#coverOf(row, column.head, cell, unitId);
          break;
        case 'since': {
          const day = readCell(DAY, cell, this.#context.today);
          if (day && 'fault' in day) this.#report(row, column.head, day);
          else if (day && typeof day.value === 'string') entry.since = day.value as CivilDate;
          break;
        }
        case 'field': {
          const reading = readCell(column.field, cell, this.#context.today);
          if (reading && 'fault' in reading) this.#report(row, column.head, reading);
          else if (reading) values[column.id] = reading.value;
          break;
        }
      }
    }
    if (entry.name === '' && !register.numbered && this.problems.length === before) {
      this.problems.push(problem(row, HEADS.name, 'name-missing'));
    }
    return unitId === null || this.problems.length > before ? null : { ...entry, unitId, values, coverId };
  }

  #report(
    row: number,
    head: string,
    { fault, params }: Fault | { fault: 'number-invalid'; params: { text: string } },
  ): void {
    this.problems.push(problem(row, head, fault, params));
  }

  /** The unit a row names by as much of its path as the table has. */
  #unitOf(row: number, said: readonly { column: RegisterColumn; cell: string }[]): UnitId | null {
    const { register } = this.#target;
    const { view } = this.#context;
    const names = new Map(said.flatMap(({ column, cell }) => (column.kind === 'unit' ? [[column.level, cell]] : [])));
    const head = HEADS[register.of];
    if (!names.has(register.of)) {
      this.problems.push(problem(row, head, 'unit-missing'));
      return null;
    }
    const path = levelsOf(register)
      .flatMap((level) => names.get(level) ?? [])
      .join('/');
    let found = this.#units.get(path);
    if (!found) {
      found = view.findUnits(path).flatMap(({ id, level }) => (level === register.of ? id : []));
      this.#units.set(path, found);
    }
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    const code = found.length === 0 ? 'unit-unknown' : 'unit-several';
    const choices = found.slice(0, 3).map((id) => view.path(id));
    this.problems.push(problem(row, head, code, { text: path, choices: choices.join('、') }));
    return null;
  }

  /** Somebody of the roster: those of the village first, then of the whole county. */
  #coverOf(row: number, head: string, cell: string, unitId: UnitId | null): PersonId | null | undefined {
    if (saysNobody(cell)) return null;
    if (unitId === null) return undefined;
    const { view } = this.#context;
    const village = view.chain(unitId).find((id) => view.unit(id)?.level === 'village');
    const key = `${village} ${cell}`;
    let found = this.#persons.get(key);
    if (!found) {
      found = view.findPersons(cell, village).map(({ id }) => id);
      this.#persons.set(key, found);
    }
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    const code = found.length === 0 ? 'cover-unknown' : 'cover-several';
    const choices = found.slice(0, 3).map((id) => view.personLabel(id));
    this.problems.push(problem(row, head, code, { text: cell, choices: choices.join('、') }));
    return undefined;
  }
}
