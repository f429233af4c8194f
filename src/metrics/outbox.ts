/** The outbox in figures. One pass over its rows and no reading of what they hold: there may be a hundred thousand. */
import { type BodyKind, MANNERS } from '../core/notices.ts';
import { afterQuiet } from '../core/quiet.ts';
import type { OutboxRow } from '../core/rows/index.ts';
import { civilDateOf, DAY, type Instant, startOfDay } from '../core/time.ts';
import { OTHER } from './counts.ts';

/** Every kind of notice, and what stands for one that an older version left. */
export const NOTICE_KINDS: readonly (BodyKind | typeof OTHER)[] = [...(Object.keys(MANNERS) as BodyKind[]), OTHER];

/** How many notices of one kind wait, and how many a platform is being asked to take. */
export interface KindFigures {
  pending: number;
  sending: number;
}

export interface OutboxFigures {
  /** Every kind is there. */
  readonly kinds: ReadonlyMap<string, Readonly<KindFigures>>;
  /** How many might have left by now, those being sent or tried again included. */
  readonly due: number;
  /** Since when the one has been due that has been so for longest; UTC ms. Null where none is. */
  readonly dueSince: Instant | null;
}

/** @param rows those not settled, in any order */
export function outboxFigures(rows: Iterable<OutboxRow>, now: Instant): OutboxFigures {
  const other = { pending: 0, sending: 0, forMorning: false };
  const kinds = new Map(
    NOTICE_KINDS.map((kind) => [
      kind as string,
      kind === OTHER ? other : { pending: 0, sending: 0, forMorning: MANNERS[kind].waitsForMorning },
    ]),
  );
  const isQuiet = afterQuiet(now) > now;
  const quietEnds = afterQuiet(startOfDay(civilDateOf(now)));
  const morning = quietEnds <= now ? quietEnds : 0;
  let due = 0;
  let dueSince = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const kind = kinds.get(row.kind) ?? other;
    if (row.state === 'sending') kind.sending += 1;
    else kind.pending += 1;
    if (!isDue(row, now, kind.forMorning && isQuiet)) continue;
    due += 1;
    dueSince = Math.min(dueSince, sinceOf(row, kind.forMorning ? morning : 0));
  }
  return { kinds, due, dueSince: Number.isFinite(dueSince) ? dueSince : null };
}

/** What failed before is due all the time until its next try, unless it is held for the morning. */
function isDue(row: OutboxRow, now: Instant, held: boolean): boolean {
  return row.state === 'sending' || row.notBefore <= now || (row.attempts > 0 && !held);
}

/** Each try moves `notBefore` on: what was tried before has been due since it was made, the night aside. */
function sinceOf(row: OutboxRow, morning: Instant): Instant {
  return row.attempts === 0 ? row.notBefore : Math.max(row.createdAt, morning);
}

/** How many notices were given up in the day before `now`, by kind; every kind is there. */
export function givenUpLastDay(rows: readonly OutboxRow[], now: Instant): ReadonlyMap<string, number> {
  const counts = new Map(NOTICE_KINDS.map((kind) => [kind as string, 0]));
  for (const { kind, settledAt } of rows) {
    if (settledAt === null || settledAt <= now - DAY) continue;
    const known = counts.has(kind) ? kind : OTHER;
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return counts;
}
