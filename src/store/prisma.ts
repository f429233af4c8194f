/** The store on SQLite, through Prisma. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Transaction } from '@prisma/driver-adapter-utils';
import { ROSTER_REVISION } from '../core/meta.ts';
import type { PeriodId, Tables, Write } from '../core/rows/index.ts';
import type { CivilDate } from '../core/time.ts';
import { storable } from './columns.ts';
import { type DurableConnection, durableFactory, libsqlFactory } from './connection.ts';
import { isUniqueViolation, toStoreError } from './errors.ts';
import { Prisma, PrismaClient } from './generated/client.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import { PastReads } from './past.ts';
import { pathOf } from './path.ts';
import { CLOSED, Reader, type Reading, type Selection } from './reading.ts';
import { batchesOf, type WriteBatch } from './statements.ts';
import { DuplicateError, type PeriodRecord, type Snapshot, type Store } from './store.ts';

export interface StoreOptions {
  /** `file:` and a path, relative to the working directory or absolute. The folder is made where it is missing. */
  url: string;
  /** Where the migrations lie; by default those of this program. */
  migrations?: string;
  /** Leaves a database of an older version as it is. */
  asItIs?: boolean;
}

/**
 * Opens the database file, makes it where it is missing and brings it up to date.
 * @throws {StoreError} `url` for anything but a file, `migration` for a database of another version, `settings` where
 * writes could not be made durable, `io` or `corrupt` where the file cannot be used
 */
export async function openStore({ url, migrations = MIGRATIONS, asItIs = false }: StoreOptions): Promise<Store> {
  const path = pathOf(url);
  const connection = await connect(path);
  try {
    if (!asItIs) await migrate(connection, migrations);
  } catch (error) {
    await connection.dispose();
    throw toStoreError(error, 'migrating the database');
  }
  const adapter = {
    provider: connection.provider,
    adapterName: connection.adapterName,
    connect: async () => connection,
  };
  return new PrismaStore(new PrismaClient({ adapter }), connection, new Reader(() => connect(path)));
}

async function connect(path: string): Promise<DurableConnection> {
  try {
    // The records name people: a folder made here is for this account alone.
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return await durableFactory(path, libsqlFactory(path)).connect();
  } catch (error) {
    throw toStoreError(error, `opening ${path}`, 'io');
  }
}

const CHECK = `SELECT 'known', id FROM inbound WHERE id IN (SELECT value FROM json_each(?))
  UNION ALL SELECT 'revision', value FROM meta WHERE id = '${ROSTER_REVISION}'`;

/** The condition of the index that finds the few: the database uses it where the very words are said. */
const NOT_SENT = `state <> 'sent'`;

class PrismaStore implements Store {
  readonly past = new PastReads((table, selection) => this.#read((reading) => reading.rows(table, selection)));
  readonly #client: PrismaClient;
  /** The client's own. */
  readonly #connection: DurableConnection;
  readonly #reader: Reader;
  /** Commits that have been asked for and are not over. */
  readonly #underWay = new Set<Promise<void>>();
  #closing: Promise<void> | null = null;

  constructor(client: PrismaClient, connection: DurableConnection, reader: Reader) {
    this.#client = client;
    this.#connection = connection;
    this.#reader = reader;
  }

  load(
    since: CivilDate,
    mostObligations = Number.POSITIVE_INFINITY,
    unlockedAt = Number.MAX_SAFE_INTEGER,
  ): Promise<Snapshot> {
    return this.#read(async (reading) => {
      const first = await firstDay(reading, since, mostObligations);
      return reading.all({
        unit: {},
        person: {},
        post: {},
        holding: {},
        account: {},
        claimCode: {},
        binding: {},
        leave: {},
        exemption: {},
        spec: {},
        entry: {},
        entryEvent: {},
        phase: {},
        alert: {},
        meta: {},
        confirmation: { rest: 'WHERE used_at IS NULL ORDER BY rowid' },
        outbox: { rest: `WHERE ${NOT_SENT} AND state IN ('pending', 'sending') ORDER BY rowid` },
        ...ofPeriods('(period.key >= ? OR period.locks_at > ?)', first, unlockedAt),
      });
    });
  }

  period(id: PeriodId): Promise<PeriodRecord | null> {
    return this.#read(async (reading) => {
      const { period, obligation, report, slot, gap } = await reading.all(ofPeriods('period.id = ?', id));
      const [found] = period;
      return found ? { period: found, obligations: obligation, reports: report, slots: slot, gaps: gap } : null;
    });
  }

  async check(inboundIds: readonly string[]): Promise<{ known: Set<string>; rosterRevision: string | null }> {
    const askedAs = new Map(inboundIds.map((id) => [storable(id), id]));
    const known = new Set<string>();
    let rosterRevision: string | null = null;
    // Not on the connection that writes: a commit under way need not be waited for.
    for (const [source, text] of await this.#ask(CHECK, JSON.stringify([...askedAs.keys()]))) {
      if (source === 'revision') rosterRevision = String(text);
      else known.add(askedAs.get(String(text)) ?? String(text));
    }
    return { known, rosterRevision };
  }

  async claimTries(accountId: string, since: number): Promise<number> {
    const account = storable(accountId);
    const [row] = await this.#query<{ tries: number | bigint }>(
      Prisma.sql`SELECT count(*) AS tries FROM claim_try WHERE account_id = ${account} AND at >= ${since}`,
    );
    return Number(row?.tries ?? 0);
  }

  dead(limit: number): Promise<Tables['outbox'][]> {
    const rest = `WHERE ${NOT_SENT} AND state = 'dead' ORDER BY settled_at DESC, rowid DESC LIMIT ?`;
    return this.#read((reading) => reading.rows('outbox', { rest, values: [limit] }));
  }

  outages(since: number): Promise<Tables['outage'][]> {
    const rest = 'WHERE until >= ? ORDER BY since, rowid';
    return this.#read((reading) => reading.rows('outage', { rest, values: [since] }));
  }

  async commit(writes: readonly Write[]): Promise<void> {
    await this.prepare(writes)();
  }

  prepare(writes: readonly Write[]): () => Promise<void> {
    const batches = batchesOf(writes);
    return () => this.#commit(batches);
  }

  async #commit(batches: readonly WriteBatch[]): Promise<void> {
    if (batches.length === 0) return;
    if (this.#closing) throw toStoreError(new Error(CLOSED), 'commit');
    const commit = this.#keep(batches);
    this.#underWay.add(commit);
    try {
      await commit;
    } finally {
      this.#underWay.delete(commit);
    }
  }

  async #keep(batches: readonly WriteBatch[]): Promise<void> {
    try {
      // Through the client each of these texts would be copied, escaped and read again twice over.
      const transaction = await this.#connection.startTransaction();
      try {
        for (const batch of batches) await execute(transaction, batch);
      } catch (error) {
        // Why it failed matters more than why it could not be undone; what is left so nobody commits.
        await transaction.rollback().catch(() => undefined);
        throw error;
      }
      await transaction.commit();
    } catch (error) {
      if (error instanceof DuplicateError) throw error;
      throw toStoreError(error, 'commit');
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await Promise.allSettled(this.#underWay);
      await this.#reader.close();
      // What a clean stop leaves behind is one file that can be copied.
      await this.#query(Prisma.sql`PRAGMA wal_checkpoint(TRUNCATE)`);
    } finally {
      await this.#client.$disconnect();
    }
  }

  async #ask(sql: string, text: string): Promise<unknown[][]> {
    try {
      return await this.#reader.ask(sql, text);
    } catch (error) {
      throw toStoreError(error, 'read');
    }
  }

  async #read<T>(work: (reading: Reading) => Promise<T>): Promise<T> {
    try {
      return await this.#reader.read(work);
    } catch (error) {
      throw toStoreError(error, 'read');
    }
  }

  async #query<Row>(sql: Prisma.Sql): Promise<Row[]> {
    try {
      return await this.#client.$queryRaw<Row[]>(sql);
    } catch (error) {
      throw toStoreError(error, 'read');
    }
  }
}

async function execute(transaction: Transaction, { table, op, sql, rows }: WriteBatch): Promise<void> {
  try {
    await transaction.executeRaw({ sql, args: [rows], argTypes: [{ scalarType: 'string', arity: 'scalar' }] });
  } catch (error) {
    if (op === 'insert' && isUniqueViolation(error)) throw new DuplicateError(table, { cause: error });
    throw toStoreError(error, `commit to ${table}`);
  }
}

/** The first day from `since` on from which no more obligations are owed than so many; the last two days are always in. */
async function firstDay(reading: Reading, since: CivilDate, mostObligations: number): Promise<CivilDate> {
  if (!Number.isFinite(mostObligations)) return since;
  const days = await reading.list(DAYS, [since]);
  let held = 0;
  let first = since;
  for (const [at, day] of days.entries()) {
    const [key, obligations] = day as [CivilDate, number];
    held += obligations;
    if (at >= 2 && held > mostObligations) return first;
    first = key;
  }
  return since;
}

/** The days from one on with what was owed on each, the last one first. */
const DAYS = `SELECT json_group_array(json_array(day.key, day.owed)) FROM (
  SELECT substr(period.key, 1, 10) AS key, count(obligation.id) AS owed FROM period JOIN obligation ON obligation.period_id = period.id
  WHERE period.key >= ? GROUP BY 1 ORDER BY 1 DESC) AS day`;

/** Periods that meet a condition, and all that hangs on them. */
function ofPeriods(
  condition: string,
  ...parameters: (string | number)[]
): { readonly [T in 'period' | 'obligation' | 'report' | 'slot' | 'gap']: Selection } {
  const among = (column: string) => `WHERE ${column} IN (SELECT id FROM period WHERE ${condition})`;
  const values = parameters.map((each) => (typeof each === 'string' ? storable(each) : each));
  const where = (rest: string): Selection => ({ rest, values });
  return {
    period: where(`WHERE ${condition} ORDER BY period.key, period.id`),
    obligation: where(`${among('obligation.period_id')} ORDER BY obligation.rowid`),
    // A report's id begins with its period's and "@"; "A" is the character after it. So the index alone says which rows
    // these are, and they are looked up in the order in which they lie in the file.
    report: where(`WHERE report.rowid IN (
        SELECT said.rowid FROM period CROSS JOIN report AS said
        ON said.id >= period.id || '@' AND said.id < period.id || 'A' WHERE ${condition})
      ORDER BY report.received_at, report.rowid`),
    // A slot names its period only in its id, up to the "#"; "$" is the character after it.
    slot: where(`JOIN period ON slot.id >= period.id || '#' AND slot.id < period.id || '$'
      WHERE ${condition} ORDER BY slot.due_at, slot.rowid`),
    gap: where(`${among('gap.period_id')} ORDER BY gap.rowid`),
  };
}
