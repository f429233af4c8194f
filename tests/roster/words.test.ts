import { describe, expect, it } from 'vitest';
import { planImport } from '../../src/core/roster/diff.ts';
import { readRosterTable } from '../../src/core/roster/table.ts';
import {
  rosterChangeLines,
  rosterFileErrorText,
  rosterOrderText,
  rosterProblemText,
} from '../../src/locales/roster.ts';
import { counter, HEADER, imported, noRows, planOf, sheet } from '../support/roster.ts';

function said(...lines: string[]): string[] {
  const reading = readRosterTable(sheet(...lines));
  return reading.ok ? [] : reading.problems.map(rosterProblemText);
}

describe('what is said about a wrong roster', () => {
  it('names the row, what is wrong and what to do', () => {
    expect(said(HEADER, '巴林左旗,,福山地村,,,孙三,138', '甲县,,,,书记,=1,')).toEqual([
      '第 2 行:“乡镇”是空的,请填上它的名称',
      '第 2 行:职务是空的,请填写,例如 网格长',
      '第 2 行:电话“138”不像完整的号码,请填 11 位手机号,或留空',
      '第 3 行:这里写的是“甲县”,第 2 行写的是“巴林左旗”;一份花名册只写一个县',
      '第 3 行:“=1”开头的符号会被表格当成公式,请去掉',
    ]);
    expect(said('县,乡镇,村,网格,姓名,血型', '甲县,,,,赵一,')).toEqual([
      '第 1 行:表头“血型”(第 6 列)不在花名册的列里,请改名或删去这一列',
      '第 1 行:表头缺少“职务”一列,请补上',
    ]);
  });

  it('shows no more of a long or hostile cell than it needs to', () => {
    const [text = ''] = said(HEADER, `甲县,,,,书记,赵一,${'9'.repeat(5000)}`);
    expect(text.length).toBeLessThan(100);
  });

  it('says why a file cannot be read and where', () => {
    expect(rosterFileErrorText('old-excel')).toContain('另存为 xlsx');
    expect(rosterFileErrorText('corrupt', 3)).toMatch(/^第 3 行附近:/);
    expect(rosterOrderText('2026-12-01')).toContain('12月1日');
  });
});

describe('what is said before an import', () => {
  const newId = counter();
  const rows = imported(
    noRows(),
    planOf('甲县,,,,书记,赵一,13800000001', '甲县,乙镇,,,书记,钱二,', '甲县,丙镇,,,书记,孙三,'),
    '2026-01-01',
    newId,
  );
  const lines = (limit?: number, ...plan: string[]) =>
    rosterChangeLines(planImport(rows, planOf(...plan), { effective: '2026-11-21', newId }), limit);

  it('is one line of counts and a line for each change, removals first', () => {
    expect(lines(40, '甲县,,,,书记,赵一,13800000002', '甲县,乙镇,,,书记,,', '甲县,丁镇,,,镇长,周六,')).toEqual([
      '11月21日 起生效:新增单位 1,撤销单位 1,新增岗位 1,撤销岗位 1,换人 1,换号 1',
      '撤销 丙镇',
      '换人 乙镇 书记:钱二 → 空缺',
      '撤销岗位 丙镇 书记:孙三',
      '换号 甲县 赵一:尾号 0001 → 尾号 0002',
      '新增 丁镇',
      '新增岗位 丁镇 镇长:周六',
    ]);
  });

  it('says how many changes a long list leaves out', () => {
    expect(lines(1, '甲县,,,,书记,赵一,').slice(1)).toEqual(['撤销 乙镇', '还有 3 处变动没有列出']);
  });

  it('says so when there is nothing to change', () => {
    expect(lines(40, '甲县,,,,书记,赵一,', '甲县,乙镇,,,书记,钱二,', '甲县,丙镇,,,书记,孙三,')).toEqual([
      '与现有花名册一致,没有变动',
    ]);
  });
});
