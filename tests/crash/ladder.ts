/** Whether what a file holds of the ladder is right: its steps, the notices they made, and the gaps those have shown. */
import type { Form } from '../../src/core/playbook/index.ts';
import { HOUR, type Instant, startOfDay } from '../../src/core/time.ts';
import { type Account, listed } from './autopsy.ts';
import { incompleteUnits } from './model.ts';
import { COUNTY_ID, parents } from './people.ts';
import type { NoticeRow, Remains } from './remains.ts';

/** Whatever has been read in groups. */
export interface Readers {
  /** What each table of a day showed as incomplete in a unit's group, the latest last. */
  shown: (day: string, unit: string) => readonly (readonly string[])[];
  /** Which units a unit's group was told to be complete at last. */
  completed: (day: string, unit: string) => ReadonlySet<string>;
}

export interface LadderExpectation {
  form: Form;
  grids: number;
  now: Instant;
  /** When the first period was opened. */
  since: Instant;
  readers: Readers;
  /** Nothing waits any more. */
  isQuiet: boolean;
}

/** How long after its moment a step is still taken. */
const GRACE = HOUR;
/** What the bot says by itself. */
const KINDS = ['reminder', 'table', 'madeGood'];
const LEVEL_OF: Readonly<Record<string, string>> = { c: 'county', t: 'township', v: 'village' };
const levelOf = (unit: string): string => LEVEL_OF[unit.charAt(0)] ?? 'grid';

export function ladderFaults(remains: Remains, account: Account, expectation: LadderExpectation): string[] {
  return [
    ...slotFaults(remains, account, expectation),
    ...noticeFaults(remains, expectation),
    ...gapFaults(remains, account, expectation),
    ...completionFaults(remains, account, expectation),
  ];
}

/** Each step is decided once, when it is due: taken, or skipped when it is too late for it. */
function slotFaults(
  { slots }: Remains,
  { world: { days } }: Account,
  { form, now, since, isQuiet }: LadderExpectation,
): string[] {
  const steps = days.flatMap((day) =>
    form.ladder.map((step) => ({ id: slotOf(day, step), dueAt: startOfDay(day) + step.at })),
  );
  const dueAt = new Map(steps.map(({ id, dueAt: at }) => [id, at]));
  const outcome = (due: Instant, decidedAt: Instant): string => (decidedAt - due <= GRACE ? 'fired' : 'skipped');
  const decided = new Set(slots.map(({ id }) => id));
  return [
    ...listed(
      'steps decided that nobody has planned',
      [...decided].filter((id) => !dueAt.has(id)),
    ),
    ...listed(
      'steps decided wrongly',
      slots.flatMap((slot) => {
        const due = dueAt.get(slot.id) ?? slot.dueAt;
        const isRight =
          slot.dueAt === due &&
          slot.decidedAt >= due &&
          slot.decidedAt <= now &&
          slot.outcome === outcome(due, slot.decidedAt);
        return isRight ? [] : `${slot.id} ${slot.outcome} ${slot.decidedAt - due} ms after its moment`;
      }),
    ),
    ...listed(
      'steps never decided',
      isQuiet
        ? steps.flatMap((step) => (step.dueAt < since || step.dueAt > now || decided.has(step.id) ? [] : step.id))
        : [],
    ),
  ];
}

/** `daily@2026-11-23#17:45-remind-village` */
function slotOf(day: string, { at, do: what, in: level }: Form['ladder'][number]): string {
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  return `daily@${day}#${two(at / HOUR)}:${two((at % HOUR) / (HOUR / 60))}-${what}-${level}`;
}

/** Each step that was taken has one notice for each group of its level, and nothing else says anything by itself. */
function noticeFaults({ slots, notices }: Remains, { grids, isQuiet }: LadderExpectation): string[] {
  const above = parents(grids);
  const units = [...new Set([COUNTY_ID, ...above.values()])];
  const expected = new Map<string, number>();
  for (const { id, outcome } of slots) {
    const [, period = '', what = '', level = ''] = /^(.*)#[\d:]+-(remind|table)-(\w+)$/.exec(id) ?? [];
    if (outcome !== 'fired') continue;
    const kind = what === 'remind' ? 'reminder' : 'table';
    for (const unit of units.filter((each) => levelOf(each) === level)) bump(expected, `${kind} ${period} ${unit}`);
  }
  const found = new Map<string, number>();
  for (const notice of notices) if (notice.kind !== 'madeGood') bump(found, keyOf(notice));
  const keys = [...new Set([...expected.keys(), ...found.keys()])];
  const wrong = keys.filter((key) => expected.get(key) !== found.get(key));
  return [
    ...listed(
      'notices in another number than steps were taken',
      wrong.map((key) => `${key}: is ${found.get(key) ?? 0}, should be ${expected.get(key) ?? 0}`),
    ),
    ...listed(
      'notices of no kind',
      notices.filter(({ kind }) => !KINDS.includes(kind)).map(({ id }) => id),
    ),
    ...listed(
      'notices that go somewhere else',
      notices.filter(({ address, body }) => address !== JSON.stringify({ unit: body.unitId })).map(({ id }) => id),
    ),
    ...listed(
      'notices given up',
      notices.filter(({ state }) => state === 'dead').map(({ id }) => id),
    ),
    ...listed(
      'tables that were not sent',
      isQuiet ? notices.filter(({ kind, state }) => kind === 'table' && state !== 'sent').map(({ id }) => id) : [],
    ),
    ...listed(
      'notices that still wait',
      isQuiet ? notices.filter(({ state }) => state === 'pending' || state === 'sending').map(({ id }) => id) : [],
    ),
  ];
}

const keyOf = ({ kind, body }: NoticeRow): string => `${kind} ${body.periodId} ${body.unitId}`;
const bump = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** What a table has shown to be incomplete is remembered once that table is known to have arrived, and nothing else is. */
function gapFaults({ gaps, notices }: Remains, { world }: Account, { grids, readers }: LadderExpectation): string[] {
  const above = parents(grids);
  const known = new Set(gaps.map(({ periodId, unitId, rowUnitId }) => `${periodId} ${unitId} ${rowUnitId}`));
  const day = (periodId = ''): string => periodId.replace('daily@', '');
  return [
    ...listed('gaps that stand there twice', known.size < gaps.length ? gaps.map(({ id }) => id) : []),
    ...listed(
      'gaps that nobody was shown',
      gaps.flatMap(({ id, periodId, unitId, rowUnitId, shownAt }) => {
        const isSound =
          above.get(rowUnitId) === unitId &&
          world.days.some((each) => each === day(periodId) && shownAt >= world.times(each).dueAt) &&
          readers.shown(day(periodId), unitId).some((rows) => rows.includes(rowUnitId));
        return isSound ? [] : id;
      }),
    ),
    ...listed(
      'gaps that were shown and forgotten',
      notices.flatMap(({ kind, state, body: { periodId, unitId = '' } }) => {
        if (kind !== 'table' || state !== 'sent' || levelOf(unitId) === 'village') return [];
        const rows = readers.shown(day(periodId), unitId).at(-1);
        if (!rows) return [`${periodId} ${unitId}, which nobody has read`];
        return rows.map((row) => `${periodId} ${unitId} ${row}`).filter((key) => !known.has(key));
      }),
    ),
  ];
}

/** Whoever was shown a gap that is closed was told so, or is about to be. */
function completionFaults(
  { gaps, notices }: Remains,
  { outcomes, world }: Account,
  { readers }: LadderExpectation,
): string[] {
  const incomplete = incompleteUnits(outcomes, world);
  const underWay = new Set(
    notices.flatMap((notice) => (notice.kind === 'madeGood' && notice.state === 'pending' ? keyOf(notice) : [])),
  );
  return listed(
    'closed gaps that nobody is told of',
    gaps.flatMap(({ id, periodId, unitId, rowUnitId, madeGoodAt }) => {
      const day = periodId.replace('daily@', '');
      if (madeGoodAt !== null) return readers.completed(day, unitId).has(rowUnitId) ? [] : id;
      return incomplete.has(`${day} ${rowUnitId}`) || underWay.has(`madeGood ${periodId} ${unitId}`) ? [] : id;
    }),
  );
}
