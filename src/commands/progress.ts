/** `/进度`, `/未报`: how far it is, and who is missing; of every form there is where the line names none. */
import type { Decision } from '../core/notices.ts';
import { whenOf } from '../core/rounds/period.ts';
import { ratioText } from '../core/tally.ts';
import { formWords } from '../locales/forms.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, defineCommand, isRefused, type KnownCall } from './command.ts';
import { isKnown, type Looked, loadPeriod, lookedAt, missingWords, unitAsked } from './looking.ts';
import { booksHere, formOfBookHere, namesNoForm } from './several.ts';

export const progress = defineCommand({
  name: 'progress',
  open: false,
  unbound: false,
  fits: isKnown,
  load: loadPeriod,
  decide: sayProgress,
});

export const missing = defineCommand({
  name: 'missing',
  open: false,
  unbound: false,
  fits: isKnown,
  load: loadPeriod,
  decide: sayProgress,
});

function sayProgress(call: Call): Decision {
  const known = call as KnownCall;
  if (namesNoForm(call)) {
    const unit = unitAsked(known);
    if (isRefused(unit)) return unit.refused;
    const all = booksHere(call, unit.found.id).map((book) => ({ unit: unit.found, book }));
    const [only, ...others] = all;
    if (only) return answer(call, others.length === 0 ? lineOf(known, only) : linesOf(known, all).join('\n'));
  }
  const looked = lookedAt(known);
  return isRefused(looked) ? looked.refused : answer(call, lineOf(known, looked.found));
}

/** One form: how far it is, and who is missing. */
function lineOf(call: KnownCall, looked: Looked): string {
  const { unit, book } = looked;
  const form = formOfBookHere(call, book);
  const tally = book.tally(unit.id);
  const when = whenOf(book.period);
  if (tally.missing === 0) return zh.allIn(unit.name, when, form.name, ratioText(tally));
  return zh.progress(unit.name, when, form.name, ratioText(tally), missingWords(call, looked, form));
}

/** Several: a line for each that is not complete, and one for all that are. */
function linesOf(call: KnownCall, all: readonly Looked[]): string[] {
  const isIn = ({ unit, book }: Looked): boolean => book.tally(unit.id).missing === 0;
  const complete = all.filter(isIn).map(({ unit, book }) => {
    const round = formWords.round(whenOf(book.period), formOfBookHere(call, book).name);
    return formWords.complete(round, ratioText(book.tally(unit.id)));
  });
  const gaps = all.filter((looked) => !isIn(looked)).map((looked) => lineOf(call, looked));
  if (gaps.length === 0) return [formWords.allIn(all[0]?.unit.name ?? '', complete)];
  return [...gaps, ...(complete.length > 0 ? [formWords.alsoIn(complete)] : [])];
}
