/** `/排查 结束`: a sweep takes no more reports; who was not met is said, by grid and number where names may be read. */
import type { PeriodBook } from '../../core/book.ts';
import type { Due } from '../../core/frozen.ts';
import type { Decision } from '../../core/notices.ts';
import { againOf } from '../../core/register/again.ts';
import type { Unit } from '../../core/roster/view.ts';
import { endedAt } from '../../core/rounds/ended.ts';
import { dayOf } from '../../core/rounds/period.ts';
import type { UnitId } from '../../core/rows/index.ts';
import { ratioText } from '../../core/tally.ts';
import { sweepWords } from '../../locales/sweep.ts';
import { dayText } from '../../locales/zh-CN.ts';
import { answer, formOf, type KnownCall } from '../command.ts';
import { openSweeps } from './period.ts';
import { maySayNamesOf } from './places.ts';
import { labelOf, registerOf } from './resolve.ts';

/** Ends the sweep of an area: its own before those begun below it; between several the sender is asked. */
export function endSweep(call: KnownCall, area: Unit): Decision {
  const { form } = formOf(call);
  const { view, parsed } = call;
  const open = openSweeps(call).filter(({ period }) => parsed.note === null || period.label === parsed.note);
  const own = open.filter(({ period }) => period.unitId === area.id);
  const below = open.filter(({ period }) => period.unitId !== null && view.isWithin(period.unitId, area.id));
  const [book, ...more] = own.length > 0 ? own : below;
  if (!book) {
    const above = open.find(({ period }) => period.unitId !== null && view.isWithin(area.id, period.unitId));
    const by = above && view.unit(above.period.unitId ?? '')?.name;
    return answer(
      call,
      by ? sweepWords.fromAbove(by, above.period.label ?? form.name, form.name) : sweepWords.none(area.name, form.name),
    );
  }
  if (more.length > 0) return answer(call, sweepWords.which(form.name, linesFor(call, [book, ...more])));
  const topic = book.period.label ?? form.name;
  const ended = endedAt(book.period.id, call.sentAt);
  const swept = view.unit(book.period.unitId ?? '') ?? area;
  const ratio = ratioText(book.tally(swept.id));
  const rows = openIn(call, book, swept);
  if (rows.length === 0) return answer(call, sweepWords.complete(swept.name, topic, form.name, ratio), [ended]);
  const day = dayText(dayOf(book.period));
  return answer(call, sweepWords.ended(swept.name, topic, form.name, day, ratio, rows), [ended]);
}

function linesFor(call: KnownCall, books: readonly PeriodBook[]): string[] {
  const { form } = formOf(call);
  return books.map(({ period }) => {
    const area = call.view.label(period.unitId ?? '');
    return sweepWords.endLine(form.name, [area, period.label ?? ''].join(' ').trim());
  });
}

/** Per grid those nobody has been to, and those to go to again; where names may not be read only how many. */
function openIn(call: KnownCall, book: PeriodBook, area: Unit): string[] {
  const { view } = call;
  const { register } = registerOf(call);
  const isNamed = maySayNamesOf(call, area.id);
  const units =
    isNamed || area.level === 'village' || area.level === 'grid' ? gridsOf(call, area) : childrenOf(book, area);
  return units.flatMap((id) => {
    const dues = entriesBelow(book, id);
    const untouched = dues.filter(({ standing }) => standing.state === 'missing');
    const again = dues.filter(({ standing }) => againOf(book.form, standing.current?.values ?? {}) !== null);
    const name = book.unit(id)?.name ?? view.unit(id)?.name ?? '';
    const rowOf = (found: readonly Due[], mark: string): string[] => {
      if (found.length === 0) return [];
      return isNamed
        ? [sweepWords.untouched(name, labelsOf(call, found), register.measure, mark)]
        : [sweepWords.untouchedCount(name, found.length, register.measure, mark)];
    };
    return [...rowOf(untouched, ''), ...rowOf(again, sweepWords.againMark)];
  });
}

const gridsOf = (call: KnownCall, area: Unit): UnitId[] =>
  call.view
    .units(registerOf(call).register.of)
    .filter(({ id }) => call.view.isWithin(id, area.id))
    .map(({ id }) => id);

const childrenOf = (book: PeriodBook, area: Unit): readonly UnitId[] => book.unit(area.id)?.children ?? [];

/** All entries below a unit, in the order of their units and numbers. */
function entriesBelow(book: PeriodBook, id: UnitId): Due[] {
  const own = book.due(id);
  return own ? [own] : (book.unit(id)?.children ?? []).flatMap((child) => entriesBelow(book, child));
}

function labelsOf(call: KnownCall, dues: readonly Due[]): string[] {
  const named = registerOf(call);
  return dues.flatMap(({ subjectId, standing }) => {
    const entry = call.county.entries.get(subjectId);
    if (!entry) return [];
    const again = againOf(formOf(call).form, standing.current?.values ?? {});
    return `${labelOf(entry, named)}${again === null ? '' : `(${again})`}`;
  });
}
