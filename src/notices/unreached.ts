/** Groups below a level that a notice could not reach: accepted is not delivered, and given up is said aloud. */
import { addressOf } from '../core/notices.ts';
import { civilDateOf } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import { type Composer, plain } from './compose.ts';

export const composeUnreached: Composer<'unreached'> = (body, { county, view }) => {
  const rows = new Set<string>();
  for (const row of county.tray.givenUp()) {
    const address = addressOf(row);
    if (!('unit' in address) || civilDateOf(row.settledAt ?? row.createdAt) !== body.day) continue;
    const parent = view.ancestors(address.unit).at(-1);
    const unit = view.unit(address.unit);
    if (unit && parent?.id === body.unitId) rows.add(`${unit.name}(${zh.noticeNames[row.kind as 'table']})`);
  }
  return rows.size > 0 ? plain(zh.unreached([...rows])) : null;
};
