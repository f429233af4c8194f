/** Alerts that fall due because reports have come in, who is told of them, and in which notices. */
import { type Passed, passedAround, type Rules } from './alert-rules.ts';
import { type AlertWords, alertWords } from './alert-words.ts';
import type { County } from './county.ts';
import { addressText, type Decision, NOTHING, type Notice } from './notices.ts';
import type { Alert, Form } from './playbook/index.ts';
import type { RosterView } from './roster/view.ts';
import { type AlertRow, put, type UnitId, type Write } from './rows/index.ts';
import type { Instant } from './time.ts';

/**
 * Asked after `writes` have been applied: what the reports among them bring over a threshold. An alert is raised once
 * per rule, area and day, and told again only when the figure is greater than the one told last.
 */
export function alertsRaised(
  county: County,
  writes: readonly Write[],
  rules: Rules,
  forms: ReadonlyMap<string, Form>,
  now: Instant,
): Decision {
  if (rules.size === 0) return NOTHING;
  const said = writes.flatMap((write) =>
    write.table === 'report' && write.op !== 'erase' && write.row.kind !== 'unparsed' ? write.row.obligationId : [],
  );
  if (said.length === 0) return NOTHING;
  const view = county.viewAt(now);
  const rows: AlertRow[] = [];
  const notices: Notice[] = [];
  for (const passed of passedAround(county, rules, said, view)) {
    const { rule, unitId, value } = passed;
    const form = forms.get(rule.alert.form);
    const known = county.alerts.get(idOf(passed));
    if (!form || (known && value <= known.value)) continue;
    const row = known ? { ...known, value, toldAt: now } : raised(county, passed, rows, now);
    rows.push(row);
    const words = alertWords(rule.alert, form);
    const more = { before: known?.value ?? null };
    notices.push(...alertNotices(county, row, words, toldOf(view, rule.alert, unitId), more));
  }
  return rows.length === 0 ? NOTHING : { writes: rows.map((row) => put('alert', row)), notices };
}

const idOf = ({ rule, unitId, day }: Passed): string => `${rule.id}@${unitId}@${day}`;

/** @param others raised in the same breath, and not in the county yet */
function raised(county: County, passed: Passed, others: readonly AlertRow[], now: Instant): AlertRow {
  const { rule, unitId, day, value } = passed;
  const number = Math.max(county.alerts.nextNumber(day, now), ...others.map((other) => other.number + 1));
  return {
    id: idOf(passed),
    rule: rule.id,
    unitId,
    day,
    number,
    value,
    raisedAt: now,
    toldAt: now,
    personId: null,
    acknowledgedAt: null,
  };
}

/** The units that are told, from the top: those of the rule's levels that the area lies in, or is. */
export function toldOf(view: RosterView, alert: Pick<Alert, 'tell'>, unitId: UnitId): UnitId[] {
  return view.chain(unitId).filter((id) => {
    const level = view.unit(id)?.level;
    return level !== undefined && alert.tell.includes(level);
  });
}

/** One notice to the group of each unit, where none of this alert still waits: that one will say the latest figure. */
export function alertNotices(
  county: County,
  row: AlertRow,
  words: AlertWords,
  unitIds: readonly UnitId[],
  { before, again = false }: { before: number | null; again?: boolean },
): Notice[] {
  return unitIds.flatMap((unitId): Notice[] => {
    const to = { unit: unitId };
    const prefix = `alert#${row.id}#`;
    if (county.tray.isOnItsWay(addressText(to), prefix)) return [];
    const body = { kind: 'alert', alertId: row.id, unitId, words, before, ...(again ? { again } : {}) } as const;
    return [{ to, body, dedupeKey: `${prefix}${again ? 'again' : row.value}#${unitId}` }];
  });
}
