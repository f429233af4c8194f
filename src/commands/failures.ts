/** `/死信`: what could not be delivered to the groups one answers for. */
import { addressOf } from '../core/notices.ts';
import { clockText } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, type KnownCall } from './command.ts';

const MOST_ROWS = 10;

export const failures = defineCommand({
  name: 'failures',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.unitsAnsweredFor(person.id).some((unit) => unit.level !== 'grid'),
  decide(call) {
    const { view, county, person } = call as KnownCall;
    const rows = [...county.tray.givenUp()].reverse().flatMap((row) => {
      const address = addressOf(row);
      if (!('unit' in address)) return [];
      const answersFor = view.chain(address.unit).some((unitId) => view.leads(person.id, unitId));
      const what = zh.noticeNames[row.kind as keyof typeof zh.noticeNames];
      return answersFor
        ? zh.failureRow(clockText(row.settledAt ?? row.createdAt), view.unit(address.unit)?.name ?? '', what)
        : [];
    });
    return answer(call, rows.length > 0 ? zh.failures(rows.slice(0, MOST_ROWS)) : zh.failuresNone);
  },
});
