/** What is measured, and what each figure should be. */
import type { Spread } from './percentiles.ts';

/** Messages offered at fixed moments; times run from the moment a message was due to arrive. */
export interface LatencyFigures {
  /** Messages a second. */
  offered: number;
  messages: number;
  /** Not answered when the run was given up; each counts with the time it had waited by then. */
  unanswered: number;
  /** Milliseconds from arrival until the answer was handed to the platform. */
  acknowledged: Spread;
}

export interface ThroughputFigures {
  messages: number;
  /** Reports a second of which the answer was handed to the platform. */
  acknowledgedPerSecond: number;
  /** Wall-clock and processor time per message, microseconds. */
  wallPerMessage: number;
  cpuPerMessage: number;
}

/** One step of the ladder: who is missing, all messages in words, all handed over. */
export interface StepFigures {
  /** Civil time, `18:00`. */
  at: string;
  /** Milliseconds until the last message of the step itself was handed over, files that follow a text not counted. */
  ms: number;
  /** Milliseconds until the files were handed over, too, and everything was settled in the database. */
  settledMs: number;
  /** Messages handed over, without and with those files. */
  texts: number;
  messages: number;
}

/** Making one table and putting it into words, milliseconds. */
export interface TableFigures {
  tables: number;
  median: number;
  worst: number;
}

export interface MemoryFigures {
  /** Resident memory after the load, and its peak; bytes. */
  rss: number;
  peakRss: number;
  /** Heap in use after a collection, with one day of reports in memory; bytes. */
  heapUsed: number;
  /** The part of that heap which was not there before the database was opened, per grid; bytes. */
  perGrid: number;
}

export interface StartFigures {
  /** Milliseconds from opening an existing file with a full day of reports until the first message was durable. */
  ms: number;
  /** The same until it was acknowledged. */
  acknowledgedMs: number;
}

export interface SizeFigures {
  grids: number;
  throughput: ThroughputFigures;
  latency: LatencyFigures | null;
  memory: MemoryFigures;
  /** The steps of one day's ladder, and how many grids had not reported by then. */
  ladder: { missing: number; steps: StepFigures[] } | null;
  tables: { village: TableFigures; township: TableFigures; county: TableFigures } | null;
  start: StartFigures | null;
  /** Growth of the file per report said through the app, all that the app writes meanwhile included; bytes. */
  bytesPerReport: number;
}

export interface BaselineFigures {
  grids: number;
  messages: number;
  /** Reports a second, one message after the other and sixteen at a time. */
  onePerSecond: number;
  manyPerSecond: number;
  /** The better of the two. */
  perSecond: number;
}

export interface LimitFigures {
  rows: number;
  reports: number;
  /** Reports a second when rows are bound one by one to prepared statements, and when handed over as JSON. */
  preparedPerSecond: number;
  jsonPerSecond: number;
  /** The better of the two. */
  perSecond: number;
}

export interface Machine {
  cores: number;
  cpu: string;
  /** Bytes. */
  memory: number;
  node: string;
  platform: string;
  /** UTC, ISO 8601. */
  date: string;
}

export interface Figures {
  machine: Machine;
  baseline: BaselineFigures | null;
  limit: LimitFigures | null;
  sizes: SizeFigures[];
  /** Seconds the whole run took. */
  seconds: number;
}

/** The size whose figures have targets. */
export const TARGET_GRIDS = 100_000;
/** The sizes between which the cost of a message may grow so much. */
export const GROWTH_BETWEEN = [1_000, 1_000_000] as const;

export const TARGETS = {
  acknowledgedPerSecond: 15_000,
  timesBaseline: 30,
  p99: 100,
  sweep: 1_500,
  villageTable: 5,
  countyTable: 50,
  rss: 700_000_000,
  growth: 1.3,
  start: 3_000,
} as const;
