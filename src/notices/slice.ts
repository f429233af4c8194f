/**
 * A unit's slice of a register, for a department: in private, to whoever fills the post at the very moment it leaves.
 * Where it reached nobody the unit's group hears so, without a name.
 */

import { sliceOn } from '../core/meta.ts';
import type { Body, SliceOf } from '../core/notices.ts';
import type { Slice } from '../core/playbook/index.ts';
import { type SliceList, sliceList } from '../core/slice/list.ts';
import { postsCalled, reachOf } from '../core/slice/reach.ts';
import { inCount, owedCount } from '../core/tally.ts';
import { addDays, civilDateOf, daysBetween } from '../core/time.ts';
import { sliceWords } from '../locales/slices.ts';
import { fileNamed } from '../render/attachment-name.ts';
import { type ComposeContext, type Composed, type ComposedFile, type Composer, plain } from './compose.ts';

type SliceBody = Extract<Body, { kind: 'slice' | 'sliceFile' }>;
type FileBody = Extract<Body, { kind: 'sliceFile' }>;

/** Days that a slice may wait for a platform; its readings are in memory for longer. */
const MOST_DAYS_LATE = 2;

class SliceFile implements ComposedFile {
  readonly kind = 'workbook';
  readonly alone: FileBody;
  readonly #list: SliceList;

  constructor(list: SliceList, alone: FileBody) {
    this.alone = alone;
    this.#list = list;
  }

  get name(): string {
    const { unitName, name, day } = this.#list;
    return fileNamed(unitName, name, day, 'xlsx');
  }

  async content(): Promise<Uint8Array> {
    return (await import('../render/slice-workbook.ts')).sliceWorkbook(this.#list);
  }
}

/** Null for whoever may not have it any more, and of a day long gone. */
export const composeSlice: Composer<'slice'> = (body, context) => {
  const list = listFor(body, context);
  if (!list) return null;
  return { ...plain(textOf(list, body, context)), attachments: [new SliceFile(list, { ...body, kind: 'sliceFile' })] };
};

/** The workbook by itself, drawn when it leaves. */
export const composeSliceFile: Composer<'sliceFile'> = (body, context): Composed | null => {
  const list = listFor(body, context);
  return list && { ...plain(''), attachments: [new SliceFile(list, body)] };
};

/** Null where there is nobody to tell of after all. */
export const composeSliceUndelivered: Composer<'sliceUndelivered'> = (body, context) => {
  const list = listOf(body, context)?.list;
  if (!list) return null;
  const { unitId, day, titles } = body;
  const isVacant = (title: string): boolean =>
    postsCalled(context.view, unitId, title).every(({ holder }) => holder === null);
  const lines = (['vacant', 'unreached'] as const).flatMap((why) => {
    const of = titles.filter((title) => isVacant(title) === (why === 'vacant'));
    return of.length === 0 ? [] : [sliceWords[why](list.unitName, list.name, day, of.join('、'))];
  });
  return plain(lines.join('\n'));
};

function listFor(body: SliceBody, context: ComposeContext): SliceList | null {
  const { view, known, here, now } = context;
  // It never goes where others read along, whatever leads there.
  if (here !== null || daysBetween(body.day, civilDateOf(now)) > MOST_DAYS_LATE) return null;
  const found = listOf(body, context);
  const titles = found?.slice.to.filter((title) => body.titles.includes(title)) ?? [];
  return reachOf(view, body.unitId, titles, known).people.has(body.personId) ? (found?.list ?? null) : null;
}

function listOf({ sliceId, unitId, day }: SliceOf, context: ComposeContext): { slice: Slice; list: SliceList } | null {
  const slice = context.slices.get(sliceId);
  const list = slice && sliceList(slice, unitId, day, context);
  return slice && list ? { slice, list } : null;
}

function textOf(list: SliceList, { sliceId, day }: SliceOf, { county }: ComposeContext): string {
  const { unitName, name, register, rows, sessions, bounded, asOf } = list;
  const before = addDays(day, -1);
  return [
    sliceWords.title(unitName, name, day, asOf),
    sliceWords.entries(register.name, rows.length, register.measure),
    ...sessions.map(({ label, counts, beyond }) =>
      sliceWords.counts({
        label,
        owed: owedCount(counts),
        in: inCount(counts),
        beyond: bounded ? beyond : null,
        exempt: counts.exempt,
        missing: counts.missing,
      }),
    ),
    ...(sessions.length === 0 ? [sliceWords.nothingYet] : []),
    ...(county.meta(sliceOn(sliceId, before)) === 'skipped' ? [sliceWords.skipped(before)] : []),
    sliceWords.private,
  ].join('\n');
}
