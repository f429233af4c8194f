/** What the app tells of its own running, for figures: counts and times, nothing of what was said or by whom. */
import type { InboundEvent, SendErrorKind } from '../bots/adapter.ts';
import type { ParseErrorCode } from '../core/grammar/types.ts';

export interface Observer {
  /** An event came in from a platform. */
  heard(platform: string, type: InboundEvent['type']): void;
  /** A line could not be read as a command; told once, when what it led to is kept. */
  misread(code: ParseErrorCode): void;
  /**
   * A commit begins: of so many works, writing so many rows. What it returns is called once when it has ended, whether
   * or not it was kept; whoever observes takes the time between.
   */
  committing(works: number, rows: number): (kept: boolean) => void;
  /** A work was handed back because the store could not keep it, or could not even be asked. */
  refused(): void;
  /** Much begins to be read from the store: the county anew, or an old period. What it returns is called at the end. */
  reading(): () => void;
  /** A platform answered a send, or did not. */
  said(platform: string, outcome: 'accepted' | SendErrorKind): void;
}

/** Observes nothing. */
export const UNOBSERVED: Observer = {
  heard: () => undefined,
  misread: () => undefined,
  committing: () => () => undefined,
  refused: () => undefined,
  reading: () => () => undefined,
  said: () => undefined,
};
