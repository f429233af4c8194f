/** A store of two tables in memory that does at each step what a test says: waits, fails, or keeps. */
import type { Write } from '../../src/core/rows/index.ts';
import {
  DuplicateError,
  type Past,
  type Snapshot,
  type Store,
  StoreError,
  type StoreErrorCode,
} from '../../src/store/store.ts';

export class Ledger implements Store {
  /** What was kept, in the order in which it was. */
  readonly meta = new Map<string, string>();
  readonly inbound = new Set<string>();
  /** The ids of each commit that was tried. */
  readonly commits: string[][] = [];
  /** Runs before each commit; what it throws the commit fails with. */
  beforeCommit: (ids: string[]) => Promise<void> | void = () => undefined;
  beforeLoad: () => void = () => undefined;
  beforeCheck: () => void = () => undefined;
  #committing = false;

  async load(): Promise<Snapshot> {
    await Promise.resolve();
    this.beforeLoad();
    return { ...EMPTY, meta: [...this.meta].map(([id, value]) => ({ id, value })) };
  }

  async check(ids: readonly string[]): Promise<{ known: Set<string>; rosterRevision: string | null }> {
    await Promise.resolve();
    this.beforeCheck();
    const known = new Set(ids.filter((id) => this.inbound.has(id)));
    return { known, rosterRevision: this.meta.get('rosterRevision') ?? null };
  }

  prepare(writes: readonly Write[]): () => Promise<void> {
    return () => this.commit(writes);
  }

  async commit(writes: readonly Write[]): Promise<void> {
    if (this.#committing) throw new Error('two commits at once');
    this.#committing = true;
    try {
      const ids = writes.map(({ row }) => row.id);
      this.commits.push(ids);
      await this.beforeCommit(ids);
      await new Promise((resolve) => setImmediate(resolve));
      const claimed = writes.flatMap(({ table, row }) => (table === 'inbound' ? row.id : []));
      if (claimed.some((id) => this.inbound.has(id)) || new Set(claimed).size < claimed.length) {
        throw new DuplicateError('inbound');
      }
      for (const id of claimed) this.inbound.add(id);
      for (const { table, row } of writes) if (table === 'meta') this.meta.set(row.id, row.value);
    } finally {
      this.#committing = false;
    }
  }

  past = NO_PAST;
  period = () => Promise.resolve(null);
  claimTries = () => Promise.resolve(0);
  dead = () => Promise.resolve([]);
  outages = () => Promise.resolve([]);
  close = () => Promise.resolve();
}

const NO_PAST: Past = {
  nextLocked: () => Promise.resolve(null),
  periods: () => Promise.resolve([]),
  reportsIn: () => Promise.resolve([]),
  reportsAbout: () => Promise.resolve([]),
  heard: () => Promise.resolve([]),
  settled: () => Promise.resolve([]),
  erasures: () => Promise.resolve([]),
};

const EMPTY: Snapshot = {
  spec: [],
  entry: [],
  entryEvent: [],
  phase: [],
  alert: [],
  unit: [],
  person: [],
  post: [],
  holding: [],
  account: [],
  claimCode: [],
  binding: [],
  leave: [],
  period: [],
  obligation: [],
  report: [],
  exemption: [],
  slot: [],
  gap: [],
  confirmation: [],
  outbox: [],
  meta: [],
};

export const failure = (code: StoreErrorCode): StoreError => new StoreError(code, `as the test says: ${code}`);

/** Holds whoever passes until it is opened; `reached` resolves when somebody stands before it. */
export function gate() {
  let open = (): void => undefined;
  let arrive = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const pass = (): Promise<void> => {
    arrive();
    return opened;
  };
  return { open, reached, pass };
}
