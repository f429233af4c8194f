/** What follows from facts that have just changed, whoever changed them. */
import type { County } from '../core/county.ts';
import { madeGoodNotices } from '../core/made-good.ts';
import { addressOf, type Decision, type Notice } from '../core/notices.ts';
import { put, type UnitId, type Write } from '../core/rows.ts';
import { type CivilDate, civilDateOf, type Instant, MINUTE } from '../core/time.ts';

/** Asked after `writes` have been applied to `county`. */
export function react(county: County, writes: readonly Write[], now: Instant): Decision {
  const notices = unique(writes.flatMap((write) => followUps(county, write, now)));
  const told = notices.flatMap(({ body }) =>
    body.kind === 'unreached' ? put('meta', toldOf(body.unitId, body.day)) : [],
  );
  return { writes: told, notices };
}

/** Marks that a level was told today of groups that cannot be reached. */
const toldOf = (unitId: UnitId, day: CivilDate) => ({ id: `unreached:${unitId}`, value: day });

function followUps(county: County, write: Write, now: Instant): Notice[] {
  switch (write.table) {
    case 'report': {
      const [form, key, subject = ''] = write.row.obligationId.split('@');
      const book = county.book(`${form}@${key}`);
      const chain = book?.due(subject)?.obligation.chain ?? [];
      return book ? madeGoodNotices(county, book, chain, now, write.row.id) : [];
    }
    case 'exemption':
      return county.books().flatMap((book) => {
        const chain = book.due(write.row.unitId)?.obligation.chain ?? [];
        return madeGoodNotices(county, book, chain, now, write.row.id);
      });
    case 'gap': {
      // The row may have become complete between rendering the table and its acceptance.
      const book = county.book(write.row.periodId);
      const told = write.row.madeGoodAt !== null;
      return book && !told ? madeGoodNotices(county, book, [write.row.unitId], now, write.row.id) : [];
    }
    case 'outbox':
      return write.row.state === 'dead' ? unreached(county, write, now) : [];
    default:
      return [];
  }
}

/** The level above a group that could not be reached is told, once a day and all in one. */
function unreached(county: County, { row }: Extract<Write, { table: 'outbox' }>, now: Instant): Notice[] {
  const address = addressOf(row);
  if (!('unit' in address) || row.kind === 'unreached') return [];
  const parent = county.viewAt(now).ancestors(address.unit).at(-1);
  if (!parent) return [];
  const day = civilDateOf(now);
  if (county.meta(toldOf(parent.id, day).id) === day) return [];
  return [
    {
      to: { unit: parent.id },
      body: { kind: 'unreached', unitId: parent.id, day },
      dedupeKey: `unreached#${parent.id}#${day}`,
      notBefore: now + MINUTE,
    },
  ];
}

function unique(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [notice.dedupeKey, notice])).values()];
}
