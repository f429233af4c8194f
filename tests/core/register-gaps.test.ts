import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverChain, coveredBy } from '../../src/core/register/cover.ts';
import { countGaps, findGaps, type Gap, gapsByChild } from '../../src/core/register/gaps.ts';
import { RosterView } from '../../src/core/roster/view.ts';
import type { UnitId, UnitRow } from '../../src/core/rows/index.ts';
import { HOUSEHOLD, registerCounty } from '../support/register-county.ts';
import { DAY } from '../support/roster-county.ts';

const HEAD = '村,网格,编号,户主,包户人';
const table = (...rows: string[]): string => [HEAD, ...rows].join('\n');

function gapsOf(county: ReturnType<typeof registerCounty>, unit: string, view: RosterView = county.view): Gap[] {
  const { entries, rows } = county;
  const facts = { registers: { household: HOUSEHOLD.register }, entries, view, units: () => rows.unit };
  return findGaps(facts, county.unit(unit));
}

const told = (county: ReturnType<typeof registerCounty>, gaps: readonly Gap[]): string[] =>
  gaps.map((gap) => {
    const unit = county.view.path(gap.unitId);
    return gap.kind === 'uncovered' ? `${unit} ${gap.entry.name} ${gap.why}` : `${unit} ${gap.kind}`;
  });

describe('coverage gaps', () => {
  it('are grids without anybody, grids without a household, and households that nobody covers', () => {
    const county = registerCounty(HOUSEHOLD, { 李副: {}, 钱二: { deputy: '钱副' } });
    county.imported(
      table(
        '福山地村,一网格,1,甲,张三',
        '福山地村,一网格,2,乙,',
        '福山地村,一网格,3,丙,李副',
        '福山地村,一网格,4,丁,钱二',
        '大新庄村,一网格,1,戊,吴六',
      ),
    );
    expect(told(county, gapsOf(county, '福山地村'))).toEqual([
      '林东镇/福山地村/一网格 乙 nobody',
      '林东镇/福山地村/一网格 丙 away',
      '林东镇/福山地村/二网格 empty',
      '林东镇/福山地村/三网格 empty',
    ]);
    expect(told(county, gapsOf(county, '大新庄村'))).toEqual(['林东镇/大新庄村/四网格 empty']);
    expect(told(county, gapsOf(county, '碧流台镇'))).toEqual(['碧流台镇/十三号村/一网格 empty']);
  });

  it('are grids without anybody alone while no register is kept', () => {
    const county = registerCounty();
    const without = county.rows.holding.filter(({ personId }) => personId !== county.person('吴六'));
    const view = RosterView.on(DAY, { ...county.rows, holding: without });
    expect(told(county, gapsOf(county, '巴林左旗', view))).toEqual(['林东镇/大新庄村/四网格 vacant']);
  });

  it('are a cover who has no post any more, and entries whose grid is no more', () => {
    const county = registerCounty();
    county.imported(table('福山地村,一网格,1,甲,李四', '福山地村,二网格,1,乙,张三'));
    const ended = county.unit('福山地村/二网格');
    const unit = county.rows.unit.map((each): UnitRow => (each.id === ended ? { ...each, until: DAY } : each));
    const view = RosterView.on(DAY, { ...county.rows, unit });
    expect(told(county, gapsOf(county, '福山地村', view))).toEqual([
      '林东镇/福山地村 乙 moved',
      '林东镇/福山地村/一网格 甲 gone',
      '林东镇/福山地村/三网格 empty',
    ]);
  });

  it('add up level by level', () => {
    const grid = fc.constantFrom('福山地村,一网格', '福山地村,三网格', '大新庄村,一网格', '十三号村,一网格');
    const cover = fc.constantFrom('', '李四', '周五', '郑七');
    const rows = fc.array(fc.tuple(grid, cover), { maxLength: 20 });
    fc.assert(
      fc.property(rows, (made) => {
        const county = registerCounty(HOUSEHOLD, { 周五: {} });
        if (made.length > 0) {
          county.imported(table(...made.map(([where, who], at) => `${where},${at + 1},户${at + 1},${who}`)));
        }
        const { view } = county;
        const check = (id: UnitId): void => {
          const gaps = gapsOf(county, view.path(id));
          const groups = gapsByChild(gaps, view, id);
          const below = view.children(id).map((child) => countGaps(gapsOf(county, view.path(child.id))));
          const own = countGaps(groups.get(id) ?? []);
          for (const kind of ['vacant', 'empty', 'uncovered'] as const) {
            const sum = below.reduce((total, counts) => total + counts[kind], own[kind]);
            expect([view.path(id), kind, sum]).toEqual([view.path(id), kind, countGaps(gaps)[kind]]);
          }
          for (const child of view.children(id)) {
            expect(countGaps(groups.get(child.id) ?? [])).toEqual(countGaps(gapsOf(county, view.path(child.id))));
            check(child.id);
          }
        };
        check(county.unit('巴林左旗'));
      }),
      { numRuns: 30 },
    );
  });
});

describe('who covers whom', () => {
  it('goes from the cover of a household up to the county, to the staff where a grid has no head', () => {
    const county = registerCounty();
    county.imported(table('福山地村,三网格,1,甲,李四'));
    const [entry] = county.entries.of('household');
    if (!entry) throw new Error('no entry');
    const { cover, levels } = coverChain(county.view, entry);
    expect([cover?.person.name, cover?.state]).toEqual(['李四', { is: 'there' }]);
    expect(levels.map(({ unit, heads }) => [unit.name, ...heads.map(({ name }) => name)])).toEqual([
      ['三网格', '王员'],
      ['福山地村', '孙三'],
      ['林东镇', '钱二'],
      ['巴林左旗', '赵一'],
    ]);
  });

  it('names who stands in for a cover on leave, and those whose titles say that they look after a unit', () => {
    const county = registerCounty(HOUSEHOLD, { 李四: { deputy: '李副' } });
    county.imported(table('福山地村,一网格,1,甲,李四'));
    for (const post of county.rows.post) if (post.title === '文书') post.title = '包村干部';
    const [entry] = county.entries.of('household');
    if (!entry) throw new Error('no entry');
    const view = RosterView.on(DAY, county.rows);
    const { cover, levels } = coverChain(view, entry);
    expect(cover?.state).toMatchObject({ is: 'away', standIn: { name: '李副' } });
    expect(levels[1]?.charged.map(({ person, title }) => [title, person.name])).toEqual([['包村干部', '孙文']]);
  });

  it('is, for a person, the entries they cover today by their places and numbers', () => {
    const county = registerCounty();
    county.imported(table('福山地村,一网格,10,甲,李四', '福山地村,一网格,9,乙,李四', '福山地村,二网格,1,丙,李四'), DAY);
    county.imported(table('福山地村,二网格,2,丁,李四'));
    const found = coveredBy(county.view, county.entries, county.person('李四'));
    expect(found.map(({ number, name }) => `${number}${name}`).sort()).toEqual(['10甲', '2丁', '9乙']);
    expect(found.findIndex(({ name }) => name === '乙')).toBeLessThan(found.findIndex(({ name }) => name === '甲'));
  });
});
