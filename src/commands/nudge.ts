/**
 * `/催报`: one bundled nudge in the unit's group. Without a form's name it is about every form that misses something
 * and falls due today or has fallen due; what has days left yet is nudged by name, or where nothing else is missing.
 */
import type { PeriodBook } from '../core/book.ts';
import { afterQuiet } from '../core/quiet.ts';
import type { Unit } from '../core/roster/view.ts';
import { put } from '../core/rows/index.ts';
import { civilDateOf, clockText, MINUTE } from '../core/time.ts';
import { formWords } from '../locales/forms.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, type Found, isRefused, type KnownCall } from './command.ts';
import { loadPeriod, lookedAt, unitAsked } from './looking.ts';
import { booksHere, formOfBookHere, namesNoForm } from './several.ts';
import { lineTyped } from './whom.ts';

/** A unit is nudged no more often than this. */
const BETWEEN_NUDGES = 30 * MINUTE;

export const nudge = defineCommand({
  name: 'nudge',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.unitsAnsweredFor(person.id).some((unit) => unit.level !== 'grid'),
  load: loadPeriod,
  decide(call) {
    const caller = call as KnownCall;
    const looked = nudgedFor(caller);
    if (isRefused(looked)) return looked.refused;
    const { unit, books } = looked.found;
    const { view, person, now } = caller;
    if (![...view.ancestors(unit.id), unit].some((each) => view.leads(person.id, each.id))) {
      return answer(call, zh.notEntitled(zh.whoLeads(unit.name), lineTyped(caller)));
    }
    const missing = books.filter((book) => book.tally(unit.id).missing > 0);
    const count = missing.reduce((sum, book) => sum + book.tally(unit.id).missing, 0);
    const [first, ...others] = missing;
    if (!first) {
      const [only, ...more] = books.map((book) => formOfBookHere(call, book).name);
      const isOne = only !== undefined && more.length === 0;
      return answer(call, isOne ? zh.nothingToNudge(unit.name, only) : formWords.nothingToNudge(unit.name));
    }
    const last = Number(call.county.meta(`nudged:${unit.id}`) ?? 0);
    if (now - last < BETWEEN_NUDGES) {
      return answer(call, zh.nudgedAlready(clockText(last), clockText(last + BETWEEN_NUDGES)));
    }
    const sent = put('meta', { id: `nudged:${unit.id}`, value: String(now) });
    const notice = {
      to: { unit: unit.id },
      body: {
        kind: 'nudge',
        periodId: first.period.id,
        unitId: unit.id,
        ...(others.length > 0 ? { also: others.map(({ period }) => period.id) } : {}),
      },
      dedupeKey: `nudge#${call.messageId}`,
    } as const;
    if (afterQuiet(now) > now) {
      const held = answer(call, zh.nudgeHeld(unit.name, count), [sent]);
      return { writes: held.writes, notices: [notice, ...held.notices] };
    }
    // In the unit's own group the nudge itself is the answer.
    if (call.unit?.id === unit.id) return { writes: [sent], notices: [notice] };
    const told = answer(call, zh.nudgeSent(unit.name, count), [sent]);
    return { writes: told.writes, notices: [notice, ...told.notices] };
  },
});

/** The unit, and the periods a nudge there is about; those complete among them. */
function nudgedFor(call: KnownCall): Found<{ unit: Unit; books: PeriodBook[] }> {
  if (namesNoForm(call)) {
    const unit = unitAsked(call);
    if (isRefused(unit)) return unit;
    const open = booksHere(call, unit.found.id).filter(({ period }) => call.now < period.locksAt);
    const urgent = open.filter(({ period }) => civilDateOf(period.dueAt) <= call.view.day);
    const missing = (books: readonly PeriodBook[]) => books.some((book) => book.tally(unit.found.id).missing > 0);
    if (open.length > 0) return { found: { unit: unit.found, books: missing(urgent) ? urgent : open } };
  }
  const looked = lookedAt(call);
  return isRefused(looked) ? looked : { found: { unit: looked.found.unit, books: [looked.found.book] } };
}
