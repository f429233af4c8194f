import { describe, expect, it } from 'vitest';
import { leadOrder, RosterView, rankOf } from '../../src/core/roster/view.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { sampleRoster } from '../../src/sample/county.ts';
import { imported, noRows, planOf } from '../support/roster.ts';
import { DAY, setUp } from '../support/roster-county.ts';

describe('the rank of a title', () => {
  it.each([
    ['书记', 'lead'],
    ['村党支部书记', 'lead'],
    ['村主任', 'lead'],
    ['镇长', 'lead'],
    ['苏木达', 'lead'],
    ['嘎查达', 'lead'],
    ['网格长', 'lead'],
    ['网格负责人', 'lead'],
    ['组长', 'lead'],
    ['联户长', 'lead'],
    ['副书记', 'deputy'],
    ['副网格长', 'deputy'],
    ['镇党委副书记', 'deputy'],
    ['网格员', 'staff'],
    ['联络员', 'staff'],
    ['文书', 'staff'],
    ['书记员', 'staff'],
    ['主任科员', 'staff'],
    ['网格长助理', 'staff'],
    ['', 'staff'],
  ])('%s is %s', (title, rank) => {
    expect(rankOf(title)).toBe(rank);
  });

  it('puts the secretary before a secretary sent from outside and before other heads', () => {
    expect(['网格员', '主任', '第一书记', '书记'].sort((a, b) => leadOrder(a) - leadOrder(b))).toEqual([
      '书记',
      '第一书记',
      '主任',
      '网格员',
    ]);
  });
});

describe('the chain of units', () => {
  it('knows what is above and below a unit', () => {
    const { view, unit } = setUp();
    const grid = unit('四网格');
    expect(view.county?.name).toBe('巴林左旗');
    expect(view.ancestors(grid).map(({ name }) => name)).toEqual(['巴林左旗', '林东镇', '大新庄村']);
    expect(view.chain(grid)).toEqual([...view.ancestors(grid).map(({ id }) => id), grid]);
    expect(view.children(unit('福山地村')).map(({ name }) => name)).toEqual(['一网格', '二网格', '三网格']);
    expect(view.units('village').map(({ name }) => name)).toEqual(['福山地村', '大新庄村', '十三号村']);
    expect(view.path(grid)).toBe('林东镇/大新庄村/四网格');
    expect(view.path(unit('巴林左旗'))).toBe('巴林左旗');
  });

  it('counts a unit as within itself and within all above it, and within nothing else', () => {
    const { view, unit } = setUp();
    expect(view.isWithin(unit('四网格'), unit('四网格'))).toBe(true);
    expect(view.isWithin(unit('四网格'), unit('林东镇'))).toBe(true);
    expect(view.isWithin(unit('四网格'), unit('福山地村'))).toBe(false);
    expect(view.isWithin(unit('林东镇'), unit('四网格'))).toBe(false);
    expect(view.isWithin('nowhere', unit('四网格'))).toBe(false);
  });

  it('answers for an unknown unit with nothing', () => {
    const { view } = setUp();
    expect([view.unit('x'), view.children('x'), view.chain('x'), view.path('x'), view.posts('x')]).toEqual([
      undefined,
      [],
      [],
      '',
      [],
    ]);
    expect(view.whoActs('x')).toEqual({ personIds: [], unitId: 'x', via: 'none' });
  });

  it('leaves out what has not begun, what has ended, and what hangs below it', () => {
    const { rows, unit } = setUp();
    const village = unit('福山地村');
    const ended = rows.unit.map((row) => (row.id === village ? { ...row, until: DAY as CivilDate } : row));
    const view = RosterView.on(DAY, { ...rows, unit: ended });
    expect(view.unit(village)).toBeUndefined();
    expect(view.findUnits('二网格')).toEqual([]);
    expect(view.findPersons('李四')).toEqual([]);
    expect(RosterView.on('2026-11-20', { ...rows, unit: ended }).unit(village)?.name).toBe('福山地村');
    expect(RosterView.on('2025-12-31', rows).county).toBeNull();
  });

  it('takes no harm from units that go round in a circle', () => {
    const { rows } = setUp();
    const base = { level: 'grid', since: '2026-01-01', until: null } as const;
    const circle = [
      { ...base, id: 'a', parentId: 'b', name: '甲' },
      { ...base, id: 'b', parentId: 'a', name: '乙' },
    ];
    const view = RosterView.on(DAY, { ...rows, unit: [...rows.unit, ...circle] });
    expect(view.findUnits('甲')).toEqual([]);
    expect(view.units('village')).toHaveLength(3);
  });
});

describe('finding units', () => {
  const paths = (name: string, below?: string) => {
    const { view, unit } = setUp();
    return view.findUnits(name, below === undefined ? undefined : unit(below)).map(({ id }) => view.path(id));
  };

  it('finds a unit by name, by path and by a glued path', () => {
    for (const name of [
      '大新庄村一网格',
      '大新庄村/一网格',
      '林东镇/大新庄村/一网格',
      '林东镇大新庄村一网格',
      '巴林左旗林东镇大新庄村一网格',
      '巴林左旗/林东镇/大新庄村/一网格',
      '大新庄村1网格',
      '大新庄村/１网格',
      '大新莊村／一網格',
    ]) {
      expect(paths(name), name).toEqual(['林东镇/大新庄村/一网格']);
    }
    expect(paths('碧流台镇/13号村')).toEqual(['碧流台镇/十三号村']);
    expect(paths('巴林左旗')).toEqual(['巴林左旗']);
  });

  it('looks below the given unit first and county-wide only when nothing is there', () => {
    expect(paths('一网格', '大新庄村')).toEqual(['林东镇/大新庄村/一网格']);
    expect(paths('3网格', '大新庄村')).toEqual(['林东镇/福山地村/三网格']);
    expect(paths('一网格', '林东镇')).toEqual(['林东镇/福山地村/一网格', '林东镇/大新庄村/一网格']);
    expect(paths('福山地村', '福山地村')).toEqual(['林东镇/福山地村']);
    expect(paths('一网格')).toHaveLength(3);
  });

  it('finds nothing for a name nobody has, a slash in the wrong place, or a step left out', () => {
    for (const name of [
      '九网格',
      '大新/庄村一网格',
      '林东镇/一网格',
      '巴林左旗一网格',
      '',
      '/',
      '@',
      'constructor',
      '__proto__',
    ]) {
      expect(paths(name), name).toEqual([]);
    }
  });

  it('labels every unit with words that find it again and no other', () => {
    const { view, unit } = setUp();
    expect(view.label(unit('四网格'))).toBe('四网格');
    expect(view.label(unit('大新庄村一网格'))).toBe('大新庄村/一网格');
    expect(view.label(unit('巴林左旗'))).toBe('巴林左旗');
    for (const level of ['county', 'township', 'village', 'grid'] as const) {
      for (const { id } of view.units(level))
        expect(view.findUnits(view.label(id)).map((each) => each.id)).toEqual([id]);
    }
  });

  it('tells a unit apart from one below it of the same name, from the county down if need be', () => {
    const plan = planOf('甲县,东风镇,东风镇,,书记,孙三,', '甲县,红旗镇,东风镇,,书记,李四,');
    const view = RosterView.on(DAY, imported(noRows(), plan, DAY));
    const labels = [...view.units('township'), ...view.units('village')].map(({ id }) => view.label(id));
    expect(labels).toEqual(['甲县/东风镇', '红旗镇', '东风镇/东风镇', '红旗镇/东风镇']);
    for (const label of labels) expect(view.findUnits(label).map(({ id }) => view.label(id))).toEqual([label]);
  });
});

describe('finding people', () => {
  it('tells two people of one name apart by a place', () => {
    const { view, unit } = setUp();
    const [first, second, ...more] = view.findPersons('张三');
    expect(more).toEqual([]);
    expect(view.findPersons('张三@福山地村')).toEqual([first]);
    expect(view.findPersons('張三＠大新庄村/一网格')).toEqual([second]);
    expect(view.findPersons('张三', unit('大新庄村'))).toEqual([second]);
    expect(view.findPersons('张三', unit('碧流台镇'))).toHaveLength(2);
    expect(view.personLabel(first?.id ?? '')).toBe('张三@福山地村');
    expect(view.personLabel(second?.id ?? '')).toBe('张三@大新庄村');
  });

  it('names a person of an unshared name by the name alone', () => {
    const { view, person } = setUp();
    expect(view.personLabel(person('李四'))).toBe('李四');
    expect(view.personLabel('nobody')).toBe('');
  });

  it('finds no stranger, and nobody at a place where they hold nothing', () => {
    const { view } = setUp();
    for (const name of ['王麻子', '李四@大新庄村', '李四@', '@福山地村', '李四@福山地村@林东镇']) {
      expect(view.findPersons(name), name).toEqual([]);
    }
  });

  it('finds a person once who holds several posts', () => {
    const plan = planOf(
      '甲县,乙镇,丙村,,书记,张三,',
      '甲县,乙镇,丙村,一网格,网格长,张三,',
      '甲县,乙镇,丙村,二网格,网格长,张三,',
    );
    const view = RosterView.on(DAY, imported(noRows(), plan, DAY));
    const [zhang, ...more] = view.findPersons('张三');
    expect(more).toEqual([]);
    expect(view.postsOf(zhang?.id ?? '')).toHaveLength(3);
    expect(view.gridsHeldBy(zhang?.id ?? '').map(({ name }) => name)).toEqual(['一网格', '二网格']);
    expect(view.unitsLedBy(zhang?.id ?? '').map(({ name }) => name)).toEqual(['丙村', '一网格', '二网格']);
  });

  it('labels each holder of a generated county so that the label finds only people of that name and place', () => {
    const rows = sampleRoster({ seed: 7, townships: 3, villagesPerTownship: 4, gridsPerVillage: 4 });
    const plan = planOf(...rows.slice(1).map((row) => row.join(',')));
    const view = RosterView.on(DAY, imported(noRows(), plan, DAY));
    for (const level of ['county', 'township', 'village', 'grid'] as const) {
      for (const { id } of view.units(level)) {
        for (const { holder } of view.posts(id)) {
          if (holder === null) continue;
          expect(view.findPersons(view.personLabel(holder.id))).toEqual([holder]);
        }
      }
    }
  });
});

describe('posts', () => {
  it('lists heads before deputies before staff, the secretary first', () => {
    const { view, unit } = setUp();
    expect(view.posts(unit('福山地村')).map(({ post, rank, holder }) => [post.title, rank, holder?.name])).toEqual([
      ['书记', 'lead', '孙三'],
      ['主任', 'lead', '孙主'],
      ['副书记', 'deputy', '孙副'],
      ['文书', 'staff', '孙文'],
    ]);
    expect(view.posts(unit('三网格')).map(({ holder }) => holder?.name ?? null)).toEqual([null, '王员']);
  });
});

describe('a post with two holdings on one day', () => {
  it('is held by who came last, in whatever order they are kept', () => {
    const { rows, person, unit } = setUp();
    const postId = rows.post.find(({ unitId }) => unitId === unit('四网格'))?.id ?? '';
    const newer = { id: 'newer', postId, personId: person('郑七'), since: '2026-11-01', until: null } as const;
    for (const holding of [
      [...rows.holding, newer],
      [newer, ...rows.holding],
    ]) {
      expect(RosterView.on(DAY, { ...rows, holding }).posts(unit('四网格'))[0]?.holder?.name).toBe('郑七');
    }
  });
});

describe('the size of a county', () => {
  it('indexes 1,400 grids in a moment and looks up without walking them', () => {
    const rows = sampleRoster({ seed: 1, townships: 16, villagesPerTownship: 15, gridsPerVillage: 1400 / 240 });
    const roster = imported(noRows(), planOf(...rows.slice(1).map((row) => row.join(','))), DAY);
    const began = performance.now();
    const view = RosterView.on(DAY, roster);
    expect(performance.now() - began).toBeLessThan(500);
    expect(view.units('grid')).toHaveLength(1400);
    const village = view.findUnits('福山地村')[0]?.id;
    const looked = performance.now();
    for (let i = 0; i < 10_000; i += 1) view.findUnits('三网格', village);
    expect(performance.now() - looked).toBeLessThan(1_000);
  });
});
