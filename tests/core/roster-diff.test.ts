import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planImport, RosterOrderError } from '../../src/core/roster/diff.ts';
import type { RosterPlan } from '../../src/core/roster/plan.ts';
import { readRosterTable } from '../../src/core/roster/table.ts';
import { type RosterRows, RosterView } from '../../src/core/roster/view.ts';
import type { UnitId } from '../../src/core/rows/index.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { applied, counter, HEADER, imported, noRows, planOf, sheet } from '../support/roster.ts';

const FIRST = '2026-01-01';
const LATER = '2026-11-21';

const A = [
  '甲县,,,,书记,赵一,',
  '甲县,乙镇,,,书记,钱二,',
  '甲县,乙镇,丙村,,书记,孙三,13900000001',
  '甲县,乙镇,丙村,一网格,网格长,张三,13800000001',
  '甲县,乙镇,丙村,二网格,网格长,李四,',
  '甲县,乙镇,丁村,一网格,网格长,,',
];

function change(before: readonly string[], after: readonly string[], effective: CivilDate = LATER) {
  const newId = counter();
  const rows = imported(noRows(), planOf(...before), FIRST, newId);
  const result = planImport(rows, planOf(...after), { effective, newId });
  const next = applied(rows, result);
  return { rows, result, next, view: RosterView.on(effective, next), newId };
}
const swap = (rows: readonly string[], from: string, to: string): string[] =>
  rows.map((row) => (row === from ? to : row));
const [COUNTY = '', TOWN = '', VILLAGE = '', ONE = '', TWO = '', DING = ''] = A;

/** The id of the only person of a name. */
function who(view: RosterView, name: string): string {
  const [person, ...more] = view.findPersons(name);
  if (person === undefined || more.length > 0) throw new Error(`${name}: ${more.length}`);
  return person.id;
}

describe('an import', () => {
  it('into nothing makes everything, parents first', () => {
    const { writes, counts } = planImport(noRows(), planOf(...A), { effective: FIRST, newId: counter() });
    expect(counts).toMatchObject({ unit: { added: 7 }, post: { added: 6 }, holder: { added: 0 } });
    const seen = new Set<string>();
    for (const { table, row } of writes) {
      if (table === 'unit') expect(row.parentId === null || seen.has(row.parentId)).toBe(true);
      if (table === 'holding') expect(seen.has(row.postId) && seen.has(row.personId)).toBe(true);
      seen.add(row.id);
    }
  });

  it('of the same list changes nothing, on the same day or later', () => {
    for (const day of [FIRST, LATER] as const) {
      const { result } = change(A, A, day);
      expect([result.writes, result.added, result.removed, result.changed]).toEqual([[], [], [], []]);
    }
  });

  it('of the same list with its rows in another order changes nothing', () => {
    expect(change(A, A.toReversed()).result.writes).toEqual([]);
  });

  it('ends the holding of a former holder and starts one for the new', () => {
    const { result, next, view, rows } = change(A, swap(A, TWO, '甲县,乙镇,丙村,二网格,网格长,王五,'));
    expect(result.changed).toEqual([
      { what: 'holder', path: '乙镇/丙村/二网格', title: '网格长', from: '李四', to: '王五' },
    ]);
    expect(result.counts.holder).toEqual({ added: 0, removed: 0, changed: 1 });
    expect(next.holding.filter(({ until }) => until !== null)).toEqual([{ ...rows.holding[4], until: LATER }]);
    expect(view.findPersons('李四')).toEqual([]);
    expect(RosterView.on('2026-11-20', next).gridsHeldBy(who(RosterView.on(FIRST, rows), '李四'))).toHaveLength(1);
    expect(next.person).toHaveLength(rows.person.length + 1);
  });

  it('fills and empties a post without touching the post', () => {
    const { result } = change(
      A,
      swap(swap(A, DING, `${DING.slice(0, -1)}周六,`), TWO, '甲县,乙镇,丙村,二网格,网格长,,'),
    );
    expect(result.added).toEqual([
      { what: 'holder', path: '乙镇/丁村/一网格', title: '网格长', from: null, to: '周六' },
    ]);
    expect(result.removed).toEqual([
      { what: 'holder', path: '乙镇/丙村/二网格', title: '网格长', from: '李四', to: null },
    ]);
    expect(result.writes.map(({ table }) => table).sort()).toEqual(['holding', 'holding', 'person']);
  });

  it('ends units that are no longer named with their posts and holdings, and deletes nothing', () => {
    const { result, next, view, rows } = change(A, [COUNTY, TOWN, VILLAGE, ONE]);
    expect(result.removed).toEqual([
      { what: 'unit', path: '乙镇/丙村/二网格', from: '二网格', to: null },
      { what: 'unit', path: '乙镇/丁村', from: '丁村', to: null },
      { what: 'unit', path: '乙镇/丁村/一网格', from: '一网格', to: null },
      { what: 'post', path: '乙镇/丙村/二网格', title: '网格长', from: '李四', to: null },
      { what: 'post', path: '乙镇/丁村/一网格', title: '网格长', from: null, to: null },
    ]);
    expect(view.findUnits('二网格')).toEqual([]);
    expect(next.unit.map(({ id }) => id)).toEqual(rows.unit.map(({ id }) => id));
    expect(next.holding).toHaveLength(rows.holding.length);
  });

  it('takes up again what ended on this very day, so that a wrong import can be put right', () => {
    const { rows, next, newId } = change(A, [COUNTY, TOWN, '甲县,乙镇,丙村,,书记,王五,']);
    const back = imported(next, planOf(...A), LATER, newId);
    expect(
      RosterView.on(LATER, back)
        .units('grid')
        .map(({ id }) => id),
    ).toEqual(
      RosterView.on(LATER, rows)
        .units('grid')
        .map(({ id }) => id),
    );
    expect(back.holding.filter(({ until }) => until === null)).toEqual(rows.holding);
    // The holder of a few hours stays on record although the range of days is empty.
    expect(back.holding.filter(({ until }) => until !== null)).toMatchObject([{ since: LATER, until: LATER }]);
  });

  it('makes a new unit of one that comes back after a time', () => {
    const { next, newId, view } = change(A, [COUNTY, TOWN, VILLAGE, ONE]);
    const back = RosterView.on('2026-12-01', imported(next, planOf(...A), '2026-12-01', newId));
    const [grid] = back.findUnits('丙村/二网格');
    expect(grid?.since).toBe('2026-12-01');
    expect(view.unit(grid?.id ?? '')).toBeUndefined();
  });

  it('pairs several posts of one title by their holders', () => {
    const row = (name: string) => `甲县,乙镇,丙村,一网格,网格员,${name},`;
    const { result } = change([row('张三'), row('李四'), row('王五')], [row('王五'), row('周六'), row('张三')]);
    expect(result.changed).toEqual([
      { what: 'holder', path: '乙镇/丙村/一网格', title: '网格员', from: '李四', to: '周六' },
    ]);
    expect(result.writes.filter(({ table }) => table === 'post')).toEqual([]);
    const fewer = change([row('张三'), row('李四')], [row('李四')]);
    expect(fewer.result.removed).toEqual([
      { what: 'post', path: '乙镇/丙村/一网格', title: '网格员', from: '张三', to: null },
    ]);
  });

  it('knows a unit and a title in another spelling', () => {
    expect(change(A, swap(A, ONE, ONE.replace('一网格', '１网格'))).result.writes).toEqual([]);
  });

  it('may not take effect before a change that is on record', () => {
    const { next, newId } = change(A, [COUNTY]);
    const early = () => planImport(next, planOf(...A), { effective: '2026-11-20', newId });
    expect(early).toThrow(RosterOrderError);
    expect(early).toThrow(expect.objectContaining({ latest: LATER }));
  });
});

describe('a person', () => {
  it('keeps who they are when they change posts within the village', () => {
    const { rows, view } = change(
      A,
      swap(swap(A, TWO, '甲县,乙镇,丙村,二网格,网格长,张三,'), ONE, '甲县,乙镇,丙村,一网格,网格长,李四,'),
    );
    const before = RosterView.on(FIRST, rows);
    expect(who(view, '李四')).toBe(who(before, '李四'));
    expect(who(view, '张三')).toBe(who(before, '张三'));
    expect(view.person(who(view, '张三'))?.phone).toBe('13800000001');
  });

  it('keeps who they are in another village when the number is the same, and not without a number', () => {
    const moved = change(
      A,
      swap(swap(A, ONE, '甲县,乙镇,丙村,一网格,网格长,,'), DING, '甲县,乙镇,丁村,一网格,网格长,张三,13800000001'),
    );
    expect(who(moved.view, '张三')).toBe(who(RosterView.on(FIRST, moved.rows), '张三'));
    const other = change(
      A,
      swap(swap(A, TWO, '甲县,乙镇,丙村,二网格,网格长,,'), DING, '甲县,乙镇,丁村,一网格,网格长,李四,'),
    );
    expect(who(other.view, '李四')).not.toBe(who(RosterView.on(FIRST, other.rows), '李四'));
  });

  it('keeps who they are when the number changes, and the change is told', () => {
    const { result, rows, view } = change(A, swap(A, ONE, ONE.replace('13800000001', '13800000009')));
    expect(result.changed).toEqual([
      { what: 'phone', path: '乙镇/丙村/一网格', name: '张三', from: '13800000001', to: '13800000009' },
    ]);
    expect(result.writes).toHaveLength(1);
    expect(who(view, '张三')).toBe(who(RosterView.on(FIRST, rows), '张三'));
  });

  it('is not forgotten by number because a list leaves the number out', () => {
    expect(change(A, swap(A, ONE, ONE.replace('13800000001', ''))).result.writes).toEqual([]);
  });

  it('who takes over the number of another is somebody else', () => {
    const { rows, view } = change(A, swap(A, ONE, ONE.replace('张三', '周六')));
    expect(who(view, '周六')).not.toBe(who(RosterView.on(FIRST, rows), '张三'));
  });

  it('holds a grid and a village post of one village as one, but shares nothing with a namesake of another number', () => {
    const zhang = '甲县,乙镇,丙村,,副书记,张三,';
    const one = RosterView.on(FIRST, imported(noRows(), planOf(...A, zhang), FIRST));
    expect(one.postsOf(who(one, '张三'))).toHaveLength(2);
    const two = RosterView.on(FIRST, imported(noRows(), planOf(...A, `${zhang}13800000007`), FIRST));
    expect(two.findPersons('张三')).toHaveLength(2);
  });

  it('above the villages is one only within the unit', () => {
    const rows = ['甲县,,,,书记,赵一,', '甲县,,,,主任,赵一,', '甲县,乙镇,,,书记,赵一,', '甲县,乙镇,丙村,,书记,赵一,'];
    expect(RosterView.on(FIRST, imported(noRows(), planOf(...rows), FIRST)).findPersons('赵一')).toHaveLength(3);
  });

  it('comes back into the village after a time without a post, unless the number says otherwise', () => {
    const gone = change(A, swap(A, ONE, '甲县,乙镇,丙村,一网格,网格长,,'));
    const back = (row: string) =>
      RosterView.on('2026-12-01', imported(gone.next, planOf(...A.toSpliced(3, 1, row)), '2026-12-01', gone.newId));
    const before = who(RosterView.on(FIRST, gone.rows), '张三');
    expect(who(back('甲县,乙镇,丙村,一网格,副网格长,张三,'), '张三')).toBe(before);
    expect(who(back('甲县,乙镇,丙村,一网格,网格长,张三,13800000008'), '张三')).not.toBe(before);
  });

  it('is never two people of a later list, nor two people one', () => {
    const both = ['甲县,乙镇,丙村,一网格,网格长,张三,13800000001', '甲县,乙镇,丁村,一网格,网格长,张三,13800000001'];
    const bare = both.map((row) => row.slice(0, -11));
    const ids = (view: RosterView) => view.findPersons('张三').map(({ id }) => id);
    const split = change(both, bare);
    expect(ids(RosterView.on(FIRST, split.rows))).toHaveLength(1);
    expect(ids(split.view)).toHaveLength(2);
    expect(ids(split.view)).toEqual(expect.arrayContaining(ids(RosterView.on(FIRST, split.rows))));
    const joined = change(bare, both);
    expect(ids(joined.view)).toEqual(ids(RosterView.on(FIRST, joined.rows)).slice(0, 1));
  });

  it('is not guessed among namesakes', () => {
    const two = [COUNTY, ONE, '甲县,乙镇,丙村,二网格,网格长,张三,13800000002'];
    const { view, rows } = change(two, [COUNTY, '甲县,乙镇,丙村,三网格,网格长,张三,']);
    const before = RosterView.on(FIRST, rows)
      .findPersons('张三')
      .map(({ id }) => id);
    expect(before).not.toContain(who(view, '张三'));
  });
});

describe('any two imports', () => {
  const pick = <T>(...values: T[]) => fc.constantFrom(...values);
  const place = fc.oneof(
    fc.constant(',,'),
    pick('乙镇', '戊镇').map((town) => `${town},,`),
    fc
      .tuple(pick('乙镇', '戊镇'), pick('丙村', '丁村'), pick('', '一网格', '二网格', '三网格'))
      .map((path) => path.join(',')),
  );
  const row = fc
    .tuple(
      place,
      pick('书记', '网格长', '网格员'),
      pick('', '张三', '李四', '王五', '周六'),
      pick('', '', '13800000001', '13800000002', '13800000003'),
    )
    .map(([path, title, name, phone]) => `甲县,${path},${title},${name},${name === '' ? '' : phone}`);
  /** Rows that a sheet can hold: those that would make it wrong are left out. */
  const plan = fc.array(row, { minLength: 1, maxLength: 14 }).map((lines): RosterPlan => {
    const good: string[] = [];
    for (const line of ['甲县,,,,书记,赵一,', ...lines]) {
      if (readRosterTable(sheet(HEADER, ...good, line)).ok) good.push(line);
    }
    return planOf(...good);
  });

  /** What a roster says on a day, without ids: each post with its holder, and who holds what else. */
  function told(rows: RosterRows, day: CivilDate): string[] {
    const view = RosterView.on(day, rows);
    const lines: string[] = [];
    const walk = (id: UnitId): void => {
      lines.push(`${view.unit(id)?.level} ${view.path(id)}`);
      for (const { post, holder } of view.posts(id)) {
        const posts = holder === null ? [] : view.postsOf(holder.id);
        const all = posts.map((held) => `${view.path(held.post.unitId)} ${held.post.title}`).sort();
        lines.push(`${view.path(id)} ${post.title} ${holder?.name ?? '-'} of ${all.join(', ')}`);
      }
      for (const child of view.children(id)) walk(child.id);
    };
    if (view.county !== null) walk(view.county.id);
    return lines.sort();
  }

  it('leave the days before as they were, and make the later day what the later list says', () => {
    fc.assert(
      fc.property(plan, plan, (a, b) => {
        const newId = counter();
        const before = imported(noRows(), a, FIRST, newId);
        const after = imported(before, b, LATER, newId);
        for (const day of [FIRST, '2026-11-20'] as const) expect(told(after, day)).toEqual(told(before, day));
        expect(told(after, LATER)).toEqual(told(imported(noRows(), b, LATER), LATER));
      }),
      { numRuns: 150 },
    );
  });

  it('do so however many went before them, on the same day or on others', () => {
    const days = ['2026-02-01', '2026-02-01', '2026-03-01', '2026-03-01', LATER] as const;
    fc.assert(
      fc.property(fc.array(plan, { minLength: 2, maxLength: 5 }), (plans) => {
        const newId = counter();
        let rows = noRows();
        let before: string[] = [];
        plans.forEach((each, at) => {
          const day = days[at] ?? LATER;
          rows = imported(rows, each, day, newId);
          if (at === 1) before = told(rows, day);
          expect(told(rows, day)).toEqual(told(imported(noRows(), each, day), day));
        });
        expect(told(rows, '2026-02-28')).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('can be repeated without effect, and undone on the same day', () => {
    fc.assert(
      fc.property(plan, plan, (a, b) => {
        const newId = counter();
        const before = imported(noRows(), a, FIRST, newId);
        const after = imported(before, b, LATER, newId);
        expect(planImport(after, b, { effective: LATER, newId }).writes).toEqual([]);
        expect(planImport(after, b, { effective: '2026-12-24', newId }).writes).toEqual([]);
        const undone = imported(after, a, LATER, newId);
        const ids = (rows: RosterRows) =>
          RosterView.on(LATER, rows)
            .units('grid')
            .map(({ id }) => id)
            .sort();
        expect(ids(undone)).toEqual(ids(before));
        expect(told(undone, LATER)).toEqual(told(before, LATER));
      }),
      { numRuns: 150 },
    );
  });

  it('never lose a row and never change when one began', () => {
    fc.assert(
      fc.property(plan, plan, (a, b) => {
        const newId = counter();
        const before = imported(noRows(), a, FIRST, newId);
        const after = imported(before, b, LATER, newId);
        for (const table of ['unit', 'post', 'holding'] as const) {
          const since = new Map(after[table].map((each) => [each.id, each.since]));
          for (const each of before[table]) expect(since.get(each.id)).toBe(each.since);
        }
      }),
      { numRuns: 60 },
    );
  });
});
