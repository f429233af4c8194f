/** Every kind of notice and how it is put into words. */
import type { Body, BodyKind } from '../core/notices.ts';
import { type ComposeContext, type Composed, type Composer, plain } from './compose.ts';
import { composeMadeGood } from './made-good.ts';
import { composeReceipt, receiptLines } from './receipt.ts';
import { composeNudge, composeReminder } from './reminder.ts';
import { composeRequestedTable, composeTable } from './table.ts';
import { composeUnreached } from './unreached.ts';

const COMPOSERS: { [K in BodyKind]: Composer<K> } = {
  answer: (body) => plain(body.text),
  receipt: composeReceipt,
  requestedTable: composeRequestedTable,
  reminder: composeReminder,
  table: composeTable,
  nudge: composeNudge,
  madeGood: composeMadeGood,
  unreached: composeUnreached,
};

/** Puts one notice into words from the facts of this moment; null when it is no longer wanted. */
export function compose(body: Body, context: ComposeContext): Composed | null {
  return (COMPOSERS[body.kind] as Composer<BodyKind>)(body, context);
}

/**
 * Puts several answers for one chat into one message. Receipts that say the same share a line; the order of first
 * appearance is kept.
 */
export function composeTogether(bodies: readonly Body[], context: ComposeContext): Composed | null {
  const receipts = bodies.filter((body) => body.kind === 'receipt');
  const lines: string[] = [];
  let receiptsSaid = false;
  for (const body of bodies) {
    if (body.kind !== 'receipt') {
      const composed = compose(body, context);
      if (composed) lines.push(composed.text);
    } else if (!receiptsSaid) {
      receiptsSaid = true;
      lines.push(...receiptLines(receipts, context));
    }
  }
  return lines.length > 0 ? plain(lines.join('\n')) : null;
}

export type { ComposeContext, Composed } from './compose.ts';
