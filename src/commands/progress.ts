/** `/进度`, `/未报`: how far it is, and who is missing. */
import type { Decision } from '../core/notices.ts';
import { whenOf } from '../core/rounds/period.ts';
import { ratioText } from '../core/tally.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, defineCommand, formOf, isRefused, type KnownCall } from './command.ts';
import { isKnown, loadPeriod, lookedAt, missingWords } from './looking.ts';

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
  const looked = lookedAt(known);
  if (isRefused(looked)) return looked.refused;
  const { unit, book } = looked.found;
  const { form } = formOf(call);
  const tally = book.tally(unit.id);
  if (tally.missing === 0) return answer(call, zh.allIn(unit.name, whenOf(book.period), form.name, ratioText(tally)));
  const rows = missingWords(known, looked.found);
  return answer(call, zh.progress(unit.name, whenOf(book.period), form.name, ratioText(tally), rows));
}
