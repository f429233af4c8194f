/** The days around one day on which the same rows hold. */
import type { Tenure } from '../rows/index.ts';
import type { CivilDate } from '../time.ts';

/** Whether a row holds on a day. */
export function holdsOn(row: Tenure, day: CivilDate): boolean {
  return row.since <= day && (row.until === null || day < row.until);
}

/** Learns from the rows it is asked about how long the answers stay the same. */
export class Span {
  readonly #day: CivilDate;
  /** The latest boundary not after the day, the earliest one after it. */
  #from: CivilDate | null = null;
  #until: CivilDate | null = null;

  constructor(day: CivilDate) {
    this.#day = day;
  }

  /** See {@link holdsOn}; the row's boundaries count from now on. */
  holds({ since, until }: Tenure): boolean {
    return this.#isPast(since) && (until === null || !this.#isPast(until));
  }

  /** Whether every row asked about holds on a day just when it holds on the day this was made for. */
  covers(day: CivilDate): boolean {
    return (this.#from === null || this.#from <= day) && (this.#until === null || day < this.#until);
  }

  #isPast(boundary: CivilDate): boolean {
    if (boundary <= this.#day) {
      if (this.#from === null || this.#from < boundary) this.#from = boundary;
      return true;
    }
    if (this.#until === null || boundary < this.#until) this.#until = boundary;
    return false;
  }
}
