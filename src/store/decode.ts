/** From columns of the database back to rows. */
import type { TableName, Tables } from '../core/rows/index.ts';
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

const unitOrNull = (pool: Pool, id: string | null): string | null => (id === null ? null : pool.unit.same(id));

/**
 * Written out table by table: rows made so take the least memory and are the fastest to make. What names another row
 * shares its text; what is different in each row is left alone.
 */
const DECODERS: { readonly [T in TableName]: Decode<T> } = {
  unit: (c, pool) => ({
    id: pool.unit.own(c[0]),
    parentId: unitOrNull(pool, c[1]),
    level: c[2],
    name: c[3],
    since: c[4],
    until: c[5],
  }),
  person: (c, pool) => ({ id: pool.person.own(c[0]), name: c[1], phone: c[2] }),
  post: (c, pool) => ({
    id: pool.post.own(c[0]),
    unitId: pool.unit.same(c[1]),
    title: c[2],
    since: c[3],
    until: c[4],
  }),
  holding: (c, pool) => ({
    id: c[0],
    postId: pool.post.same(c[1]),
    personId: pool.person.same(c[2]),
    since: c[3],
    until: c[4],
  }),
  account: (c, pool) => ({
    id: c[0],
    personId: pool.person.same(c[1]),
    displayName: c[2],
    claimedAt: c[3],
    releasedAt: c[4],
  }),
  claimCode: (c, pool) => ({
    id: c[0],
    personId: pool.person.same(c[1]),
    issuedAt: c[2],
    expiresAt: c[3],
    usedAt: c[4],
    usedBy: c[5],
  }),
  claimTry: (c) => ({ id: c[0], accountId: c[1], at: c[2] }),
  binding: (c, pool) => ({
    id: c[0],
    chat: c[1],
    unitId: pool.unit.same(c[2]),
    title: c[3],
    boundBy: c[4],
    boundAt: c[5],
    releasedAt: c[6],
  }),
  leave: (c, pool) => ({
    id: c[0],
    personId: pool.person.same(c[1]),
    deputyId: c[2],
    fromDay: c[3],
    toDay: c[4],
    saidAt: c[5],
    endedAt: c[6],
  }),
  spec: (c) => ({ id: c[0], form: c[1], source: c[2] }),
  period: (c, pool) => ({
    id: pool.period.own(c[0]),
    form: c[1],
    key: c[2],
    opensAt: c[3],
    dueAt: c[4],
    locksAt: c[5],
    playbook: c[6],
    spec: c[7],
    label: c[8],
    unitId: unitOrNull(pool, c[9]),
  }),
  obligation: (c, pool) => {
    const subjectId = pool.unit.same(c[2]);
    return { id: c[0], periodId: pool.period.same(c[1]), subjectId, path: c[3], chain: pool.chain(c[4], subjectId) };
  },
  report: (c, pool) => ({
    id: c[0],
    obligationId: c[1],
    kind: c[2],
    values: pool.value(c[3]),
    items: pool.value(c[4]),
    note: c[5],
    sentAt: c[6],
    receivedAt: c[7],
    personId: pool.person.same(c[8]),
    via: c[9],
    message: c[10],
  }),
  exemption: (c, pool) => ({
    id: c[0],
    form: c[1],
    unitId: pool.unit.same(c[2]),
    fromDay: c[3],
    toDay: c[4],
    reason: c[5],
    personId: pool.person.same(c[6]),
    saidAt: c[7],
  }),
  slot: (c) => ({ id: c[0], dueAt: c[1], decidedAt: c[2], outcome: c[3] }),
  gap: (c, pool) => ({
    id: c[0],
    periodId: pool.period.same(c[1]),
    unitId: pool.unit.same(c[2]),
    rowUnitId: pool.unit.same(c[3]),
    shownAt: c[4],
    madeGoodAt: c[5],
  }),
  entry: (c, pool) => ({
    id: pool.unit.own(c[0]),
    register: c[1],
    unitId: pool.unit.same(c[2]),
    number: c[3],
    name: c[4],
    values: pool.value(c[5]),
    coverId: c[6],
    since: c[7],
    until: c[8],
    erasedAt: c[9],
  }),
  entryEvent: (c) => ({
    id: c[0],
    entryId: c[1],
    kind: c[2],
    values: JSON.parse(c[3]),
    note: c[4],
    personId: c[5],
    at: c[6],
    message: c[7],
  }),
  alert: (c, pool) => ({
    id: c[0],
    rule: c[1],
    unitId: pool.unit.same(c[2]),
    day: c[3],
    number: c[4],
    value: c[5],
    raisedAt: c[6],
    toldAt: c[7],
    personId: c[8],
    acknowledgedAt: c[9],
  }),
  phase: (c, pool) => ({
    id: c[0],
    phase: c[1],
    unitId: pool.unit.same(c[2]),
    state: c[3],
    since: c[4],
    personId: c[5],
  }),
  erasure: (c) => ({ id: c[0], what: c[1], at: c[2], entries: c[3], reports: c[4], messages: c[5] }),
  confirmation: (c) => ({
    id: c[0],
    chat: c[1],
    personId: c[2],
    payload: c[3],
    askedAt: c[4],
    expiresAt: c[5],
    usedAt: c[6],
  }),
  inbound: (c) => ({
    id: c[0],
    chat: c[1],
    accountId: c[2],
    text: c[3],
    sentAt: c[4],
    receivedAt: c[5],
  }),
  outbox: (c) => ({
    id: c[0],
    kind: c[1],
    address: c[2],
    body: JSON.parse(c[3]),
    priority: c[4],
    createdAt: c[5],
    notBefore: c[6],
    state: c[7],
    attempts: c[8],
    settledAt: c[9],
    chat: c[10],
    platformMessageId: c[11],
    error: c[12],
  }),
  outage: (c) => ({
    id: c[0],
    platform: c[1],
    account: c[2],
    since: c[3],
    until: c[4],
    cause: c[5],
    lossy: c[6],
  }),
  meta: (c) => ({ id: c[0], value: c[1] }),
};

/**
 * For rows given as one JSON list per column, the lists in the order of the table's columns: appends as many of those
 * that are left as are asked for, and says whether there are more.
 */
export function decoder<T extends TableName>(
  table: T,
  texts: readonly string[],
  pool: Pool,
): (rows: Tables[T][], most: number) => boolean {
  const decode: Decode<T> = DECODERS[table];
  const columns = texts.map((text): unknown[] => JSON.parse(text));
  const cells: unknown[] = columns.map(() => null);
  const count = columns[0]?.length ?? 0;
  let at = 0;
  return (rows, most) => {
    const end = Math.min(at + most, count);
    for (; at < end; at += 1) {
      for (let column = 0; column < columns.length; column += 1) cells[column] = columns[column]?.[at];
      rows.push(decode(cells as unknown as Cells, pool));
    }
    return at < count;
  };
}
