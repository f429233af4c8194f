/** What the app tells of its running, counted: the figures that only ever grow, and how commits and sends go just now. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Observer } from '../app/observer.ts';
import type { InboundEvent, SendErrorKind } from '../bots/adapter.ts';
import type { Clock } from '../clock.ts';
import { PARSE_ERROR_CODES, type ParseErrorCode } from '../core/grammar/types.ts';
import type { Instant } from '../core/time.ts';
import { Counts } from './counts.ts';
import { UnderWay } from './under-way.ts';

type EventType = InboundEvent['type'];
type SendOutcome = 'accepted' | SendErrorKind;

const EVENT_TYPES = Object.keys({
  message: 0,
  invitation: 0,
  joined: 0,
  left: 0,
  renamed: 0,
  groups: 0,
  outage: 0,
} satisfies Record<EventType, 0>) as EventType[];

const SEND_OUTCOMES = Object.keys({
  accepted: 0,
  busy: 0,
  unavailable: 0,
  unknown: 0,
  refused: 0,
} satisfies Record<SendOutcome, 0>) as SendOutcome[];

/** The cell decides two thousand works into one commit at most. */
const WORKS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000];
const ROWS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface CountersDeps {
  /** Where the figures are entered; one of its own for each bot. */
  registry: Registry;
  /** The ids of the platforms joined; what names another counts as `other`. */
  platforms: readonly string[];
  clock: Clock;
  /** Milliseconds from any fixed moment, never going back: commits take real time, whatever the clock shows. */
  elapsed: () => number;
}

/** How sends to one platform have gone since the last one it answered. */
export interface SendTrouble {
  platform: string;
  /** The first send that it did not take; UTC ms. */
  since: Instant;
  /** The latest; UTC ms. */
  last: Instant;
}

export class Counters implements Observer {
  readonly #clock: Clock;
  readonly #elapsed: () => number;
  readonly #heard: Counts<string, EventType>;
  readonly #said: Counts<string, SendOutcome>;
  readonly #misread: ReadonlyMap<string, { value: number }>;
  readonly #commits = { kept: 0, failed: 0 };
  readonly #works: Histogram;
  readonly #rows: Histogram;
  readonly #seconds: Histogram;
  readonly #underWay: UnderWay;
  readonly #reading: UnderWay;
  #refusedWorks = 0;
  #failingSince: number | null = null;
  #acceptedAt: Instant | null = null;
  readonly #troubles = new Map<string, SendTrouble>();

  constructor({ registry, platforms, clock, elapsed }: CountersDeps) {
    this.#clock = clock;
    this.#elapsed = elapsed;
    this.#underWay = new UnderWay(elapsed);
    this.#reading = new UnderWay(elapsed);
    this.#heard = new Counts(platforms, EVENT_TYPES);
    this.#said = new Counts(platforms, SEND_OUTCOMES);
    this.#misread = new Map(PARSE_ERROR_CODES.map((code) => [code, { value: 0 }]));
    const histogram = (name: string, help: string, buckets: number[]): Histogram =>
      new Histogram({ name, help, buckets, registers: [registry] });
    this.#works = histogram('gridbot_commit_works', 'Works decided into one commit.', WORKS);
    this.#rows = histogram('gridbot_commit_rows', 'Rows written by one commit.', ROWS);
    this.#seconds = histogram('gridbot_commit_duration_seconds', 'How long commits took, kept or not.', SECONDS);
    this.#enter(registry);
  }

  // What the app tells is bound to this: it hands each of them on by itself.

  readonly heard = (platform: string, type: EventType): void => {
    this.#heard.add(platform, type);
  };

  readonly misread = (code: ParseErrorCode): void => {
    const cell = this.#misread.get(code);
    if (cell) cell.value += 1;
  };

  readonly committing = (works: number, rows: number): ((kept: boolean) => void) => {
    this.#works.observe(works);
    this.#rows.observe(rows);
    const end = this.#underWay.begin();
    return (kept) => {
      const took = end();
      if (took === null) return;
      this.#seconds.observe(took / 1_000);
      this.#commits[kept ? 'kept' : 'failed'] += 1;
      this.#failingSince = kept ? null : (this.#failingSince ?? this.#elapsed());
    };
  };

  /** Where the store cannot even be read no commit is tried: that it fails shows in what is refused. */
  readonly refused = (): void => {
    this.#refusedWorks += 1;
    this.#failingSince ??= this.#elapsed();
  };

  readonly reading = (): (() => void) => {
    const end = this.#reading.begin();
    return () => void end();
  };

  readonly said = (platform: string, outcome: SendOutcome): void => {
    this.#said.add(platform, outcome);
    const now = this.#clock.now();
    if (outcome === 'accepted') this.#acceptedAt = now;
    // A refusal is about one chat: the platform itself answers.
    if (outcome === 'accepted' || outcome === 'refused') this.#troubles.delete(platform);
    else this.#troubles.set(platform, { platform, since: this.#troubles.get(platform)?.since ?? now, last: now });
  };

  /** How long the oldest commit under way has taken so far, milliseconds; 0 where none is. */
  get commitUnderWayMs(): number {
    return this.#underWay.ms;
  }

  /** How long the oldest of what is being read from the store has taken so far, milliseconds; null where nothing is. */
  get readingMs(): number | null {
    return this.#reading.isIdle ? null : this.#reading.ms;
  }

  /**
   * How long ago something could not be kept for the first time since a commit was kept, milliseconds; 0 for never. The
   * app tries by the minute whether it still is so, see `App.refresh`: nobody else need disprove it.
   */
  get commitsFailingMs(): number {
    return this.#failingSince === null ? 0 : this.#elapsed() - this.#failingSince;
  }

  /** When any platform last accepted a message; UTC ms. Null where none has. */
  get acceptedAt(): Instant | null {
    return this.#acceptedAt;
  }

  /** The platforms whose last send they did not take. */
  get troubles(): SendTrouble[] {
    return [...this.#troubles.values()];
  }

  /** Counts are handed over when they are asked for. */
  #enter(registry: Registry): void {
    const registers = [registry];
    const [heard, said, misread, commits] = [this.#heard, this.#said, this.#misread, this.#commits];
    new Counter({
      name: 'gridbot_messages_in_total',
      help: 'Events that platforms delivered, by platform and type.',
      labelNames: ['platform', 'type'],
      registers,
      collect() {
        this.reset();
        for (const { first, second, value } of heard.all()) this.inc({ platform: first, type: second }, value);
      },
    });
    new Counter({
      name: 'gridbot_messages_out_total',
      help: 'Messages handed to platforms, by platform and by what became of them.',
      labelNames: ['platform', 'outcome'],
      registers,
      collect() {
        this.reset();
        for (const { first, second, value } of said.all()) this.inc({ platform: first, outcome: second }, value);
      },
    });
    new Counter({
      name: 'gridbot_parse_errors_total',
      help: 'Lines that could not be read as a command, by the code of the error.',
      labelNames: ['code'],
      registers,
      collect() {
        this.reset();
        for (const [code, { value }] of misread) this.inc({ code }, value);
      },
    });
    new Counter({
      name: 'gridbot_commits_total',
      help: 'Commits that have ended, by whether they were kept.',
      labelNames: ['outcome'],
      registers,
      collect() {
        this.reset();
        for (const [outcome, value] of Object.entries(commits)) this.inc({ outcome }, value);
      },
    });
    const refused = (): number => this.#refusedWorks;
    new Counter({
      name: 'gridbot_works_refused_total',
      help: 'Works handed back because the store could not keep them, or could not be read.',
      registers,
      collect() {
        this.reset();
        this.inc(refused());
      },
    });
    const underWay = (): number => this.commitUnderWayMs / 1_000;
    new Gauge({
      name: 'gridbot_commit_under_way_seconds',
      help: 'How long the commit under way has taken so far; 0 while none is.',
      registers,
      collect() {
        this.set(underWay());
      },
    });
    const failing = (): number => this.commitsFailingMs / 1_000;
    new Gauge({
      name: 'gridbot_commits_failing_seconds',
      help: 'How long ago something could not be kept for the first time since a commit was kept; 0 for never.',
      registers,
      collect() {
        this.set(failing());
      },
    });
    const reading = (): number => (this.readingMs ?? 0) / 1_000;
    new Gauge({
      name: 'gridbot_store_reading_seconds',
      help: 'How long the county, or an old period, has been read from the store so far; 0 while nothing is.',
      registers,
      collect() {
        this.set(reading());
      },
    });
  }
}
