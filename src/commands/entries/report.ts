/** Reports of entries: `/体温 张三 36.5 李四 36.7`, `/排查 12 13 15-20 无`; corrected and taken back by the same names. */
import { allFilled, type Filling, fillOnce } from '../../core/fill-once.ts';
import { valuesText } from '../../core/form.ts';
import type { EntrySaid } from '../../core/grammar/types.ts';
import type { Decision } from '../../core/notices.ts';
import { versionId } from '../../core/obligation-id.ts';
import type { Form, Values } from '../../core/playbook/index.ts';
import { whenOf } from '../../core/rounds/period.ts';
import { type EntryRow, put, type ReportRow, type Write } from '../../core/rows/index.ts';
import { inCount, owedCount } from '../../core/tally.ts';
import { clockText } from '../../core/time.ts';
import { entryWords } from '../../locales/entries.ts';
import { dayText, zh } from '../../locales/zh-CN.ts';
import { answer, type Call, formOf, isRefused, type KnownCall } from '../command.ts';
import { findUnit } from '../whom.ts';
import { type Place, placeOf } from './period.ts';
import { labelOf, type NamedRegister, registerOf, resolve } from './resolve.ts';
import { sumText } from './unit.ts';

/** Whether a line is about entries of a register. */
export function isAboutEntries(call: Pick<Call, 'parsed' | 'playbook'>): boolean {
  const form = call.parsed.form === null ? undefined : call.playbook.forms[call.parsed.form];
  return form !== undefined && 'register' in form.subject;
}

/** What came of one entry of a line. */
interface Taken {
  entry: EntryRow;
  place: Place;
  row: ReportRow;
  /** What was said before by somebody else, in words. */
  before: string | null;
}

/** Takes in what was said of each entry; what is not clear is told, and keeps nothing else from being taken. */
export function reportEntries(call: KnownCall, act: 'report' | 'correct' | 'withdraw'): Decision {
  const named = registerOf(call);
  const within = call.parsed.place === null ? null : findUnit(call, call.parsed.place);
  if (within && isRefused(within)) return within.refused;
  const problems: string[] = [];
  const taken = new Map<string, Taken>();
  for (const said of call.parsed.entries) {
    for (const resolved of resolve(call, named, said.refs, within?.found ?? null)) {
      if ('problem' in resolved) {
        problems.push(resolved.problem);
        continue;
      }
      const one = takeOne(call, named, resolved.entry, said, act);
      if (typeof one === 'string') problems.push(one);
      else taken.set(`${one.place.period.id}@${one.entry.id}`, one);
    }
  }
  const ones = [...taken.values()];
  const filling = allFilled(ones.map(({ row }) => fillOnce(call.county, call.playbook, row)));
  const receipt = `${said(call, named, ones, act).join('\n')}${zh.otherForms(filling.fills, filling.empties)}`;
  const texts = [...(receipt === '' ? [] : [receipt]), ...[...new Set(problems)].slice(0, MOST_PROBLEMS)];
  return answer(call, texts.join('\n'), writesOf(ones, filling));
}

const MOST_PROBLEMS = 8;

/** Openings once, however many entries need them; obligations and reports of each, and the forms these fill. */
function writesOf(taken: readonly Taken[], { rows }: Filling): Write[] {
  const writes = new Map<string, Write>();
  for (const { place, row } of taken) {
    for (const write of place.opening) writes.set(`${write.table} ${write.row.id}`, write);
    writes.set(`report ${row.id}`, put('report', row));
  }
  return [...writes.values(), ...rows.map((row) => put('report', row))];
}

function takeOne(
  call: KnownCall,
  named: NamedRegister,
  entry: EntryRow,
  said: EntrySaid,
  act: 'report' | 'correct' | 'withdraw',
): Taken | string {
  const { form } = formOf(call);
  const label = labelOf(entry, named);
  const place = placeOf(call, entry);
  if (!place)
    return form.every.kind === 'sweep' ? entryWords.noSweep(form.name) : entryWords.noPeriod(form.name, label);
  const { period, book } = place;
  const current = book?.due(entry.id)?.standing.current ?? null;
  if (act !== 'report' && !current) return entryWords.nothingYet(label, dayText(whenOf(period)), form.name);
  const isAbove = call.view.mayReportFor(call.person.id, entry.unitId) === 'above';
  if (call.sentAt >= period.locksAt && !isAbove) return entryWords.locked(dayText(whenOf(period)), form.name);
  const values = withPictures(said.values, form, call.pictures);
  const obligationId = `${period.id}@${entry.id}`;
  const row: ReportRow = {
    id: versionId(obligationId, call.messageId),
    obligationId,
    kind: act === 'withdraw' ? 'withdrawal' : act === 'correct' && form.adds ? 'correction' : 'report',
    values: act === 'withdraw' ? {} : values,
    items: [],
    note: call.parsed.note,
    sentAt: call.sentAt,
    receivedAt: call.now,
    personId: call.person.id,
    via: entry.coverId === call.person.id || !isAbove ? 'self' : 'behalf',
    message: call.messageId,
  };
  const other = current && current.personId !== call.person.id && !form.adds ? current : null;
  const who = other && call.view.person(other.personId)?.name;
  const before = other ? entryWords.saidBefore(who ?? '', clockText(other.sentAt)) : null;
  return { entry, place, row, before };
}

/** Pictures that came with the line count in the form's photo field. */
function withPictures(values: Values, form: Form, pictures: number): Values {
  const photo = Object.entries(form.fields).find(([, field]) => field.type === 'photo')?.[0];
  return photo !== undefined && pictures > 0 && values[photo] === undefined ? { ...values, [photo]: pictures } : values;
}

/** One line per period: who was taken in with what, and how far their unit is. */
function said(
  call: KnownCall,
  named: NamedRegister,
  taken: readonly Taken[],
  act: 'report' | 'correct' | 'withdraw',
): string[] {
  const { form } = formOf(call);
  const periods = new Map<string, Taken[]>();
  for (const one of taken) {
    const key = `${one.place.period.id} ${one.entry.unitId}`;
    periods.set(key, [...(periods.get(key) ?? []), one]);
  }
  return [...periods.values()].flatMap((ones) => {
    const [first] = ones;
    if (!first) return [];
    const { period, book } = first.place;
    const unit = call.view.unit(first.entry.unitId)?.name ?? '';
    return entryWords.taken[act]({
      unit,
      when: dayText(whenOf(period)),
      form: form.name,
      what: grouped(ones, named, form),
      late: act === 'report' && call.sentAt > period.dueAt && form.owed,
      ratio: form.owed && book ? ratioAfter(ones, act) : null,
      total: form.adds && act !== 'withdraw' ? totalOf(first, form) : null,
    });
  });
}

/** Entries that were said the same of stand together: `12户、13户 无`. */
function grouped(ones: readonly Taken[], named: NamedRegister, form: Form): string {
  const groups = new Map<string, string[]>();
  for (const { entry, row, before } of ones) {
    const what = row.kind === 'withdrawal' ? '' : valuesText(form, row.values) || entryWords.zero;
    const key = `${what}${before ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), labelOf(entry, named)]);
  }
  return [...groups].map(([what, labels]) => entryWords.these(labels, what)).join(';');
}

/** What of the unit is in once these are, of what is owed there. */
function ratioAfter(ones: readonly Taken[], act: 'report' | 'correct' | 'withdraw'): string {
  const [first] = ones;
  const book = first?.place.book;
  if (!first || !book) return '';
  const tally = book.tally(first.entry.unitId);
  const fresh = ones.filter(({ entry }) => !book.due(entry.id)).length;
  const missing = ones.filter(({ entry }) => book.due(entry.id)?.standing.state === 'missing').length;
  const back = act === 'withdraw' ? ones.filter(({ entry }) => book.due(entry.id)?.standing.current).length : 0;
  const inNow = inCount(tally) + (act === 'withdraw' ? -back : missing + fresh);
  return `${inNow}/${owedCount(tally) + fresh}`;
}

/** Where reports add up: all that was said of the first entry in its period, this one included. */
function totalOf({ entry, place, row }: Taken, form: Form): string | null {
  const before = place.book?.due(entry.id)?.standing.current?.values;
  return before && row.kind !== 'correction' ? sumText(form, before, row.values) : null;
}
