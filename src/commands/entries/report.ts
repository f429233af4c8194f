/** Reports of entries: `/体温 张三 36.5 李四 36.7`, `/排查 12 13 15-20 无`; corrected and taken back by the same names. */
import type { PeriodBook } from '../../core/book.ts';
import { allFilled, type Filling, fillOnce } from '../../core/fill-once.ts';
import type { EntrySaid } from '../../core/grammar/types.ts';
import type { Decision } from '../../core/notices.ts';
import { versionId } from '../../core/obligation-id.ts';
import { isAlive } from '../../core/register/entry.ts';
import { dayOf, whenOf } from '../../core/rounds/period.ts';
import { type EntryRow, put, type ReportRow, type Write } from '../../core/rows/index.ts';
import { entryWords } from '../../locales/entries.ts';
import { dayText, zh } from '../../locales/zh-CN.ts';
import { answer, type Call, formOf, isRefused, type KnownCall } from '../command.ts';
import { misfit, withPictures } from '../values.ts';
import { findUnit, isAbove } from '../whom.ts';
import { type Place, placeOf } from './period.ts';
import { refusedHere } from './places.ts';
import { labelOf, type NamedRegister, registerOf, resolve } from './resolve.ts';
import { said, type Taken } from './said.ts';
import { type Swept, sweepsOf, sweptBy, whichSweep } from './topic.ts';

/** What a line does with reports. */
export type ReportAct = 'report' | 'correct' | 'withdraw';

/** Whether a line is about entries of a register. */
export function isAboutEntries(call: Pick<Call, 'parsed' | 'playbook'>): boolean {
  const form = call.parsed.form === null ? undefined : call.playbook.forms[call.parsed.form];
  return form !== undefined && 'register' in form.subject;
}

/** Takes in what was said of each entry; what is not clear is told, and keeps nothing else from being taken. */
export function reportEntries(call: KnownCall, act: ReportAct): Decision {
  const elsewhere = refusedHere(call);
  if (elsewhere) return elsewhere;
  const named = registerOf(call);
  const within = call.parsed.place === null ? null : findUnit(call, call.parsed.place);
  if (within && isRefused(within)) return within.refused;
  const swept = formOf(call).form.every.kind === 'sweep' ? sweptBy(call, named) : null;
  if (swept && isRefused(swept)) return swept.refused;
  const typed = swept ? swept.found.entries : call.parsed.entries;
  // `/撤回 体温`: the only one the sender looks after.
  const entries = typed.length > 0 ? typed : [{ refs: [], values: {}, text: '' }];
  const meant = entries.map((each) => ({ said: each, whom: resolve(call, named, each, within?.found ?? null) }));
  const ids = meant.flatMap(({ whom }) => whom.flatMap((each) => ('entry' in each ? each.entry.id : [])));
  const question = swept && whichSweep(call, swept.found, ids);
  if (question) return answer(call, question);
  const problems: string[] = [];
  const taken = new Map<string, Taken>();
  for (const { said: each, whom } of meant) {
    for (const resolved of whom) {
      const one =
        'problem' in resolved
          ? resolved.problem
          : takeOne(call, { named, entry: resolved.entry, said: each, act, swept: swept?.found ?? null });
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

interface One {
  named: NamedRegister;
  entry: EntryRow;
  said: EntrySaid;
  act: ReportAct;
  /** The sweeps the line may go into; null where the form is none. */
  swept: Swept | null;
}

/** The version a line makes of one entry; the sentence that says why it makes none. */
function takeOne(call: KnownCall, { named, entry, said: { values: typed }, act, swept }: One): Taken | string {
  const now = formOf(call).form;
  const label = labelOf(entry, named);
  const place = swept ? sweepPlace(call, swept, entry) : placeOf(call, entry);
  if (!place) return swept ? entryWords.notSwept(label, now.name) : entryWords.noPeriod(now.name, label);
  const { period, book } = place;
  const day = call.parsed.period ?? call.view.day;
  if (!swept && !isAlive(entry, day) && !isAlive(entry, dayOf(period))) return entryWords.noPeriod(now.name, label);
  const form = book?.form ?? now;
  const when = dayText(whenOf(period));
  const values = withPictures(typed, form, call.pictures);
  const wrong = act === 'withdraw' ? null : misfit(call, period, book, values);
  if (wrong !== null) return wrong;
  const due = book?.due(entry.id);
  const current = due?.standing.current ?? null;
  if (act !== 'report' && !current) return entryWords.nothingYet(label, when, form.name);
  const above = isAbove(call, entry.unitId);
  if (call.sentAt >= period.locksAt && !above) return entryWords.locked(when, form.name);
  const obligationId = `${period.id}@${entry.id}`;
  const row: ReportRow = {
    id: versionId(obligationId, call.messageId),
    obligationId,
    kind: act === 'withdraw' ? 'withdrawal' : act === 'correct' ? 'correction' : 'report',
    values: act === 'withdraw' ? {} : values,
    items: [],
    note: call.parsed.note,
    sentAt: call.sentAt,
    receivedAt: call.now,
    personId: call.person.id,
    via: isOwn(call, entry) ? 'self' : 'behalf',
    message: call.messageId,
  };
  return { entry, place, row, form, due };
}

/** Whether somebody covers an entry or is of its unit, rather than of a level above. */
const isOwn = ({ view, person }: KnownCall, { coverId, unitId }: EntryRow): boolean =>
  coverId === person.id || view.mayReportFor(person.id, unitId) !== 'above';

function sweepPlace(call: KnownCall, { sweeps }: Swept, entry: EntryRow): Place | null {
  const [book]: PeriodBook[] = sweepsOf(call, sweeps, entry.id);
  return book ? { period: book.period, book, opening: [] } : null;
}
