/** `/进度`, `/未报`: how far it is, and who is missing. `/汇总`: the table. `/催报`: one bundled nudge. */
import { afterQuiet } from '../core/quiet.ts';
import { put } from '../core/rows.ts';
import { ratioText } from '../core/tally.ts';
import { clockText, MINUTE } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import {
  answer,
  type Call,
  defineCommand,
  formOf,
  isRefused,
  type KnownCall,
  periodIdOf,
  replyNotice,
} from './command.ts';
import { lookedAt, maySeeNames, missingWords } from './looking.ts';
import { lineTyped } from './whom.ts';

/** A unit is nudged no more often than this. */
const BETWEEN_NUDGES = 30 * MINUTE;

function sayProgress(call: Call) {
  const known = call as KnownCall;
  const looked = lookedAt(known);
  if (isRefused(looked)) return looked.refused;
  const { unit, book } = looked.found;
  const { form } = formOf(call);
  const tally = book.tally(unit.id);
  const { key } = book.period;
  if (tally.missing === 0) return answer(call, zh.allIn(unit.name, key, form.name, ratioText(tally)));
  const rows = missingWords(known, looked.found);
  return answer(call, zh.progress(unit.name, key, form.name, ratioText(tally), rows));
}

const known = ({ person }: Call): boolean => person !== null;
const loadBook = (call: Call, reads: { book: (id: string) => Promise<void> }): Promise<void> =>
  reads.book(periodIdOf(call));

export const progress = defineCommand({
  name: 'progress',
  open: false,
  unbound: false,
  fits: known,
  load: loadBook,
  decide: sayProgress,
});

export const missing = defineCommand({
  name: 'missing',
  open: false,
  unbound: false,
  fits: known,
  load: loadBook,
  decide: sayProgress,
});

export const rollup = defineCommand({
  name: 'rollup',
  open: false,
  unbound: false,
  fits: known,
  load: loadBook,
  decide(call) {
    const looked = lookedAt(call as KnownCall);
    if (isRefused(looked)) return looked.refused;
    const { unit, book } = looked.found;
    const inOwnGroup = call.unit?.id === unit.id;
    const named = call.unit === null || maySeeNames(call as KnownCall, unit);
    const body = { kind: 'requestedTable', periodId: book.period.id, unitId: unit.id, inOwnGroup, named } as const;
    return { writes: [], notices: [replyNotice(call, body)] };
  },
});

export const nudge = defineCommand({
  name: 'nudge',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.unitsLedBy(person.id).some((unit) => unit.level !== 'grid'),
  load: loadBook,
  decide(call) {
    const caller = call as KnownCall;
    const looked = lookedAt(caller);
    if (isRefused(looked)) return looked.refused;
    const { unit, book } = looked.found;
    const { view, person, now } = caller;
    if (![...view.ancestors(unit.id), unit].some((each) => view.leads(person.id, each.id))) {
      return answer(call, zh.notEntitled(zh.whoLeads(unit.name), lineTyped(caller)));
    }
    const { missing: count } = book.tally(unit.id);
    if (count === 0) return answer(call, zh.nothingToNudge(unit.name, formOf(call).form.name));
    const last = Number(call.county.meta(`nudged:${unit.id}`) ?? 0);
    if (now - last < BETWEEN_NUDGES) {
      return answer(call, zh.nudgedAlready(clockText(last), clockText(last + BETWEEN_NUDGES)));
    }
    const sent = put('meta', { id: `nudged:${unit.id}`, value: String(now) });
    const notice = {
      to: { unit: unit.id },
      body: { kind: 'nudge', periodId: book.period.id, unitId: unit.id },
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
