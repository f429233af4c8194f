import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RosterView } from '../../src/core/roster/view.ts';
import { type CivilDate, startOfDay } from '../../src/core/time.ts';
import { imported, noRows, planOf } from '../support/roster.ts';
import { DAY, setUp } from '../support/roster-county.ts';

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

  it('said last is the one that counts, in whatever order they are kept', () => {
    const { rows, person, view } = setUp({ 李四: { deputy: '吴六', saidAt: 5 } });
    const earlier = rows.leave.map((row) => ({ ...row, id: 'other', deputyId: person('郑七'), saidAt: 1 }));
    for (const leave of [
      [...rows.leave, ...earlier],
      [...earlier, ...rows.leave],
    ]) {
      const both = RosterView.on(DAY, { ...rows, leave });
      expect(both.awayOn(person('李四'))).toEqual(view.awayOn(person('李四')));
      expect(both.deputizedBy(person('郑七'))).toEqual([]);
    }
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
