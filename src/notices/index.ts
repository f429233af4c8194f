/** Every kind of notice and how it is put into words. */
import type { Body, BodyKind } from '../core/notices.ts';
import { platformName } from '../locales/doctor.ts';
import { zh } from '../locales/zh-CN.ts';
import { composeAlert } from './alert.ts';
import { type ComposeContext, type Composed, type Composer, plain } from './compose.ts';
import { composeGroupsLost } from './groups-lost.ts';
import { composeMadeGood } from './made-good.ts';
import { composeReceipt } from './receipt.ts';
import { composeNudge, composeReminder } from './reminder.ts';
import { composeSlice, composeSliceFile, composeSliceUndelivered } from './slice.ts';
import { composeRequestedTable, composeTable } from './table.ts';
import { composeFile } from './table-files.ts';
import { answerLines } from './together.ts';
import { composeUnreached } from './unreached.ts';

const COMPOSERS: { [K in BodyKind]: Composer<K> } = {
  alert: composeAlert,
  answer: (body) => plain(body.text),
  receipt: composeReceipt,
  requestedTable: composeRequestedTable,
  reminder: composeReminder,
  table: composeTable,
  nudge: composeNudge,
  madeGood: composeMadeGood,
  file: composeFile,
  requestedFile: composeFile,
  slice: composeSlice,
  sliceFile: composeSliceFile,
  sliceUndelivered: composeSliceUndelivered,
  groupsLost: composeGroupsLost,
  peopleLost: ({ platform, count }) => plain(zh.peopleLost(platformName(platform), count)),
  unreached: composeUnreached,
};

/** Puts one notice into words from the facts of this moment; null when it is no longer wanted. */
export function compose(body: Body, context: ComposeContext): Composed | null {
  return (COMPOSERS[body.kind] as Composer<BodyKind>)(body, context);
}

/** Puts several answers for one chat into one message; null when none is wanted any more. */
export function composeTogether(bodies: readonly Body[]): Composed | null {
  const answers = bodies.filter((body) => body.kind === 'answer' || body.kind === 'receipt');
  const lines = answerLines(answers);
  return lines.length > 0 ? plain(lines.join('\n')) : null;
}

export type { ComposeContext, Composed, ComposedFile, Spoken } from './compose.ts';
export { spokenOf } from './compose.ts';
export { inReceipt } from './receipt.ts';
