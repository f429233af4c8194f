/** What is wrong with the ladder of a file is seen: each kind of harm is done to a sound one. */
import { describe, expect, test } from 'vitest';
import type { GapRow, SlotRow } from '../../src/core/rows/index.ts';
import { HOUR, MINUTE, startOfDay } from '../../src/core/time.ts';
import { ladderFaults, type Readers } from './ladder.ts';
import type { NoticeRow, Remains } from './remains.ts';
import { accountFor, FORM, GRIDS, remainsOf } from './remains-made.ts';
import { DAY_SAID, saidOf } from './sayings.ts';
import type { Said } from './talk.ts';

const PERIOD = `daily@${DAY_SAID}`;
const at = (hours: number, minutes = 0): number => startOfDay(DAY_SAID) + hours * HOUR + minutes * MINUTE;

const slot = (id: string, dueAt: number, late = 0): SlotRow => ({
  id: `${PERIOD}#${id}`,
  dueAt,
  decidedAt: dueAt + late,
  outcome: late > HOUR ? 'skipped' : 'fired',
});
const SLOTS = [
  slot('17:00-remind-village', at(17), HOUR + 1),
  slot('17:45-remind-village', at(17, 45)),
  slot('18:00-table-village', at(18)),
  slot('18:30-table-township', at(18, 30)),
];

const notice = (kind: string, unit: string, id: string, state = 'sent'): NoticeRow => ({
  id,
  kind,
  address: JSON.stringify({ unit }),
  body: { periodId: PERIOD, unitId: unit },
  state,
});
const NOTICES = [notice('reminder', 'v0', 'r', 'dropped'), notice('table', 'v0', 't1'), notice('table', 't0', 't2')];

const GAP: GapRow = {
  id: 'gap',
  periodId: PERIOD,
  unitId: 't0',
  rowUnitId: 'v0',
  shownAt: at(18, 30),
  madeGoodAt: null,
};
const SHOWN: Readers = {
  shown: (_, unit) => (unit === 't0' ? [['v0']] : []),
  completed: () => new Set(),
};

function faults(change: Partial<Remains> = {}, readers: Partial<Readers> = {}, said: readonly Said[] = []): string {
  const remains = { ...remainsOf(said), slots: SLOTS, notices: NOTICES, gaps: [GAP], ...change };
  const expectation = { form: FORM, grids: GRIDS, now: at(19), since: at(16), isQuiet: true };
  return ladderFaults(remains, accountFor(remains), { ...expectation, readers: { ...SHOWN, ...readers } }).join('\n');
}

describe('a ladder', () => {
  test('is sound with each step decided, a notice for each group, and the gap that was shown', () => {
    expect(faults()).toBe('');
  });

  test('has a step that was decided too early, too late to be taken, or never', () => {
    const changed = (row: Partial<SlotRow>) =>
      faults({ slots: [{ ...(SLOTS[0] as SlotRow), ...row }, ...SLOTS.slice(1)] });
    expect(changed({ decidedAt: at(17) - 1 })).toContain('1 steps decided wrongly');
    expect(changed({ outcome: 'fired' })).toContain('1 steps decided wrongly');
    expect(changed({ id: `${PERIOD}#17:01-remind-village` })).toContain('1 steps decided that nobody has planned');
    expect(faults({ slots: SLOTS.slice(1) })).toContain('1 steps never decided');
  });

  test('has a notice too many, too few, of a step that was skipped, or to somebody else', () => {
    const more = notice('reminder', 'v0', 'another id');
    expect(faults({ notices: [...NOTICES, more] })).toContain(`reminder ${PERIOD} v0: is 2, should be 1`);
    expect(faults({ notices: NOTICES.slice(1) })).toContain(`reminder ${PERIOD} v0: is 0, should be 1`);
    const [first, ...others] = NOTICES as [NoticeRow, ...NoticeRow[]];
    expect(faults({ notices: [{ ...first, address: '{"unit":"t0"}' }, ...others] })).toContain('go somewhere else');
    expect(faults({ notices: [...NOTICES, notice('unreached', 't0', 'u')] })).toContain('1 notices of no kind: u');
  });

  test('has a table that was dropped, or something that waits for ever or was given up', () => {
    const withState = (state: string) =>
      faults({ notices: [...NOTICES.slice(0, 2), notice('table', 't0', 't2', state)] });
    expect(withState('dropped')).toContain('1 tables that were not sent: t2');
    expect(withState('pending')).toContain('1 notices that still wait: t2');
    expect(withState('dead')).toContain('1 notices given up: t2');
  });

  test('has forgotten a gap that was shown, or remembers one that was not', () => {
    expect(faults({ gaps: [] })).toContain(`1 gaps that were shown and forgotten: ${PERIOD} t0 v0`);
    expect(faults({}, { shown: () => [[]] })).toContain('1 gaps that nobody was shown: gap');
    expect(faults({ gaps: [{ ...GAP, shownAt: at(17, 59) }] })).toContain('1 gaps that nobody was shown: gap');
  });

  test('tells nobody of a gap that is closed, or says it did', () => {
    const all = [saidOf(0, 'report', 3), saidOf(1, 'report', 3)];
    expect(faults({}, {}, all)).toContain('1 closed gaps that nobody is told of: gap');
    const promised = [...NOTICES, notice('madeGood', 't0', 'm', 'pending')];
    expect(faults({ notices: promised }, {}, all)).not.toContain('closed gaps');
    const told = { gaps: [{ ...GAP, madeGoodAt: at(18, 40) }] };
    expect(faults(told, {}, all)).toContain('1 closed gaps that nobody is told of: gap');
    expect(faults(told, { completed: () => new Set(['v0']) }, all)).toBe('');
  });
});
