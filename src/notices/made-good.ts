/** Whoever was told of a miss is told when it is made good: one line for all rows that became complete. */

import { formOfBook } from '../core/form.ts';
import { whenOf } from '../core/rounds/period.ts';
import { put } from '../core/rows/index.ts';
import { owedCount, ratioText } from '../core/tally.ts';
import { zh } from '../locales/zh-CN.ts';
import type { Composer } from './compose.ts';

/** Rows that opened again in the meantime are left for later. */
export const composeMadeGood: Composer<'madeGood'> = (body, { county, forms, now }) => {
  const book = county.book(body.periodId);
  const form = book && formOfBook(book, forms);
  if (!book || !form) return null;
  const complete = book.openGaps(body.unitId).filter((gap) => book.tally(gap.rowUnitId).missing === 0);
  if (complete.length === 0) return null;
  const rows = complete.map((gap) => {
    const tally = book.tally(gap.rowUnitId);
    return `${book.unit(gap.rowUnitId)?.name ?? ''} ${owedCount(tally) > 0 ? ratioText(tally) : zh.states.exempt}`;
  });
  return {
    text: zh.madeGood(whenOf(book.period), form.name, rows),
    mentions: [],
    attachments: [],
    onAccepted: complete.map((gap) => put('gap', { ...gap, madeGoodAt: now })),
  };
};
