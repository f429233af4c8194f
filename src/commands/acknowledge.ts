/** `/收到 3`: somebody who answers for a unit that was told of an alert says that they know; the first one is kept. */
import type { Decision } from '../core/notices.ts';
import { toldOf } from '../core/raised-alerts.ts';
import { type AlertRow, put, type UnitId } from '../core/rows/index.ts';
import { clockText, DAY } from '../core/time.ts';
import { alertText } from '../locales/alerts.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, defineCommand, type KnownCall } from './command.ts';

/** Numbers begin anew each day: one is looked for among alerts told no longer ago. */
const RECENT = 3 * DAY;

export const acknowledge = defineCommand({
  name: 'acknowledge',
  open: false,
  unbound: true,
  fits: (call) => call.person !== null && recent(call).some((row) => isOpen(row) && mayTake(call as KnownCall, row)),
  decide(call) {
    const known = call as KnownCall;
    return call.parsed.args === '' ? unnumbered(known) : numbered(known, Number(call.parsed.args));
  },
});

/** Of several days' alerts of one number: one the sender may acknowledge, an open one, the latest, in this order. */
function numbered(call: KnownCall, number: number): Decision {
  const rows = recent(call).filter((row) => row.number === number);
  const own = rows.filter((row) => mayTake(call, row));
  const row = own.find(isOpen) ?? own[0] ?? rows.find((each) => isInLine(call, each)) ?? rows[0];
  if (row) return take(call, row);
  const open = recent(call).filter((each) => isOpen(each) && mayTake(call, each));
  return answer(call, alertText.unknown(number, numbersOf(open)));
}

/** Without a number the one open alert of this line is meant; where none is open, the one told last. */
function unnumbered(call: KnownCall): Decision {
  const rows = recent(call).filter((row) => isInLine(call, row));
  const open = rows.filter(isOpen);
  const own = open.filter((row) => mayTake(call, row));
  const meant = own.length > 0 ? own : open;
  if (meant.length > 1) return answer(call, alertText.which(numbersOf(meant)));
  const row = meant[0] ?? rows[0];
  return row ? take(call, row) : answer(call, alertText.none);
}

function take(call: KnownCall, row: AlertRow): Decision {
  const { view, person, sentAt } = call;
  const { number } = row;
  if (!mayTake(call, row)) {
    const names = toldUnits(call, row).map((id) => view.label(id) || (view.unit(id)?.name ?? ''));
    return answer(call, zh.notEntitled(alertText.whoMay(names), lines.acknowledge(number)));
  }
  if (row.acknowledgedAt !== null) {
    const first = view.person(row.personId ?? '')?.name ?? '';
    return answer(call, alertText.acknowledgedBefore(number, first, clockText(row.acknowledgedAt)));
  }
  const taken = put('alert', { ...row, personId: person.id, acknowledgedAt: sentAt });
  return answer(call, alertText.acknowledged(number, person.name, clockText(sentAt)), [taken]);
}

const recent = ({ county, now }: Call): AlertRow[] => county.alerts.toldSince(now - RECENT);
const isOpen = (row: AlertRow): boolean => row.acknowledgedAt === null;
/** Smallest first, each once. */
const numbersOf = (rows: readonly AlertRow[]): number[] =>
  [...new Set(rows.map((row) => row.number))].sort((a, b) => a - b);

/** The units whose groups were told; where the rule is gone from the playbook, all of the area's line. */
function toldUnits({ view, playbook }: Call, { rule, unitId }: AlertRow): UnitId[] {
  const alert = playbook.alerts[rule];
  return alert ? toldOf(view, alert, unitId) : view.chain(unitId);
}

/** Whether somebody leads a unit that was told, stands in there, or is who acts for it and was mentioned. */
function mayTake(call: KnownCall, row: AlertRow): boolean {
  const { view, person, county } = call;
  const isReached = (id: string): boolean => county.accountsOf(id).length > 0;
  return toldUnits(call, row).some(
    (id) => view.leads(person.id, id) || view.whoActs(id, isReached).personIds.includes(person.id),
  );
}

/** Whether the area lies below the group's unit or around it; in a direct chat, whether the sender may acknowledge it. */
function isInLine(call: KnownCall, row: AlertRow): boolean {
  const { view, unit } = call;
  if (!unit) return mayTake(call, row);
  return view.isWithin(row.unitId, unit.id) || view.isWithin(unit.id, row.unitId);
}
