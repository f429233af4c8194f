/** What a kill test is asked for, and what it came to. */

/**
 * When the bot dies: while it starts; with its first messages; under load; the very moment something it said is heard;
 * with a receipt on its lips, or the count in one; while it brings its log into the database file; while the clock jumps over a step of the
 * ladder; and, having died under load, the clock jumps while it is down, now and then over several steps.
 */
export const MOMENTS = [
  'start',
  'first breath',
  'load',
  'word',
  'receipt',
  'count',
  'checkpoint',
  'jump',
  'down',
] as const;
export type Moment = (typeof MOMENTS)[number];

export interface CrashOptions {
  kills: number;
  grids: number;
  seed: number;
  /** For the database and, of a file that is not as it should be, the copy that was looked at. */
  folder: string;
  /** The moments of the first kills; dice choose the others. */
  plan?: readonly Moment[];
  /** Called after each kill with how many there were. */
  onKill?: (kills: number, result: CrashResult) => void;
}

export interface CrashResult {
  kills: number;
  byMoment: Record<Moment, number>;
  /** Kills that left a log half brought into the file. */
  midCheckpoint: number;
  said: number;
  acknowledged: number;
  /** Deliveries of what may have been, or was, delivered before. */
  redelivered: number;
  /** Of these, deliveries of what was known to be kept. */
  refused: number;
  /** Answers heard more than once. */
  doubled: number;
  /** Reminders and the grids they named: without any, nothing was shown about them. */
  reminders: number;
  reminded: number;
  /** Steps of the ladder that were too late to be taken. */
  skipped: number;
  /** From `open` to ready, ms. */
  starts: number[];
  /** What must not be; empty when all is well. The first kill with faults is the last. */
  faults: string[];
}

export const nothingYet = (): CrashResult => ({
  kills: 0,
  byMoment: Object.fromEntries(MOMENTS.map((moment) => [moment, 0])) as Record<Moment, number>,
  midCheckpoint: 0,
  said: 0,
  acknowledged: 0,
  redelivered: 0,
  refused: 0,
  doubled: 0,
  reminders: 0,
  reminded: 0,
  skipped: 0,
  starts: [],
  faults: [],
});
