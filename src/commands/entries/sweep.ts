/** `/排查 开始 外来人员`, `/排查 结束`: a round over all entries of an area begins, and ends. */

import type { PeriodBook } from '../../core/book.ts';
import type { Decision, Notice } from '../../core/notices.ts';
import { byNumber } from '../../core/register/entries.ts';
import { isAlive } from '../../core/register/entry.ts';
import type { Unit } from '../../core/roster/view.ts';
import { endedAt } from '../../core/rounds/ended.ts';
import { entrySubject, meets } from '../../core/rounds/expected.ts';
import { openingOf, periodRow } from '../../core/rounds/opening.ts';
import { dayOf } from '../../core/rounds/period.ts';
import type { Round } from '../../core/rounds/rounds.ts';
import type { EntryRow } from '../../core/rows/index.ts';
import { inCount, owedCount, ratioText } from '../../core/tally.ts';
import { civilDateOf, clockText, startOfDay } from '../../core/time.ts';
import { sweepWords } from '../../locales/sweep.ts';
import { dayText } from '../../locales/zh-CN.ts';
import { answer, defineCommand, formOf, isRefused, type KnownCall } from '../command.ts';
import { findUnit, homeOf } from '../whom.ts';
import { openSweeps } from './period.ts';
import { labelOf, registerOf } from './resolve.ts';

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
    return call.parsed.args === 'begin' ? begin(known, area) : finish(known, area);
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
  return { writes: said.writes, notices: [...told(call, area, period.id, topic, size, until), ...said.notices] };
}

const isWanted = (entry: EntryRow, call: KnownCall): boolean => {
  const { subject } = formOf(call).form;
  return 'register' in subject && meets(entry, subject.where);
};

/** The groups below the area that have something to do are told. */
function told(call: KnownCall, area: Unit, periodId: string, topic: string, count: string, until: string): Notice[] {
  const { view } = call;
  const { form } = formOf(call);
  const villages = view.units('village').filter(({ id }) => view.isWithin(id, area.id) && id !== call.unit?.id);
  return villages.map((village) => ({
    to: { unit: village.id },
    body: { kind: 'answer', text: sweepWords.asked(area.name, topic, form.name, count, until) },
    dedupeKey: `sweep#${periodId}#${village.id}`,
  }));
}

function finish(call: KnownCall, area: Unit): Decision {
  const { form } = formOf(call);
  const [book] = openSweeps(call).filter(
    ({ period }) =>
      period.unitId !== null &&
      call.view.isWithin(period.unitId, area.id) &&
      (call.parsed.note === null || period.label === call.parsed.note),
  );
  if (!book) return answer(call, sweepWords.none(area.name, form.name));
  const tally = book.tally(area.id);
  const untouched = owedCount(tally) - inCount(tally);
  const ended = endedAt(book.period.id, call.sentAt);
  const topic = book.period.label ?? form.name;
  if (untouched === 0) return answer(call, sweepWords.complete(area.name, topic, form.name, ratioText(tally)), [ended]);
  return answer(
    call,
    sweepWords.ended(
      area.name,
      topic,
      form.name,
      dayText(dayOf(book.period)),
      ratioText(tally),
      untouchedIn(call, book, area),
    ),
    [ended],
  );
}

/** Per grid of the area those nobody has been to, by number; above the village only how many. */
function untouchedIn(call: KnownCall, book: PeriodBook, area: Unit): string[] {
  const named = registerOf(call);
  const isAboveVillage = area.level === 'county' || area.level === 'township';
  const units = isAboveVillage
    ? (book.unit(area.id)?.children ?? [])
    : call.view
        .units(named.register.of)
        .filter(({ id }) => call.view.isWithin(id, area.id))
        .map(({ id }) => id);
  return units.flatMap((id) => {
    const { missing } = book.tally(id);
    if (missing === 0) return [];
    const name = book.unit(id)?.name ?? '';
    if (isAboveVillage) return sweepWords.untouchedCount(name, missing, named.register.measure);
    const labels = book.duesBelow(id).flatMap(({ subjectId, standing }) => {
      const entry = standing.state === 'missing' ? call.county.entries.get(subjectId) : undefined;
      return entry ? labelOf(entry, named) : [];
    });
    return sweepWords.untouched(name, labels);
  });
}
