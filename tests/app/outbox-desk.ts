/** An outbox without store and platforms: a test says what waits, what the time is and what becomes of each send. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type ClaimDeps, claimDue, type Parcel } from '../../src/app/claims.ts';
import { accepted, failed } from '../../src/app/outcomes.ts';
import { Pacer } from '../../src/app/pacer.ts';
import { Sorting } from '../../src/app/sorting.ts';
import { type ChatAdapter, type Pace, SendError } from '../../src/bots/adapter.ts';
import { chatKey } from '../../src/core/chat.ts';
import { County } from '../../src/core/county.ts';
import { type Address, type BodyKind, MANNERS, mannerOf, outboxRow } from '../../src/core/notices.ts';
import { type ChatKey, type OutboxRow, put, type Write } from '../../src/core/rows/index.ts';
import { type Instant, MINUTE, SECOND } from '../../src/core/time.ts';
import { AT_ONCE } from '../support/recording-adapter.ts';

/** Ten in the morning: nothing waits for the end of the night. */
const START = Date.parse('2026-11-23T10:00:00+08:00');

export const PACES: readonly Partial<Pace>[] = [
  {},
  { perChatMs: SECOND },
  { perChatMs: SECOND, perAccountMs: 34, perGroupPerMinute: 3 },
  { perChatMs: SECOND, perAccountMs: SECOND, betweenChatsMs: 3 * SECOND, perMinute: 5, perGroupPerMinute: 3 },
];

const UNITS = ['甲村', '乙村', '丙村'];
const PEOPLE = ['张三', '李四'];
const GROUPS = ['1g', '1h', '2g', '2h', '2i'];

export type Outcome = 'accepted' | 'unavailable' | 'refused' | 'unknown' | { busy: number };

export type Op =
  | { do: 'add'; kind: BodyKind; to: Address; text: string; wait: number }
  | { do: 'wait'; ms: number }
  | { do: 'end'; which: number; outcome: Outcome }
  | { do: 'bind'; unit: string; group: string }
  | { do: 'claim'; person: string; account: string }
  | { do: 'reload' };

const address: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ unit: fc.constantFrom(...UNITS) }),
  fc.record({ person: fc.constantFrom(...PEOPLE) }),
  fc.record({ chat: fc.constantFrom(...GROUPS).map((id) => ({ platform: 'p', id, kind: 'group' as const })) }),
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 5, arbitrary: fc.constant('accepted' as const) },
  { weight: 4, arbitrary: fc.constantFrom('unavailable' as const, 'refused' as const, 'unknown' as const) },
  { weight: 1, arbitrary: fc.record({ busy: fc.integer({ min: 1, max: 90_000 }) }) },
);

/** Histories of an outbox; `moves` where units change their groups and people their accounts. */
export function opsOf({ moves }: { moves: boolean }): fc.Arbitrary<Op[]> {
  const what = { do: fc.constant('add' as const), to: address, text: fc.constantFrom('一', '二') };
  const add = fc.oneof(
    // Answers on one platform gather for one while.
    fc.record({ ...what, kind: fc.constantFrom<BodyKind>('answer', 'receipt'), wait: fc.constant(2 * SECOND) }),
    fc.record({
      ...what,
      kind: fc.constantFrom<BodyKind>('table', 'reminder', 'madeGood', 'file'),
      wait: fc.constantFrom(0, 0, 2 * SECOND, MINUTE),
    }),
  );
  const bind = fc.record({
    do: fc.constant('bind' as const),
    unit: fc.constantFrom(...UNITS),
    group: fc.constantFrom(...GROUPS, ''),
  });
  const claim = fc.record({
    do: fc.constant('claim' as const),
    person: fc.constantFrom(...PEOPLE),
    account: fc.constantFrom('p:1x', 'p:2x', 'q:y'),
  });
  return fc.array(
    fc.oneof(
      { weight: 8, arbitrary: add },
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 20_000 }) }),
      },
      { weight: 6, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(9), outcome }) },
      { weight: moves ? 3 : 0, arbitrary: bind },
      { weight: moves ? 2 : 0, arbitrary: claim },
      { weight: 1, arbitrary: fc.constant({ do: 'reload' as const }) },
    ),
    { maxLength: 60, size: 'max' },
  );
}

/** A row whose manner is that of its kind and whose words need no facts. */
export function rowFor(
  desk: OutboxDesk,
  { kind, to, id, text = id, wait = 0 }: { kind: BodyKind; to: Address; id: string; text?: string; wait?: number },
): OutboxRow {
  const row = outboxRow({ to, body: { kind: 'answer', text, of: id }, dedupeKey: id }, desk.tickOfCreation());
  // Of two reminders that say the same the bodies are the same.
  const body = kind === 'reminder' ? ({ kind: 'answer', text } as const) : row.body;
  return { ...row, kind, body, priority: MANNERS[kind].priority, notBefore: desk.now + wait };
}

interface Sent {
  at: Instant;
  key: ChatKey;
  kind: 'group' | 'direct';
  account: string;
  rowIds: string[];
}

/** What one round of pumping came to. */
export interface Round {
  /** Row ids of each parcel, by the account that speaks, in the order in which they left. */
  parcels: Record<string, string[][]>;
  /** Rows settled without being sent. */
  settled: Record<string, string>;
}

export class OutboxDesk {
  now: Instant = START;
  county: County;
  readonly pace: Pace;
  readonly adapters: ReadonlyMap<string, ChatAdapter>;
  readonly pacer: Pacer;
  /** The same pace for whoever checks. */
  readonly shadow: Pacer;
  readonly sent: Sent[] = [];
  readonly carried = new Set<string>();
  readonly underWay = new Map<ChatKey, Parcel>();
  /** How often anybody asked which account speaks in a chat. */
  looks = 0;
  readonly #sorting: Sorting;
  readonly #unknown = new Map<string, number>();
  readonly #bindings = new Map<string, Write>();
  readonly #accounts = new Map<string, Write>();
  #made = 0;

  constructor(pace: Partial<Pace>) {
    this.pace = { ...AT_ONCE, ...pace };
    this.adapters = new Map(['p', 'q'].map((platform) => [platform, this.#adapter(platform)]));
    this.pacer = new Pacer(this.adapters);
    this.shadow = new Pacer(this.adapters);
    const isCarried = (id: string): boolean => this.carried.has(id);
    this.#sorting = new Sorting({ adapters: this.adapters, pacer: this.pacer, isCarried });
    this.county = new County();
    UNITS.forEach((unit, at) => void (at < 2 && this.#bind(unit, GROUPS[at * 2] ?? '')));
    for (const person of PEOPLE) this.#claim(person, `p:1${person}`);
  }

  /** No two rows are made at one moment. */
  tickOfCreation(): Instant {
    this.#made += 1;
    return this.now - 1_000_000 + this.#made;
  }

  put(row: OutboxRow): void {
    const to = JSON.parse(row.address) as Address;
    if ('person' in to && !this.#accounts.has(to.person)) this.#claim(to.person, `p:${to.person}`);
    this.county.apply([put('outbox', row)]);
  }

  do(op: Op): void {
    if (op.do === 'add') this.put(rowFor(this, { ...op, id: `row ${this.#made}` }));
    else if (op.do === 'wait') this.now += op.ms;
    else if (op.do === 'bind') this.#bind(op.unit, op.group);
    else if (op.do === 'claim') this.#claim(op.person, op.account);
    else if (op.do === 'reload') this.#reload();
    else {
      const keys = [...this.underWay.keys()];
      const key = keys[op.which % Math.max(keys.length, 1)];
      if (key !== undefined) this.end(key, op.outcome);
    }
  }

  /** Pumps until nothing more may leave now. */
  async pumpAll(): Promise<Round> {
    const round: Round = { parcels: {}, settled: {} };
    for (let times = 0; this.nextDue() <= this.now; times += 1) {
      if (times > 1_000) throw new Error('pumping does not end');
      const before = new Set([...this.county.tray.pending()].map(({ id }) => id));
      for (const { key, rowIds, account } of await this.#pump()) {
        for (const id of rowIds) expect(before.has(id), `${id} waited`).toBe(true);
        const lane = `${key.split(':')[0]} ${account}`;
        round.parcels[lane] = [...(round.parcels[lane] ?? []), rowIds];
      }
      for (const id of before) if (!this.county.tray.row(id)) round.settled[id] = 'settled';
    }
    return round;
  }

  nextDue(): Instant {
    this.#sorting.sync(this.county, this.now);
    return this.#sorting.nextDue();
  }

  get isBusy(): boolean {
    return this.underWay.size > 0;
  }

  endAll(): void {
    for (const key of [...this.underWay.keys()]) this.end(key, 'accepted');
  }

  /** The platform has said what became of the message that is on its way to a chat. */
  end(key: ChatKey, outcome: Outcome): void {
    const parcel = this.underWay.get(key);
    if (!parcel) throw new Error(`nothing is on its way to ${key}`);
    const rows = parcel.rowIds.flatMap((id) => this.county.tray.row(id) ?? []);
    this.county.apply(this.#outcome(parcel, rows, outcome));
    // Somebody looks between what was decided and what is done with it.
    this.nextDue();
    for (const id of parcel.rowIds) {
      this.carried.delete(id);
      this.county.tray.touch(id);
    }
    this.underWay.delete(key);
    this.#sorting.release(key, this.county, this.now);
  }

  /** Holds what was sent against the pace, without the pacer. */
  checkPace(): void {
    const { perChatMs, perGroupPerMinute, perAccountMs, betweenChatsMs, perMinute } = this.pace;
    this.sent.forEach(({ at, key, kind, account }, i) => {
      const before = this.sent.slice(0, i);
      const mine = before.filter((each) => each.account === account && each.key.startsWith(key.slice(0, 2)));
      const here = before.filter((each) => each.key === key);
      expect(here.filter((each) => at - each.at < perChatMs)).toEqual([]);
      if (kind === 'group') expect(here.filter((each) => at - each.at < MINUTE).length).toBeLessThan(perGroupPerMinute);
      expect(mine.filter((each) => at - each.at < perAccountMs)).toEqual([]);
      expect(mine.filter((each) => at - each.at < MINUTE).length).toBeLessThan(perMinute);
      const last = mine.at(-1);
      if (last && last.key !== key) expect(at - last.at).toBeGreaterThanOrEqual(betweenChatsMs);
    });
  }

  async #pump(): Promise<Sent[]> {
    this.#sorting.sync(this.county, this.now);
    const deps: ClaimDeps = {
      spoken: { forms: new Map(), registers: new Map(), alerts: new Map(), slices: new Map() },
      adapters: this.adapters,
      pacer: this.pacer,
      sorting: this.#sorting,
      isCarried: (id) => this.carried.has(id),
      busy: (key) => this.underWay.has(key),
      loadBook: () => Promise.resolve(),
    };
    const { parcels, writes, held } = await claimDue(this.county, this.now, deps);
    this.county.apply([...writes, ...held]);
    return parcels.map((parcel) => this.#handOver(parcel));
  }

  #handOver(parcel: Parcel): Sent {
    const { chat, key, rowIds } = parcel;
    expect(this.underWay.has(key), `two on their way to ${key}`).toBe(false);
    for (const id of rowIds) {
      const row = this.county.tray.row(id);
      if (row) expect(this.#leadsTo(row), `${id} goes where it leads`).toBe(key);
      expect(this.carried.has(id), `${id} leaves once at a time`).toBe(false);
      this.carried.add(id);
    }
    this.underWay.set(key, parcel);
    this.pacer.sent(chat, this.now);
    const sent = { at: this.now, key, kind: chat.kind, account: this.#accountFor(chat.id), rowIds };
    this.sent.push(sent);
    return sent;
  }

  #leadsTo({ address: text }: OutboxRow): ChatKey | undefined {
    const to = JSON.parse(text) as Address;
    if ('chat' in to) return chatKey(to.chat);
    return 'unit' in to ? this.county.groupOf(to.unit)?.chat : this.county.accountsOf(to.person).at(-1)?.id;
  }

  #outcome({ chat }: Parcel, rows: readonly OutboxRow[], outcome: Outcome): Write[] {
    if (outcome === 'accepted') return accepted(rows, this.now, 'm');
    const kind = typeof outcome === 'string' ? outcome : 'busy';
    const wait = typeof outcome === 'string' ? {} : { retryAfterMs: outcome.busy };
    if (kind === 'unknown') for (const { id } of rows) this.#unknown.set(id, (this.#unknown.get(id) ?? 0) + 1);
    if (wait.retryAfterMs !== undefined) {
      for (const pacer of [this.pacer, this.shadow]) pacer.wait(chat, this.now + wait.retryAfterMs);
    }
    return failed(rows, this.now, new SendError(kind, 'no', wait), 0, (id) => this.#unknown.get(id) ?? 0);
  }

  /** The county as the store has it: of claims that are only held it knows nothing. */
  #reload(): void {
    const outbox = [...this.county.tray.pending()].map((row) =>
      row.state === 'sending' && mannerOf(row).whenUnknown === 'resend' ? { ...row, state: 'pending' as const } : row,
    );
    this.county = new County({ outbox });
    this.county.apply([...this.#bindings.values(), ...this.#accounts.values()]);
  }

  #bind(unitId: string, group: string): void {
    const known = this.county.groupOf(unitId);
    if (known) this.county.apply([put('binding', { ...known, releasedAt: this.now })]);
    this.#bindings.delete(unitId);
    const chat = `p:${group}`;
    if (group === '' || this.county.bindingOf(chat)) return;
    const id = `${unitId} ${group} ${this.now}`;
    const row = { id, chat, unitId, title: '', boundBy: null, boundAt: this.now, releasedAt: null };
    this.#bindings.set(unitId, put('binding', row));
    this.county.apply([put('binding', row)]);
  }

  #claim(personId: string, account: string): void {
    for (const { id } of this.county.accountsOf(personId)) {
      const old = { id, personId, displayName: '', claimedAt: 0, releasedAt: this.now };
      this.county.apply([put('account', old)]);
    }
    const row = { id: account, personId, displayName: '', claimedAt: this.now, releasedAt: null };
    this.#accounts.set(personId, put('account', row));
    this.county.apply([put('account', row)]);
  }

  /** Chats whose id begins with another digit have another account of the bot's. */
  #accountFor(id: string): string {
    return /^\d/.exec(id)?.[0] ?? '';
  }

  #adapter(platform: string): ChatAdapter {
    const { pace } = this;
    return {
      platform,
      pace,
      shape: { textLimit: Number.POSITIVE_INFINITY, captionLimit: 0, filesTogether: true },
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      send: () => Promise.reject(new Error('nothing is sent by this desk')),
      accountFor: ({ id }) => {
        this.looks += 1;
        return this.#accountFor(id);
      },
    };
  }
}
