/** `/排查 开始 外来人员`, `/排查 结束`: a round over all entries of an area begins, and ends. */

import type { Decision, Notice } from '../../core/notices.ts';
import { byNumber } from '../../core/register/entries.ts';
import { isAlive } from '../../core/register/entry.ts';
import type { Unit } from '../../core/roster/view.ts';
import { entrySubject, meets } from '../../core/rounds/expected.ts';
import { openingOf, periodRow } from '../../core/rounds/opening.ts';
import type { Round } from '../../core/rounds/rounds.ts';
import type { EntryRow } from '../../core/rows/index.ts';
import { civilDateOf, clockText, startOfDay } from '../../core/time.ts';
import { sweepWords } from '../../locales/sweep.ts';
import { dayText } from '../../locales/zh-CN.ts';
import { answer, defineCommand, formOf, isRefused, type KnownCall } from '../command.ts';
import { findUnit, homeOf } from '../whom.ts';
import { openSweeps } from './period.ts';
import { registerOf } from './resolve.ts';
import { endSweep } from './sweep-end.ts';

export const sweep = defineCommand({
  name: 'sweep',
  open: false,
  unbound: false,
  fits: () => false,
  decide(call) {
    const known = call as KnownCall;
    const area = areaOf(known);
    if ('writes' in area) return area;
    const answersFor = call.view.chain(area.id).some((id) => call.view.leads(known.person.id, id));
    if (!answersFor) return answer(call, sweepWords.mayNot(area.name, formOf(call).form.name));
    return call.parsed.args === 'begin' ? begin(known, area) : endSweep(known, area);
  },
});

/** The unit named, else the group's, else the one its sender is at home in. */
function areaOf(call: KnownCall): Unit | Decision {
  const { place } = call.parsed;
  if (place !== null) {
    const unit = findUnit(call, place);
    return isRefused(unit) ? unit.refused : unit.found;
  }
  return call.unit ?? homeOf(call) ?? answer(call, sweepWords.whichArea);
}

function begin(call: KnownCall, area: Unit): Decision {
  const { county, view, parsed, playbook } = call;
  const { id, form } = formOf(call);
  const named = registerOf(call);
  const topic = parsed.note ?? form.name;
  const entries = county.entries
    .of(named.id)
    .filter((entry) => isAlive(entry, view.day) && view.isWithin(entry.unitId, area.id) && isWanted(entry, call));
  if (entries.length === 0) return answer(call, sweepWords.nobody(area.name, named.register.name));
  const running = openSweeps(call).find(
    ({ period }) => period.label === topic && period.unitId !== null && view.isWithin(area.id, period.unitId),
  );
  if (running) return answer(call, sweepWords.running(topic, form.name));
  const count = county.books().filter(({ period }) => period.form === id && period.key.startsWith(view.day)).length;
  const start = startOfDay(view.day);
  const round: Round = {
    key: `${view.day}.s${count + 1}`,
    label: topic,
    opensAt: call.sentAt,
    dueAt: start + form.due,
    locksAt: start + form.locks,
    rhythm: 'day',
  };
  const namedForm = { id, form, playbookId: playbook.id };
  const period = periodRow(namedForm, round, area.id);
  const writes = openingOf(
    county,
    namedForm,
    period,
    entries.sort(byNumber).map((entry) => entrySubject(view, entry)),
  );
  const until = `${dayText(civilDateOf(period.dueAt))} ${clockText(period.dueAt)}`;
  const size = `${entries.length}${named.register.measure}`;
  const said = answer(call, sweepWords.begun(area.name, topic, form.name, size, until), writes);
  return { writes: said.writes, notices: [...told(call, area, period.id, [topic, size, until]), ...said.notices] };
}

const isWanted = (entry: EntryRow, call: KnownCall): boolean => {
  const { subject } = formOf(call).form;
  return 'register' in subject && meets(entry, subject.where);
};

/** The groups below the area that have something to do are told, once; the one it was said in has the answer. */
function told(call: KnownCall, area: Unit, periodId: string, words: [string, string, string]): Notice[] {
  const { view } = call;
  const { form } = formOf(call);
  const [topic, count, until] = words;
  const below = (['township', 'village'] as const)
    .flatMap((level) => view.units(level))
    .filter(({ id }) => view.isWithin(id, area.id) && id !== call.unit?.id);
  return below.map((unit) => ({
    to: { unit: unit.id },
    body: { kind: 'answer', text: sweepWords.asked(area.name, topic, form.name, count, until) },
    dedupeKey: `sweep#${periodId}#${unit.id}`,
  }));
}
