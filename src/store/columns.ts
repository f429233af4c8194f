/**
 * Which columns the tables have and how values are kept in them. Every statement of the store is made from this table,
 * so no text from outside can become SQL.
 */
import { CHANGING, type TableName, type Tables, WORDS, type Write } from '../core/rows/index.ts';

/** How a value is kept; a `?` marks a column that may be null. */
type Kind<V> = V extends string ? 'text' : V extends number ? 'integer' | 'real' | 'instant' : 'json';
type ColumnKind<V> = null extends V ? `${Kind<NonNullable<V>>}?` : Kind<V>;
type ColumnTable = { [T in TableName]: { [F in keyof Tables[T]]-?: ColumnKind<Tables[T][F]> } };

/** Parents stand before the rows that refer to them: writes are made in this order. The id comes first. */
const COLUMNS = {
  unit: { id: 'text', parentId: 'text?', level: 'text', name: 'text', since: 'text', until: 'text?' },
  person: { id: 'text', name: 'text', phone: 'text?' },
  post: { id: 'text', unitId: 'text', title: 'text', since: 'text', until: 'text?' },
  holding: { id: 'text', postId: 'text', personId: 'text', since: 'text', until: 'text?' },
  account: { id: 'text', personId: 'text', displayName: 'text', claimedAt: 'instant', releasedAt: 'instant?' },
  claimCode: {
    id: 'text',
    personId: 'text',
    issuedAt: 'instant',
    expiresAt: 'instant',
    usedAt: 'instant?',
    usedBy: 'text?',
  },
  claimTry: { id: 'text', accountId: 'text', at: 'instant' },
  binding: {
    id: 'text',
    chat: 'text',
    unitId: 'text',
    title: 'text',
    boundBy: 'text?',
    boundAt: 'instant',
    releasedAt: 'instant?',
  },
  leave: {
    id: 'text',
    personId: 'text',
    deputyId: 'text?',
    fromDay: 'text',
    toDay: 'text',
    saidAt: 'instant',
    endedAt: 'instant?',
  },
  spec: { id: 'text', form: 'text', source: 'text' },
  period: {
    id: 'text',
    form: 'text',
    key: 'text',
    opensAt: 'instant',
    dueAt: 'instant',
    locksAt: 'instant',
    playbook: 'text',
    spec: 'text?',
    label: 'text?',
    unitId: 'text?',
  },
  obligation: { id: 'text', periodId: 'text', subjectId: 'text', path: 'text', chain: 'json' },
  report: {
    id: 'text',
    obligationId: 'text',
    kind: 'text',
    values: 'json',
    items: 'json',
    note: 'text?',
    sentAt: 'instant',
    receivedAt: 'instant',
    personId: 'text',
    via: 'text',
    message: 'text',
  },
  exemption: {
    id: 'text',
    form: 'text',
    unitId: 'text',
    fromDay: 'text',
    toDay: 'text',
    reason: 'text',
    personId: 'text',
    saidAt: 'instant',
  },
  slot: { id: 'text', dueAt: 'instant', decidedAt: 'instant', outcome: 'text' },
  gap: {
    id: 'text',
    periodId: 'text',
    unitId: 'text',
    rowUnitId: 'text',
    shownAt: 'instant',
    madeGoodAt: 'instant?',
  },
  entry: {
    id: 'text',
    register: 'text',
    unitId: 'text',
    number: 'text?',
    name: 'text',
    values: 'json',
    coverId: 'text?',
    since: 'text',
    until: 'text?',
    erasedAt: 'instant?',
  },
  entryEvent: {
    id: 'text',
    entryId: 'text',
    kind: 'text',
    values: 'json',
    note: 'text?',
    personId: 'text?',
    at: 'instant',
    message: 'text?',
  },
  alert: {
    id: 'text',
    rule: 'text',
    unitId: 'text',
    day: 'text',
    number: 'integer',
    value: 'real',
    raisedAt: 'instant',
    toldAt: 'instant',
    personId: 'text?',
    acknowledgedAt: 'instant?',
  },
  phase: { id: 'text', phase: 'text', unitId: 'text', state: 'text', since: 'instant', personId: 'text' },
  erasure: { id: 'text', what: 'text', at: 'instant', entries: 'integer', reports: 'integer', messages: 'integer' },
  confirmation: {
    id: 'text',
    chat: 'text',
    personId: 'text',
    payload: 'text',
    askedAt: 'instant',
    expiresAt: 'instant',
    usedAt: 'instant?',
  },
  inbound: {
    id: 'text',
    chat: 'text',
    accountId: 'text',
    text: 'text',
    sentAt: 'instant',
    receivedAt: 'instant',
  },
  outbox: {
    id: 'text',
    kind: 'text',
    address: 'text',
    body: 'json',
    priority: 'integer',
    createdAt: 'instant',
    notBefore: 'instant',
    state: 'text',
    attempts: 'integer',
    settledAt: 'instant?',
    chat: 'text?',
    platformMessageId: 'text?',
    error: 'text?',
  },
  outage: {
    id: 'text',
    platform: 'text',
    account: 'text',
    since: 'instant',
    until: 'instant',
    cause: 'text',
    lossy: 'text',
  },
  meta: { id: 'text', value: 'text' },
} as const satisfies ColumnTable;

/** One column of a table, as code and as database know it. */
export interface Column {
  /** The field of the row type. */
  field: string;
  /** The column of the database. */
  name: string;
  kind: 'text' | 'integer' | 'real' | 'instant' | 'json';
  nullable: boolean;
}

export interface TableShape {
  table: TableName;
  /** The table's name in the database. */
  name: string;
  columns: readonly Column[];
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function shapeOf(table: TableName): TableShape {
  const columns = Object.entries(COLUMNS[table]).map(
    ([field, kind]: [string, string]): Column => ({
      field,
      name: snakeCase(field),
      kind: kind.replace('?', '') as Column['kind'],
      nullable: kind.endsWith('?'),
    }),
  );
  return { table, name: snakeCase(table), columns };
}

/** Every table, parents before children. */
export const TABLES: readonly TableName[] = Object.keys(COLUMNS) as TableName[];

/** Name and columns of each table. */
export const SHAPES: { readonly [T in TableName]: TableShape } = Object.fromEntries(
  TABLES.map((table) => [table, shapeOf(table)]),
) as { [T in TableName]: TableShape };

/**
 * The text as the database can keep it. A NUL would cut the text short when it is read, half a surrogate pair is no
 * valid UTF-8 and brings the driver down; both become the replacement character.
 */
export function storable(text: string): string {
  if (text.isWellFormed() && !text.includes('\0')) return text;
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** The last moment that there is, UTC ms; the first is as long before 1970. */
const LAST_INSTANT = 8_640_000_000_000_000;

/** @throws {RangeError} when it is no moment in time */
function instant(value: unknown): number {
  const at = Math.trunc(Number(value));
  if (Math.abs(at) <= LAST_INSTANT) return at;
  throw new RangeError(`${value} is no moment in time`);
}

/** A value as a statement takes it. */
export type Cell = string | number | null;

/** Which fields are changed by a write that is not of whole rows. */
const PARTS: { readonly [O in Write['op']]?: { readonly [T in TableName]?: readonly string[] } } = {
  update: { outbox: CHANGING },
  erase: WORDS,
};

/** The id, and what is changed of a row by an update or an erasure; whole rows for all else. */
export function columnsOf(table: TableName, op: Write['op']): readonly Column[] {
  const { columns } = SHAPES[table];
  const fields = PARTS[op]?.[table];
  return fields ? columns.filter(({ field }) => field === 'id' || fields.includes(field)) : columns;
}

/**
 * The row's values in the order of these columns. Text stands as it was given, see {@link storable}.
 * @throws {RangeError} when an instant is no moment in time
 */
export function encode(columns: readonly Column[], row: Write['row']): Cell[] {
  const fields = row as unknown as Record<string, unknown>;
  const cells: Cell[] = [];
  for (const { field, kind } of columns) {
    const value = fields[field];
    if (value === null || value === undefined) cells.push(null);
    else if (kind === 'text') cells.push(String(value));
    else if (kind === 'instant') cells.push(instant(value));
    else cells.push(kind === 'json' ? JSON.stringify(value) : Number(value));
  }
  return cells;
}
