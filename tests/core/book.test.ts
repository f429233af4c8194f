import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeriodBook } from '../../src/core/book.ts';
import { standingOf } from '../../src/core/standing.ts';
import { count, countsOf, emptyTally, type Tally } from '../../src/core/tally.ts';
import { exemption, obligation, PERIOD, version } from './book-rows.ts';

const PATHS = ['甲镇/一村/1', '甲镇/一村/2', '甲镇/二村/1', '乙镇/三村/1', '乙镇/三村/2', '乙镇/三村/3'];

type Event =
  | { do: 'said'; at: number; path: string; kind: 'report' | 'withdrawal' | 'unparsed'; values: Record<string, number> }
  | { do: 'exempt'; path: string }
  | { do: 'repeat' };

const path = fc.constantFrom(...PATHS);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('said' as const),
      at: fc.integer({ min: 1, max: 1_999 }),
      path,
      kind: fc.constantFrom('report' as const, 'report' as const, 'withdrawal' as const, 'unparsed' as const),
      values: fc.dictionary(fc.constantFrom('abnormal', 'fever', 'returned'), fc.nat(9), { maxKeys: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exempt' as const), path }) },
  { weight: 1, arbitrary: fc.constant({ do: 'repeat' as const }) },
);

/** A book that has lived through all of it. */
function lived(events: readonly Event[]): PeriodBook {
  const book = new PeriodBook(PERIOD);
  for (const each of PATHS) book.addObligation(obligation(each), null);
  let last: () => void = () => undefined;
  events.forEach((each, at) => {
    if (each.do === 'said') {
      const row = version(`v${at}`, { subject: each.path, kind: each.kind, sentAt: each.at, values: each.values });
      last = () => book.addVersion(row);
    } else if (each.do === 'exempt') {
      const row = exemption(`x${at}`, each.path);
      last = () => book.exempt(each.path, row);
    }
    last();
  });
  return book;
}

/** The tally of what lies below a unit, counted anew. */
function recounted(book: PeriodBook, unitId: string): Tally {
  const tally = emptyTally();
  for (const each of PATHS) {
    const due = book.due(each);
    if (due?.obligation.chain.includes(unitId)) {
      count(tally, standingOf(PERIOD, due.versions, due.exemption), 1);
    }
  }
  return tally;
}

function sum(tallies: readonly Readonly<Tally>[]): Tally {
  const whole = emptyTally();
  for (const tally of tallies) {
    for (const key of ['expected', 'reported', 'late', 'exempt', 'missing'] as const) whole[key] += tally[key];
    for (const [field, { sum: value, given }] of tally.sums) {
      const known = whole.sums.get(field) ?? { sum: 0, given: 0 };
      whole.sums.set(field, { sum: known.sum + value, given: known.given + given });
    }
  }
  return whole;
}

describe('the book of a period', () => {
  it('tallies after any sequence of events what a recount from scratch gives', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const book = lived(events);
        for (const unit of book.units())
          expect([unit.id, book.tally(unit.id)]).toEqual([unit.id, recounted(book, unit.id)]);
      }),
      { numRuns: 200 },
    );
  });

  it('adds up: county = townships = villages = grids, in counts and in sums', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const book = lived(events);
        for (const depth of [1, 2, 3]) {
          expect(sum(book.unitsAt(depth).map(({ id }) => book.tally(id)))).toEqual(book.tally(''));
        }
        const { expected, reported, late, exempt, missing } = book.tally('');
        expect(reported + late + exempt + missing).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('tallies the same whoever owes at whatever level, and in whatever order it is told of it', () => {
    const owing = [...PATHS, '甲镇', '甲镇/一村', '乙镇/三村', '丙镇'];
    const told = fc.shuffledSubarray(owing);
    fc.assert(
      fc.property(told, told, fc.array(fc.constantFrom(...owing), { maxLength: 30 }), (first, later, reports) => {
        const book = new PeriodBook(PERIOD);
        for (const each of first) book.addObligation(obligation(each), null);
        reports.forEach((subject, at) => {
          book.addVersion(version(`v${at}`, { subject, sentAt: at, values: { abnormal: at, [`f${at % 3}`]: 1 } }));
        });
        for (const each of later) book.addObligation(obligation(each), null);
        reports.forEach((subject, at) => {
          book.addVersion(
            version(`w${at}`, { subject, sentAt: 900 + at, kind: at % 4 === 0 ? 'withdrawal' : 'report' }),
          );
        });
        const owed = owing.filter((each) => first.includes(each) || later.includes(each));
        for (const each of owed) {
          expect(book.due(each)?.obligation).toEqual(obligation(each));
          expect(book.chain(each)).toEqual(obligation(each).chain);
        }
        for (const { id, path: itsPath, parentId, children } of book.units()) {
          const tally = emptyTally();
          const below = owed.filter((each) => obligation(each).chain.includes(id));
          for (const each of below) {
            const due = book.due(each);
            if (due) count(tally, standingOf(PERIOD, due.versions, due.exemption), 1);
          }
          expect([id, book.tally(id)]).toEqual([id, tally]);
          expect([itsPath, parentId]).toEqual([id, id === '' ? null : id.split('/').slice(0, -1).join('/')]);
          for (const child of children) expect(book.unit(child)?.parentId).toBe(id);
        }
        for (const each of owing) expect(book.due(each) === undefined).toBe(!owed.includes(each));
      }),
      { numRuns: 150 },
    );
  });

  it('is the same filled at once as told one after the other', () => {
    const owing = [...PATHS, '甲镇', '甲镇/一村', '乙镇/三村', '丙镇'];
    const said = fc.record({
      subject: fc.constantFrom(...owing, '丁镇'),
      id: fc.nat(30),
      sentAt: fc.integer({ min: 1, max: 1_999 }),
      kind: fc.constantFrom('report' as const, 'report' as const, 'withdrawal' as const, 'unparsed' as const),
      values: fc.dictionary(fc.constantFrom('abnormal', 'fever'), fc.nat(9), { maxKeys: 2 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...owing), { maxLength: 15 }),
        fc.array(said, { maxLength: 30 }),
        fc.subarray(owing),
        (owed, messages, exempted) => {
          const versions = messages.map(({ id, ...more }) => version(`v${id}`, more));
          const exemptionOf = (id: string) => (exempted.includes(id) ? exemption(`x ${id}`, id) : null);
          const told = new PeriodBook(PERIOD);
          for (const each of owed) told.addObligation(obligation(each), exemptionOf(each));
          for (const each of versions) told.addVersion(each);
          const filled = new PeriodBook(PERIOD);
          filled.fill(owed.map(obligation), versions, exemptionOf);

          const seen = (book: PeriodBook) => ({
            size: book.size,
            units: [...book.units()].map(({ id, name, path: its, parentId }) => [id, name, its, parentId]),
            tallies: [...book.units()].map(({ id }) => [id, book.tally(id)]),
            dues: owing.map((each) => {
              const due = book.due(each);
              return due && [due.obligation, due.versions, due.exemption, due.standing];
            }),
          });
          expect(seen(filled)).toEqual(seen(told));
          // And it goes on as any other.
          for (const book of [filled, told]) {
            book.addObligation(obligation('丙镇/六村/1'), null);
            book.addVersion(version('late', { subject: '丙镇/六村/1', sentAt: 1_500 }));
          }
          expect(seen(filled)).toEqual(seen(told));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('freezes units with their names and whom they stand below, each after the one above it', () => {
    const book = lived([]);
    expect([...book.units()].map(({ id, parentId, name }) => [id, parentId, name]).slice(0, 4)).toEqual([
      ['', null, ''],
      ['甲镇', '', '甲镇'],
      ['甲镇/一村', '甲镇', '一村'],
      ['甲镇/一村/1', '甲镇/一村', '1'],
    ]);
    expect(book.duesBelow('甲镇/一村').map(({ obligation: { path: each } }) => each)).toEqual(PATHS.slice(0, 2));
    expect(book.duesBelow('甲镇')).toEqual([]);
  });

  it('counts nothing twice when a row is told again', () => {
    const book = lived([{ do: 'said', at: 500, path: '甲镇/一村/1', kind: 'report', values: { abnormal: 2 } }]);
    book.addObligation(obligation('甲镇/一村/1'), null);
    book.addVersion(version('v0', { subject: '甲镇/一村/1', values: { abnormal: 2 } }));
    expect(countsOf(book.tally(''))).toEqual({ expected: 6, reported: 1, late: 0, exempt: 0, missing: 5 });
    expect(book.tally('').sums.get('abnormal')).toEqual({ sum: 2, given: 1 });
  });

  it('passes over what concerns a grid that is not expected', () => {
    const book = lived([]);
    book.addVersion(version('v', { subject: '丙镇/九村/1' }));
    book.exempt('丙镇/九村/1', exemption('x'));
    expect(countsOf(book.tally(''))).toEqual({ expected: 6, reported: 0, late: 0, exempt: 0, missing: 6 });
    expect(countsOf(book.tally('丙镇'))).toEqual(countsOf(emptyTally()));
  });

  it('holds a gap open until it has been told that it is made good', () => {
    const book = lived([]);
    const gap = { id: 'g', periodId: PERIOD.id, unitId: '甲镇', rowUnitId: '甲镇/一村', shownAt: 1, madeGoodAt: null };
    book.addGap(gap);
    expect(book.openGaps('甲镇')).toEqual([gap]);
    expect(book.openGaps('乙镇')).toEqual([]);
    book.addGap({ ...gap, madeGoodAt: 5 });
    expect(book.openGaps('甲镇')).toEqual([]);
    expect(book.gap('甲镇', '甲镇/一村')?.madeGoodAt).toBe(5);
  });
});
