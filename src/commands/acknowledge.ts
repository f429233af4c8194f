/** `/收到 3`: somebody who answers for a told level has heard of an alert; the first one is kept by name. */
import { toldUnits } from '../core/alert-rules.ts';
import type { Decision } from '../core/notices.ts';
import { type AlertRow, put } from '../core/rows/index.ts';
import { clockText, DAY } from '../core/time.ts';
import { alertWords } from '../locales/alert.ts';
import { answer, defineCommand, type KnownCall } from './command.ts';

export const acknowledge = defineCommand({
  name: 'acknowledge',
  open: false,
  unbound: true,
  fits: ({ person, county }) => person !== null && county.alerts.open().length > 0,
  decide(call) {
    const known = call as KnownCall;
    const alerts = recent(known);
    const number = Number(call.parsed.args);
    if (call.parsed.args === '') return choose(known, alerts);
    // Numbers begin anew each day: the latest of that number.
    const row = alerts.findLast((each) => each.number === number);
    return row ? take(known, row) : answer(call, alertWords.unknown(number));
  },
});

/** Alerts of the last day, oldest first. */
function recent({ county, now }: KnownCall): AlertRow[] {
  return county.alerts.since(now - DAY);
}

/** The units whose people may acknowledge it. */
function toldOf({ playbook, county }: KnownCall, row: AlertRow): string[] {
  const alert = playbook.alerts[row.rule];
  return alert ? toldUnits(county.view(row.day).chain(row.unitId), alert) : [];
}

function mayTake(call: KnownCall, row: AlertRow): boolean {
  return toldOf(call, row).some((id) => call.view.leads(call.person.id, id));
}

function choose(call: KnownCall, alerts: readonly AlertRow[]): Decision {
  const open = alerts.filter((row) => row.acknowledgedAt === null && mayTake(call, row));
  const [only, ...more] = open;
  if (!only) return answer(call, alertWords.none);
  if (more.length === 0) return take(call, only);
  const name = (row: AlertRow): string => call.playbook.alerts[row.rule]?.name ?? '';
  const area = (row: AlertRow): string => call.view.unit(row.unitId)?.name ?? '';
  return answer(call, alertWords.which(open.map((row) => alertWords.choice(row.number, name(row), area(row)))));
}

function take(call: KnownCall, row: AlertRow): Decision {
  const { view, person, sentAt } = call;
  if (!mayTake(call, row)) {
    const [lowest] = toldOf(call, row);
    return answer(call, alertWords.notYours(view.unit(lowest ?? row.unitId)?.name ?? ''));
  }
  if (row.acknowledgedAt !== null) {
    const first = row.personId === null ? '' : (view.person(row.personId)?.name ?? '');
    return answer(call, alertWords.already(row.number, first, clockText(row.acknowledgedAt)));
  }
  const taken = put('alert', { ...row, personId: person.id, acknowledgedAt: sentAt });
  return answer(call, alertWords.acknowledged(row.number, person.name, clockText(sentAt)), [taken]);
}
