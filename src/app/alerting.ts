/** Raises alerts: once for a rule, an area and a day, and again only when there is more. */
import { alertId, nextNumber, type Passed, passedBy, toldUnits } from '../core/alert-rules.ts';
import { alertNotice } from '../core/alert-words.ts';
import type { County } from '../core/county.ts';
import { type Decision, NOTHING, type Notice } from '../core/notices.ts';
import { partsOf } from '../core/obligation-id.ts';
import type { Playbook } from '../core/playbook/index.ts';
import { type AlertRow, put, type Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import { react } from './reactions.ts';
import type { CellHooks } from './work.ts';

/** Asked after `writes` have been applied to `county`. */
export function alertsOf(county: County, playbook: Playbook, writes: readonly Write[], now: Instant): Decision {
  const passed = new Map<string, Passed>();
  for (const write of writes) {
    if (write.table !== 'report' || write.row.kind === 'unparsed' || write.row.kind === 'withdrawal') continue;
    const { period, subject } = partsOf(write.row.obligationId);
    const book = county.book(period);
    if (!book) continue;
    for (const each of passedBy(county, playbook, book, subject))
      passed.set(alertId(each.id, each.unitId, each.day), each);
  }
  if (passed.size === 0) return NOTHING;
  const rows: AlertRow[] = [];
  const notices: Notice[] = [];
  for (const [id, each] of passed) {
    const known = county.alerts.get(id);
    if (known && known.value >= each.value) continue;
    const { unitId, day, value } = each;
    const row: AlertRow = known
      ? { ...known, value, toldAt: now }
      : {
          id,
          rule: each.id,
          unitId,
          day,
          number: nextNumber([...county.alerts.on(day), ...rows]),
          value,
          raisedAt: now,
          toldAt: now,
          personId: null,
          acknowledgedAt: null,
        };
    rows.push(row);
    const chain = county.view(day).chain(unitId);
    for (const to of toldUnits(chain, each.alert)) {
      notices.push(alertNotice(row, each.alert, playbook, to, { before: known?.value ?? null }));
    }
  }
  return { writes: rows.map((row) => put('alert', row)), notices };
}

/** All that follows from facts that have just changed, under a playbook. */
export function reactionsUnder(playbook: Playbook): CellHooks['react'] {
  return (county, writes, now) => {
    const reaction = react(county, writes, now);
    const alerts = alertsOf(county, playbook, writes, now);
    if (alerts === NOTHING) return reaction;
    return { writes: [...reaction.writes, ...alerts.writes], notices: [...reaction.notices, ...alerts.notices] };
  };
}
