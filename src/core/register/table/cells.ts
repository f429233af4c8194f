/** Single cells of a register's table: what they say, and how what is known is written into one. */
import { Line, type Reader } from '../../grammar/mixed/line.ts';
import { valueAt } from '../../grammar/mixed/value.ts';
import { normalise } from '../../normalise.ts';
import type { Field, Value } from '../../playbook/index.ts';
import { cleanCell } from '../../roster/cells.ts';
import type { CivilDate } from '../../time.ts';
import type { ValueFaultCode } from './problem.ts';

/** Longest name, characters. */
const LONGEST_NAME = 40;
/** Longest text, characters: as long as a message may be. */
const LONGEST_TEXT = 4_000;
/** Marks with which a table says that there is nothing. */
const NOTHING: ReadonlySet<string> = new Set(['-', '—', '–', '/']);
/** A spreadsheet takes such a text for a formula; with an apostrophe before it, it does not. */
const FORMULA = /^[=+\-@]/u;
const GUARDED = /^'(?=[=+\-@])/u;
/** Signs that never belong in a cell and come from a broken file. */
const BROKEN = /[\p{Cc}\p{Cs}\uFFFD]/u;
const COUNTS_AS_ZERO = ['无', '没有'];

/** A cell is read like what is typed behind a label, where no other field and nobody's name is in sight. */
const CELL: Reader = {
  fields: {},
  register: null,
  numbered: false,
  measure: '',
  zeroWords: COUNTS_AS_ZERO,
  measureWords: [],
};
const NOWHERE = { botName: '', place: 'direct', forms: new Map(), commands: [] } as const;

export type Fault = { fault: ValueFaultCode; params: Record<string, string> };

/** What a cell says: nothing (null), that there is nothing (`value: null`), a value, or something it may not. */
export type CellReading = null | { value: Value | null } | Fault;

const isFault = (reading: { value: unknown } | Fault): reading is Fault => 'fault' in reading;

/** Reads a cell of a field's column. */
export function readCell(field: Field, cell: string, today: CivilDate): CellReading {
  const text = spaced(cell);
  if (text === '') return null;
  if (NOTHING.has(text)) return { value: null };
  if (field.type === 'text' || field.type === 'person') return readText(text, LONGEST_TEXT);
  const typed = field.type === 'date' ? plainDay(text) : field.type === 'number' ? plainNumber(text) : normalise(text);
  const found = valueAt(field, new Line(typed, { ...CELL, fields: { cell: field } }, { ...NOWHERE, today }), 0);
  if (found && 'value' in found && found.length === typed.length) return { value: found.value };
  return { fault: FAULTS[field.type], params: { text, ...expectedOf(field) } };
}

const FAULTS = {
  count: 'value-count',
  photo: 'value-count',
  number: 'value-number',
  choice: 'value-choice',
  yesno: 'value-yesno',
  date: 'value-date',
  household: 'value-household',
  plate: 'value-plate',
} as const satisfies Partial<Record<Field['type'], ValueFaultCode>>;

function expectedOf(field: Field): Record<string, string> {
  if (field.type === 'choice') return { options: field.options.map(({ name }) => name).join('、') };
  if (field.type === 'number') return { min: String(field.min), max: String(field.max), decimals: `${field.decimals}` };
  return {};
}

/** A name as paths can hold it: they are joined by `/`, places by `@`. */
export function readName(cell: string): { value: string } | Fault {
  const reading = readText(cleanCell(cell), LONGEST_NAME);
  if (isFault(reading)) return reading;
  return { value: reading.value.replaceAll('/', '／').replaceAll('@', '＠') };
}

/** `12`, `012`, `12号`, `3-1` as the number it is; null when it is none. */
export function readNumber(cell: string, measure: string): string | null {
  const text = normalise(cell)
    .replaceAll(' ', '')
    .replace(/[‐-―−~]/gu, '-');
  const bare = [normalise(measure), '户', '号', '号户'].reduce(
    (rest, word) => (rest.endsWith(word) ? rest.slice(0, -word.length) : rest),
    text,
  );
  if (!/^\d{1,5}(?:-\d{1,4})?$/.test(bare)) return null;
  return bare
    .split('-')
    .map((part) => String(Number(part)))
    .join('-');
}

/** What is written into a cell for a value; empty where what is read back would be something else. */
export function cellOf(field: Field, value: Value | undefined, today: CivilDate): string {
  if (value === undefined) return '';
  const text = typeof value === 'boolean' ? (value ? '是' : '否') : guarded(String(value));
  const read = readCell(field, text, today);
  return read !== null && 'value' in read && read.value === value ? text : '';
}

/** A text that no spreadsheet takes for a formula. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

const spaced = (cell: string): string =>
  cell
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

function readText(text: string, longest: number): { value: string } | Fault {
  if ([...text].length > longest) return { fault: 'too-long', params: { limit: String(longest) } };
  if (FORMULA.test(text)) return { fault: 'formula', params: { text } };
  if (BROKEN.test(text)) return { fault: 'bad-character', params: {} };
  return { value: text.replace(GUARDED, '') };
}

/** A day without its time, its parts joined as people type them: 2026.11.20, 20261120, 2026-11-20 0:00:00. */
function plainDay(cell: string): string {
  const text = normalise(cell).replace(/ \d{1,2}:\d\d(?::\d\d)?$/, '');
  const packed = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (packed) return packed.slice(1).join('-');
  return /^\d{4}([./])\d{1,2}\1\d{1,2}$/.test(text) ? text.replace(/[./]/g, '-') : text;
}

/** A workbook keeps 36.6 as a fraction with fifteen digits. */
function plainNumber(cell: string): string {
  const text = normalise(cell);
  return /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text;
}
