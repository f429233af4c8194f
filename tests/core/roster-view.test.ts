import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadOrder, type RosterRows, RosterView, rankOf } from '../../src/core/roster/view.ts';
import type { LeaveRow, PersonId, UnitId } from '../../src/core/rows.ts';
import { type CivilDate, startOfDay } from '../../src/core/time.ts';
import { sampleRoster } from '../../src/sample/county.ts';
import { imported, noRows, planOf } from '../support/roster.ts';

const DAY = '2026-11-21';

const ROSTER = [
  '巴林左旗,,,,书记,赵一,',
  '巴林左旗,林东镇,,,书记,钱二,',
  '巴林左旗,林东镇,,,副书记,钱副,',
  '巴林左旗,林东镇,福山地村,,主任,孙主,',
  '巴林左旗,林东镇,福山地村,,书记,孙三,',
  '巴林左旗,林东镇,福山地村,,副书记,孙副,',
  '巴林左旗,林东镇,福山地村,,文书,孙文,',
  '巴林左旗,林东镇,福山地村,一网格,网格长,张三,13800000001',
  '巴林左旗,林东镇,福山地村,二网格,网格长,李四,13800000002',
  '巴林左旗,林东镇,福山地村,二网格,副网格长,李副,',
  '巴林左旗,林东镇,福山地村,三网格,网格长,,',
  '巴林左旗,林东镇,福山地村,三网格,网格员,王员,',
  '巴林左旗,林东镇,大新庄村,,书记,周五,',
  '巴林左旗,林东镇,大新庄村,一网格,网格长,张三,13800000003',
  '巴林左旗,林东镇,大新庄村,四网格,网格长,吴六,',
  '巴林左旗,碧流台镇,,,书记,,',
  '巴林左旗,碧流台镇,十三号村,,书记,,',
  '巴林左旗,碧流台镇,十三号村,一网格,网格长,,',
  '巴林左旗,碧流台镇,十三号村,一网格,网格员,郑七,',
];

function setUp(leaves: Partial<Record<string, Partial<LeaveRow> & { deputy?: string }>> = {}, day: CivilDate = DAY) {
  const rows: RosterRows = imported(noRows(), planOf(...ROSTER), '2026-01-01');
  const plain = RosterView.on(DAY, rows);
  const person = (name: string): PersonId => {
    const [found, ...others] = plain.findPersons(name);
    if (found === undefined || others.length > 0) throw new Error(`${name} names ${others.length} people`);
    return found.id;
  };
  const unit = (name: string): UnitId => {
    const [found, ...others] = plain.findUnits(name);
    if (found === undefined || others.length > 0) throw new Error(`${name} names ${others.length} units`);
    return found.id;
  };
  rows.leave = Object.entries(leaves).map(([name, leave], at) => ({
    id: `leave${at}`,
    personId: person(name),
    deputyId: leave?.deputy === undefined ? null : person(leave.deputy),
    fromDay: leave?.fromDay ?? DAY,
    toDay: leave?.toDay ?? DAY,
    saidAt: leave?.saidAt ?? at,
    endedAt: leave?.endedAt ?? null,
  }));
  const view = RosterView.on(day, rows);
  const acts = (name: string, reachable?: (id: PersonId) => boolean) => {
    const { personIds, unitId, via } = view.whoActs(unit(name), reachable);
    return { who: personIds.map((id) => view.personLabel(id)), at: view.path(unitId), via };
  };
  return { rows, view, person, unit, acts };
}

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
    for (const name of ['九网格', '大新/庄村一网格', '林东镇/一网格', '', '/', '@', 'constructor', '__proto__']) {
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

describe('leave', () => {
  it('holds from the first to the last day, both included', () => {
    const leave = { 张三: { fromDay: '2026-11-22', toDay: '2026-11-24' } } as const;
    const one = { '张三@福山地村': leave.张三 };
    const away = (day: CivilDate) => {
      const { view, person } = setUp(one, day);
      return view.awayOn(person('张三@福山地村')) !== null;
    };
    expect((['2026-11-21', '2026-11-22', '2026-11-24', '2026-11-25'] as const).map(away)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('that was taken back counts for the days before, and no more from that day on', () => {
    const leave = {
      李四: { fromDay: '2026-11-20', toDay: '2026-11-24', endedAt: startOfDay('2026-11-22') + 1 },
    } as const;
    expect(setUp(leave, '2026-11-21').acts('二网格').via).toBe('deputy');
    expect(setUp(leave, '2026-11-22').acts('二网格').via).toBe('lead');
  });

  it('said last is the one that counts', () => {
    const { rows, person, view } = setUp({ 李四: { deputy: '吴六', saidAt: 5 } });
    const earlier = rows.leave.map((row) => ({ ...row, id: 'other', deputyId: person('郑七'), saidAt: 1 }));
    const both = RosterView.on(DAY, { ...rows, leave: [...rows.leave, ...earlier] });
    expect(both.awayOn(person('李四'))).toEqual(view.awayOn(person('李四')));
    expect(both.deputizedBy(person('郑七'))).toEqual([]);
  });

  it('shows a deputy the units they stand in for', () => {
    const { view, person, unit } = setUp({ 李四: { deputy: '吴六' } });
    expect(view.deputizedBy(person('吴六')).map((entry) => entry.unit.id)).toEqual([unit('二网格')]);
    expect(view.deputizedBy(person('李四'))).toEqual([]);
  });
});

describe('who takes a step', () => {
  it('is the head, in a village the secretary before other heads', () => {
    const { acts } = setUp();
    expect(acts('二网格')).toEqual({ who: ['李四'], at: '林东镇/福山地村/二网格', via: 'lead' });
    expect(acts('福山地村').who).toEqual(['孙三']);
    expect(acts('巴林左旗').who).toEqual(['赵一']);
  });

  it('is whom a head on leave named, if that one is there', () => {
    expect(setUp({ 李四: { deputy: '吴六' } }).acts('二网格')).toEqual({
      who: ['吴六'],
      at: '林东镇/福山地村/二网格',
      via: 'leave-deputy',
    });
    expect(setUp({ 李四: { deputy: '吴六' }, 吴六: {} }).acts('二网格')).toEqual({
      who: ['李副'],
      at: '林东镇/福山地村/二网格',
      via: 'deputy',
    });
  });

  it('is the next head, then the deputy, then the level above while the secretary is away', () => {
    expect(setUp({ 孙三: {} }).acts('福山地村')).toMatchObject({ who: ['孙主'], via: 'lead' });
    expect(setUp({ 孙三: {}, 孙主: {} }).acts('福山地村')).toMatchObject({ who: ['孙副'], via: 'deputy' });
    expect(setUp({ 孙三: {}, 孙主: {}, 孙副: {} }).acts('福山地村')).toEqual({
      who: ['钱二'],
      at: '林东镇',
      via: 'above',
    });
  });

  it("is a grid's staff while it has neither head nor deputy, and then the village's secretary", () => {
    expect(setUp().acts('三网格')).toMatchObject({ who: ['王员'], via: 'deputy' });
    expect(setUp({ 王员: {} }).acts('三网格')).toEqual({ who: ['孙三'], at: '林东镇/福山地村', via: 'above' });
  });

  it('climbs over vacant levels to the county', () => {
    expect(setUp({ 郑七: {} }).acts('十三号村一网格')).toEqual({ who: ['赵一'], at: '巴林左旗', via: 'above' });
  });

  it('is nobody when the county has nobody either', () => {
    expect(setUp({ 赵一: {} }).acts('碧流台镇')).toEqual({ who: [], at: '碧流台镇', via: 'none' });
  });

  it('passes over who cannot be reached as over who is on leave', () => {
    const { acts, person } = setUp();
    expect(acts('二网格', (id) => id !== person('李四'))).toMatchObject({ who: ['李副'], via: 'deputy' });
    expect(acts('二网格', () => false)).toMatchObject({ who: [], via: 'none' });
  });

  it('is all heads of one order together, those on leave through whom they named', () => {
    const plan = planOf(
      '甲县,乙镇,丙村,一网格,网格长,张三,',
      '甲县,乙镇,丙村,一网格,网格长,李四,',
      '甲县,乙镇,丙村,二网格,网格长,王五,',
    );
    const rows = imported(noRows(), plan, '2026-01-01');
    const id = (name: string) => RosterView.on(DAY, rows).findPersons(name)[0]?.id ?? '';
    const days = { fromDay: DAY, toDay: DAY, saidAt: 0, endedAt: null } as const;
    const grid = rows.unit.find(({ name }) => name === '一网格')?.id ?? '';
    expect(RosterView.on(DAY, rows).whoActs(grid).personIds).toEqual([id('张三'), id('李四')]);
    const leave = [{ id: 'l', personId: id('张三'), deputyId: id('王五'), ...days }];
    const view = RosterView.on(DAY, { ...rows, leave });
    expect(view.whoActs(grid)).toEqual({ personIds: [id('李四'), id('王五')], unitId: grid, via: 'lead' });
  });

  it('is never somebody on leave or out of reach, whoever is away', () => {
    const names = ['赵一', '钱二', '钱副', '孙主', '孙三', '孙副', '李四', '李副', '王员', '周五', '吴六', '郑七'];
    const leave = fc.record({
      who: fc.constantFrom(...names),
      deputy: fc.option(fc.constantFrom(...names), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(leave), fc.uniqueArray(fc.constantFrom(...names)), (leaves, lost) => {
        const { view, person } = setUp(
          Object.fromEntries(leaves.map(({ who, deputy }) => [who, deputy === undefined ? {} : { deputy }])),
        );
        const gone = new Set(lost.map(person));
        for (const { id } of view.units('grid')) {
          const acting = view.whoActs(id, (each) => !gone.has(each));
          expect(acting.via === 'none').toBe(acting.personIds.length === 0);
          for (const each of acting.personIds) {
            expect(view.awayOn(each)).toBeNull();
            expect(gone.has(each)).toBe(false);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('who may report for a grid', () => {
  it('are its own people, who stands in for them, and the heads and deputies above', () => {
    const { view, person, unit } = setUp({ 李四: { deputy: '吴六' }, 钱二: { deputy: '郑七' } });
    const right = (name: string, grid: string) => view.mayReportFor(person(name), unit(grid));
    expect(right('李四', '二网格')).toBe('own');
    expect(right('李副', '二网格')).toBe('own');
    expect(right('王员', '三网格')).toBe('own');
    expect(right('吴六', '二网格')).toBe('deputy');
    expect(right('孙三', '二网格')).toBe('above');
    expect(right('孙副', '二网格')).toBe('above');
    expect(right('郑七', '二网格')).toBe('above');
    expect(right('赵一', '四网格')).toBe('above');
    expect(right('孙文', '二网格')).toBeNull();
    expect(right('孙三', '四网格')).toBeNull();
    expect(right('李四', '三网格')).toBeNull();
    expect(view.mayReportFor('nobody', unit('二网格'))).toBeNull();
  });

  it('does not let a deputy speak once the leave is over', () => {
    const { view, person, unit } = setUp({ 李四: { deputy: '吴六' } }, '2026-11-22');
    expect(view.mayReportFor(person('吴六'), unit('二网格'))).toBeNull();
  });

  it('knows who leads a unit: its heads, deputies and who stands in for them', () => {
    const { view, person, unit } = setUp({ 孙三: { deputy: '吴六' } });
    expect(
      ['孙三', '孙主', '孙副', '吴六', '孙文', '钱二'].map((name) => view.leads(person(name), unit('福山地村'))),
    ).toEqual([true, true, true, true, false, false]);
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
