/** `/汇总`: the table, with its picture and its workbook. */
import { defineCommand, isRefused, type KnownCall, replyNotice } from './command.ts';
import { isKnown, loadPeriod, lookedAt, maySeeNames } from './looking.ts';

export const rollup = defineCommand({
  name: 'rollup',
  open: false,
  unbound: false,
  fits: isKnown,
  load: loadPeriod,
  decide(call) {
    const looked = lookedAt(call as KnownCall);
    if (isRefused(looked)) return looked.refused;
    const { unit, book } = looked.found;
    const inOwnGroup = call.unit?.id === unit.id;
    const named = maySeeNames(call as KnownCall, unit);
    const body = { kind: 'requestedTable', periodId: book.period.id, unitId: unit.id, inOwnGroup, named } as const;
    return { writes: [], notices: [replyNotice(call, body)] };
  },
});
