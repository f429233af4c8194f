/** What follows from facts that have just changed, whoever changed them. */
import type { Rules } from '../core/alert-rules.ts';
import type { County } from '../core/county.ts';
import { madeGoodNotices } from '../core/made-good.ts';
import { addressOf, addressText, type Decision, NOTHING, type Notice } from '../core/notices.ts';
import { partsOf } from '../core/obligation-id.ts';
import type { Form } from '../core/playbook/index.ts';
import { alertsRaised } from '../core/raised-alerts.ts';
import { put, type UnitId, type Write } from '../core/rows/index.ts';
import { undeliveredBy } from '../core/slice/undelivered.ts';
import { type CivilDate, civilDateOf, type Instant, MINUTE } from '../core/time.ts';

/** What of the playbook reactions go by. */
export interface ReactionFacts {
  rules: Rules;
  forms: ReadonlyMap<string, Form>;
}

/** Asked after `writes` have been applied to `county`. */
export function react(
  county: County,
  writes: readonly Write[],
  now: Instant,
  { rules, forms }: ReactionFacts,
): Decision {
  const notices: Notice[] = [];
  // Nearly nothing has a follow-up, and every message comes by here.
  for (const write of writes) for (const notice of followUps(county, write, now)) notices.push(notice);
  const unreached = tellUnreached(county, writes, now);
  const alerts = alertsRaised(county, writes, rules, forms, now);
  if (notices.length === 0 && unreached === NOTHING && alerts === NOTHING) return NOTHING;
  return {
    writes: [...unreached.writes, ...alerts.writes],
    notices: [...unique(notices), ...unreached.notices, ...alerts.notices],
  };
}

const NONE: readonly Notice[] = [];

function followUps(county: County, write: Write, now: Instant): readonly Notice[] {
  // Nothing new is known by it.
  if (write.op === 'erase') return NONE;
  switch (write.table) {
    case 'report': {
      const { period, subject } = partsOf(write.row.obligationId);
      const book = county.book(period);
      return book?.hasOpenGaps ? madeGoodNotices(county, book, book.chain(subject), now, write.row.id) : NONE;
    }
    case 'exemption':
      return county.books().flatMap((book) => {
        const chain = book.due(write.row.unitId) ? book.chain(write.row.unitId) : [];
        return madeGoodNotices(county, book, chain, now, write.row.id);
      });
    case 'gap': {
      // The row may have become complete between rendering the table and its acceptance.
      const book = county.book(write.row.periodId);
      const told = write.row.madeGoodAt !== null;
      return book && !told
        ? madeGoodNotices(county, book, [write.row.unitId, write.row.rowUnitId], now, write.row.id)
        : NONE;
    }
    case 'outbox':
      return undeliveredBy(write.row);
    default:
      return NONE;
  }
}

/**
 * The level above a group that could not be reached is told, all in one; again on that day only when another group or
 * another kind of notice joins them.
 */
function tellUnreached(county: County, writes: readonly Write[], now: Instant): Decision {
  if (!writes.some(isGivenUp)) return NOTHING;
  const day = civilDateOf(now);
  const decision: Decision = { writes: [], notices: [] };
  for (const [unitId, failures] of failuresByParent(county, writes, now)) {
    const told = toldOn(county, unitId, day);
    const fresh = [...failures].filter((failure) => !told.includes(failure));
    if (fresh.length === 0) continue;
    const value = [day, ...told, ...fresh].join(' ');
    decision.writes.push(put('meta', { id: `unreached:${unitId}`, value }));
    const key = `unreached#${unitId}#${day}`;
    const to = { unit: unitId };
    // One that still waits names them too: it is put into words when it leaves.
    if (county.tray.isOnItsWay(addressText(to), key)) continue;
    decision.notices.push({
      to,
      body: { kind: 'unreached', unitId, day },
      dedupeKey: told.length === 0 ? key : `${key}#${told.length}`,
      notBefore: now + MINUTE,
    });
  }
  return decision;
}

/** Groups given up in these writes, each with the kind of notice it missed, by the unit above them. */
function failuresByParent(county: County, writes: readonly Write[], now: Instant): Map<UnitId, Set<string>> {
  const found = new Map<UnitId, Set<string>>();
  for (const write of writes) {
    if (!isGivenUp(write) || write.row.kind === 'unreached') continue;
    const address = addressOf(write.row);
    const parent = 'unit' in address ? county.viewAt(now).ancestors(address.unit).at(-1) : undefined;
    if (!('unit' in address) || !parent) continue;
    const failures = found.get(parent.id) ?? new Set();
    found.set(parent.id, failures.add(`${address.unit}:${write.row.kind}`));
  }
  return found;
}

const isGivenUp = (write: Write): write is Extract<Write, { table: 'outbox' }> =>
  write.table === 'outbox' && write.op !== 'erase' && write.row.state === 'dead';

/** What a level was told of on a day: `unit:kind` each. The mark is of one day; another day's says nothing. */
function toldOn(county: County, unitId: UnitId, day: CivilDate): string[] {
  const [markedDay, ...told] = (county.meta(`unreached:${unitId}`) ?? '').split(' ');
  return markedDay === day ? told : [];
}

function unique(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [notice.dedupeKey, notice])).values()];
}
