/** Civil time as a kill test has it: it creeps, and now and then jumps to the next moment at which something falls due. */
import {
  addDays,
  type CivilDate,
  civilDateOf,
  DAY,
  HOUR,
  type Instant,
  MINUTE,
  SECOND,
  startOfDay,
} from '../../src/core/time.ts';
import type { Dice } from '../soak/dice.ts';

/** What falls due at a step of the ladder. */
export type Step = 'reminder' | 'village table' | 'township table' | 'county table';

/** The moments that are jumped to, after midnight: the ladder, the end of the day, the next morning. */
const STOPS: readonly { at: number; step?: Step }[] = [
  { at: 16 * HOUR + 55 * MINUTE },
  { at: 17 * HOUR, step: 'reminder' },
  { at: 17 * HOUR + 45 * MINUTE, step: 'reminder' },
  { at: 18 * HOUR, step: 'village table' },
  { at: 18 * HOUR + 30 * MINUTE, step: 'township table' },
  { at: 19 * HOUR + 30 * MINUTE, step: 'county table' },
  { at: 20 * HOUR },
  { at: DAY - 10 * SECOND },
  { at: DAY },
  { at: DAY + 8 * HOUR },
];
/** In which reports come in. */
const TALKING = { from: 16 * HOUR + 50 * MINUTE, to: 20 * HOUR };
/** It never creeps nearer to a stop than this. */
const DISTANCE = SECOND;

export class DayClock {
  readonly #dice: Dice;
  #day: CivilDate;
  /** Of the stop that was reached last. */
  #stop = 0;
  #now: Instant;

  /** Begins shortly before the first reminder of a day. */
  constructor(day: CivilDate, dice: Dice) {
    this.#dice = dice;
    this.#day = day;
    this.#now = startOfDay(day) + (STOPS[0]?.at ?? 0);
  }

  get now(): Instant {
    return this.#now;
  }

  /** The day whose ladder it goes along; past midnight still the one before, until the first stop of the next. */
  get day(): CivilDate {
    return this.#day;
  }

  /** How much of the time for reports is over, 0 to 1. */
  get part(): number {
    const at = this.#now - startOfDay(civilDateOf(this.#now));
    return Math.min(Math.max((at - TALKING.from) / (TALKING.to - TALKING.from), 0), 1);
  }

  /** The ladder of the day is done, and the night's rest has not begun. */
  get isEvening(): boolean {
    return STOPS[this.#stop]?.at === TALKING.to;
  }

  /** A few seconds go by, and nothing falls due. */
  creep(): void {
    const { day, stop } = this.#next();
    const limit = startOfDay(day) + (STOPS[stop]?.at ?? 0) - DISTANCE;
    this.#now = Math.max(this.#now, Math.min(this.#now + Math.round(this.#dice.between(0, 3 * SECOND)), limit));
  }

  /** On to the next stop, exactly or a little past it; what falls due there. */
  jump(): Step | null {
    const { day, stop } = this.#next();
    this.#day = day;
    this.#stop = stop;
    const past = this.#dice.chance(0.5) ? 0 : Math.round(this.#dice.between(0, 5 * SECOND));
    this.#now = startOfDay(day) + (STOPS[stop]?.at ?? 0) + past;
    return STOPS[stop]?.step ?? null;
  }

  #next(): { day: CivilDate; stop: number } {
    const stop = this.#stop + 1;
    return stop < STOPS.length ? { day: this.#day, stop } : { day: addDays(this.#day, 1), stop: 0 };
  }
}
