/** From columns of the database back to rows. */
import type { TableName, Tables } from '../core/rows.ts';
import type { Instant } from '../core/time.ts';
import type { Pool } from './pool.ts';

/** The cells of one row in the order of the table's columns; each is what the column's kind says. */
interface Cells {
  readonly 0: never;
  readonly 1: never;
  readonly 2: never;
  readonly 3: never;
  readonly 4: never;
  readonly 5: never;
  readonly 6: never;
  readonly 7: never;
  readonly 8: never;
  readonly 9: never;
  readonly 10: never;
  readonly 11: never;
  readonly 12: never;
}

type Decode<T extends TableName> = (c: Cells, pool: Pool) => Tables[T];

const instantOrNull = (pool: Pool, text: string | null): Instant | null => (text === null ? null : pool.instant(text));
const idOrNull = (pool: Pool, text: string | null): string | null => (text === null ? null : pool.id(text));

/**
 * Written out table by table: rows made so take the least memory and are the fastest to make. What names another row
 * shares its text; what is different in each row is left alone.
 */
const DECODERS: { readonly [T in TableName]: Decode<T> } = {
  unit: (c, pool) => ({
    id: pool.id(c[0]),
    parentId: idOrNull(pool, c[1]),
    level: c[2],
    name: c[3],
    since: c[4],
    until: c[5],
  }),
  person: (c, pool) => ({ id: pool.id(c[0]), name: c[1], phone: c[2] }),
  post: (c, pool) => ({
    id: pool.id(c[0]),
    unitId: pool.id(c[1]),
    title: c[2],
    since: c[3],
    until: c[4],
  }),
  holding: (c, pool) => ({ id: c[0], postId: pool.id(c[1]), personId: pool.id(c[2]), since: c[3], until: c[4] }),
  account: (c, pool) => ({
    id: c[0],
    personId: pool.id(c[1]),
    displayName: c[2],
    claimedAt: pool.instant(c[3]),
    releasedAt: instantOrNull(pool, c[4]),
  }),
  claimCode: (c, pool) => ({
    id: c[0],
    personId: pool.id(c[1]),
    issuedAt: pool.instant(c[2]),
    expiresAt: pool.instant(c[3]),
    usedAt: instantOrNull(pool, c[4]),
    usedBy: c[5],
  }),
  claimTry: (c, pool) => ({ id: c[0], accountId: c[1], at: pool.instant(c[2]) }),
  binding: (c, pool) => ({
    id: c[0],
    chat: c[1],
    unitId: pool.id(c[2]),
    title: c[3],
    boundBy: c[4],
    boundAt: pool.instant(c[5]),
    releasedAt: instantOrNull(pool, c[6]),
  }),
  leave: (c, pool) => ({
    id: c[0],
    personId: pool.id(c[1]),
    deputyId: c[2],
    fromDay: c[3],
    toDay: c[4],
    saidAt: pool.instant(c[5]),
    endedAt: instantOrNull(pool, c[6]),
  }),
  period: (c, pool) => ({
    id: pool.id(c[0]),
    form: c[1],
    key: c[2],
    opensAt: pool.instant(c[3]),
    dueAt: pool.instant(c[4]),
    locksAt: pool.instant(c[5]),
    playbook: c[6],
  }),
  obligation: (c, pool) => {
    const { subjectId, path, chain } = pool.line(c[2], c[3], c[4]);
    return { id: pool.id(c[0]), periodId: pool.id(c[1]), subjectId, path, chain };
  },
  report: (c, pool) => ({
    id: c[0],
    obligationId: pool.id(c[1]),
    kind: c[2],
    values: pool.value(c[3]),
    items: pool.value(c[4]),
    note: c[5],
    sentAt: pool.instant(c[6]),
    receivedAt: pool.instant(c[7]),
    personId: pool.id(c[8]),
    via: c[9],
    message: c[10],
  }),
  exemption: (c, pool) => ({
    id: c[0],
    form: c[1],
    unitId: pool.id(c[2]),
    fromDay: c[3],
    toDay: c[4],
    reason: c[5],
    personId: pool.id(c[6]),
    saidAt: pool.instant(c[7]),
  }),
  slot: (c, pool) => ({ id: c[0], dueAt: pool.instant(c[1]), decidedAt: pool.instant(c[2]), outcome: c[3] }),
  gap: (c, pool) => ({
    id: c[0],
    periodId: pool.id(c[1]),
    unitId: pool.id(c[2]),
    rowUnitId: pool.id(c[3]),
    shownAt: pool.instant(c[4]),
    madeGoodAt: instantOrNull(pool, c[5]),
  }),
  confirmation: (c, pool) => ({
    id: c[0],
    chat: c[1],
    personId: c[2],
    payload: c[3],
    askedAt: pool.instant(c[4]),
    expiresAt: pool.instant(c[5]),
    usedAt: instantOrNull(pool, c[6]),
  }),
  inbound: (c, pool) => ({
    id: c[0],
    chat: c[1],
    accountId: c[2],
    text: c[3],
    sentAt: pool.instant(c[4]),
    receivedAt: pool.instant(c[5]),
  }),
  outbox: (c, pool) => ({
    id: c[0],
    kind: c[1],
    address: c[2],
    body: JSON.parse(c[3]),
    priority: c[4],
    createdAt: pool.instant(c[5]),
    notBefore: pool.instant(c[6]),
    state: c[7],
    attempts: c[8],
    settledAt: instantOrNull(pool, c[9]),
    chat: c[10],
    platformMessageId: c[11],
    error: c[12],
  }),
  outage: (c, pool) => ({
    id: c[0],
    platform: c[1],
    account: c[2],
    since: pool.instant(c[3]),
    until: pool.instant(c[4]),
    cause: c[5],
    lossy: c[6],
  }),
  meta: (c) => ({ id: c[0], value: c[1] }),
};

/** Rows given as one list per column, the lists in the order of the table's columns. */
export function decodeColumns<T extends TableName>(
  table: T,
  columns: readonly (readonly unknown[])[],
  pool: Pool,
): Tables[T][] {
  const decode: Decode<T> = DECODERS[table];
  const rows: Tables[T][] = [];
  const [ids = []] = columns;
  const cells: unknown[] = columns.map(() => null);
  for (let at = 0; at < ids.length; at += 1) {
    for (let column = 0; column < columns.length; column += 1) cells[column] = columns[column]?.[at];
    rows.push(decode(cells as unknown as Cells, pool));
  }
  return rows;
}
