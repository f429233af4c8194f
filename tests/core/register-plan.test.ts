import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, readCell } from '../../src/core/register/table/cells.ts';
import { registerSheet } from '../../src/core/register/table/export.ts';
import { planRegister } from '../../src/core/register/table/plan.ts';
import { registerChangeLines, registerProblemText } from '../../src/locales/register.ts';
import { HOUSEHOLD, registerCounty, WATCHED } from '../support/register-county.ts';
import { DAY } from '../support/roster-county.ts';

const HEAD = '乡镇,村,网格,编号,户主,包户人,地址,人口,标签';
const ONE = '林东镇,福山地村,一网格';
const TWO = '林东镇,福山地村,二网格';
const table = (...rows: string[]): string => [HEAD, ...rows].join('\n');

/** What a table is refused for. */
function refusals(csv: string, county = registerCounty()): string[] {
  const result = county.plan(csv);
  return result.ok ? [] : result.problems.map(registerProblemText);
}

describe('a table of households', () => {
  it('is read whatever the order of its columns, below a title, with the words that offices use', () => {
    const county = registerCounty();
    county.imported(
      '2026年户台账,,,,\n户 号*,住址,户主姓名,网格,村(社区)\n12户,东头,张大爷,一网格,福山地村\n3-1,,李大娘,一网格,福山地村\n',
    );
    expect(county.held('福山地村/一网格')).toEqual(['3-1 李大娘', '12 张大爷']);
  });

  it('keeps what each field may hold, and nothing for a blank cell', () => {
    const county = registerCounty();
    county.imported(
      '网格,村,编号,户主,人口,户别,禁烧书,收入,签约,标签\n一网格,福山地村,1,张大爷,3人,空户,√,36.6000000000000,2026.11.20,低保、独居\n一网格,福山地村,2,李大娘,,,,,,\n',
    );
    const [one, two] = county.entries.of('household');
    expect(one?.values).toEqual({
      members: 3,
      kind: '空挂',
      smoke: true,
      income: 36.6,
      signed: '2026-11-20',
      tags: '低保、独居',
    });
    expect(two?.values).toEqual({});
  });

  it('numbers households that have no number, past those that have', () => {
    const county = registerCounty();
    county.imported(table(`${ONE},,甲,,,,`, `${ONE},2,乙,,,,`, `${ONE},,丙,,,,`, `${TWO},,丁,,,,`));
    expect(county.held('福山地村/一网格')).toEqual(['1 甲', '2 乙', '3 丙']);
    expect(county.held('福山地村/二网格')).toEqual(['1 丁']);
  });

  it('leaves everybody their number when a row without one comes in between', () => {
    const county = registerCounty();
    county.imported(table(`${ONE},,甲,,,,`, `${ONE},,乙,,,,`));
    const change = county.imported(table(`${ONE},,新,,,,`, `${ONE},,乙,,,,`, `${ONE},,甲,,,,`));
    expect(county.held('福山地村/一网格')).toEqual(['1 甲', '2 乙', '3 新']);
    expect(change.changes.map(({ kind }) => kind)).toEqual(['added']);
  });

  it('writes the signs that join paths in their full width', () => {
    const county = registerCounty();
    county.imported(table(`${ONE},1,张三/李四@东头,,,,`));
    expect(county.held('福山地村/一网格')).toEqual(['1 张三／李四＠东头']);
    expect(county.imported(table(`${ONE},1,张三/李四@东头,,,,`)).writes).toEqual([]);
  });

  it('passes over rows that name a unit and nothing in it, so that they end nothing', () => {
    const county = registerCounty();
    county.imported(table(`${ONE},1,甲,,,,`));
    expect(county.imported(table(`${ONE},,,,,,`, `${TWO},1,乙,,,,`)).changes.map(({ kind }) => kind)).toEqual([
      'added',
    ]);
  });

  it('finds who covers a household among those of its village first, or by a place', () => {
    const county = registerCounty();
    county.imported(
      table(
        `${ONE},1,甲,张三,,,`,
        `${ONE},2,乙,张三@大新庄村,,,`,
        `${ONE},3,丙,钱二,,,`,
        `${ONE},4,丁,空缺,,,`,
        `${ONE},5,戊,,,,`,
      ),
    );
    const covers = county.entries.of('household').map(({ coverId }) => coverId && county.view.personLabel(coverId));
    expect(covers).toEqual(['张三@福山地村', '张三@大新庄村', '钱二', null, null]);
  });
});

describe('importing a table again', () => {
  const FIRST = table(`${ONE},1,甲,张三,东头,3,低保`, `${ONE},2,乙,,,2,`, `${TWO},1,丙,李四,,,`);

  it('changes nothing when it is the same', () => {
    const county = registerCounty();
    expect(county.imported(FIRST).changes).toHaveLength(3);
    expect(county.imported(FIRST)).toMatchObject({ writes: [], same: 3 });
  });

  it('keeps the id of an entry that is changed, and notes what was', () => {
    const county = registerCounty();
    county.imported(FIRST);
    const [before] = county.entries.of('household');
    const change = county.imported(table(`${ONE},1,甲二,李四,东头,4,`, `${ONE},2,乙,,,2,`));
    const after = county.entries.get(before?.id ?? '');
    expect(after).toMatchObject({ name: '甲二', values: { address: '东头', members: 4, tags: '低保' } });
    expect(county.entries.events(before?.id ?? '').map(({ kind, values }) => [kind, values])).toEqual([
      ['imported', { address: '东头', members: 3, tags: '低保' }],
      ['imported', { members: 4 }],
    ]);
    expect(registerChangeLines(change, { register: county.target.register, view: county.view })).toEqual([
      '户台账 11月21日 起生效(表里有 1 个单位,别的不动):新增 0,更改 1,结束 0,不变 1',
      '更改 林东镇/福山地村/一网格 1户甲:甲 → 甲二,包户人 张三@福山地村 → 李四,人口 3 → 4',
    ]);
  });

  it('ends what is gone from a grid in the table, and leaves grids alone that are not in it', () => {
    const county = registerCounty();
    county.imported(FIRST, '2026-11-01');
    const change = county.imported(table(`${ONE},1,甲,,,,`));
    expect(change.changes.map(({ kind, after }) => [kind, after.name, after.until])).toEqual([['ended', '乙', DAY]]);
    expect(county.held('福山地村/二网格')).toEqual(['1 丙']);
  });

  it('takes up again what had ended, as if it had not when that was on the same day', () => {
    const county = registerCounty();
    county.imported(FIRST, '2026-11-01');
    const ids = county.entries.of('household').map(({ id }) => id);
    county.imported(table(`${ONE},1,甲,,,,`));
    county.imported(FIRST);
    expect(ids.map((id) => county.entries.get(id))).toEqual(
      ids.map((id) => expect.objectContaining({ id, since: '2026-11-01', until: null })),
    );
    expect(county.entries.of('household')).toHaveLength(3);
    county.imported(table(`${ONE},1,甲,,,,`));
    county.imported(FIRST, '2026-11-30');
    expect(county.entries.get(ids[1] ?? '')).toMatchObject({ since: '2026-11-30', until: null });
  });

  it('makes another household of the number of one that had ended under another name', () => {
    const county = registerCounty();
    county.imported(table(`${ONE},1,甲,,,,`, `${ONE},2,乙,,,,`), '2026-11-01');
    county.imported(table(`${ONE},1,甲,,,,`), '2026-11-10');
    county.imported(table(`${ONE},1,甲,,,,`, `${ONE},2,新来的,,,,`));
    expect(county.entries.of('household')).toHaveLength(3);
    expect(county.held('福山地村/一网格')).toEqual(['1 甲', '2 新来的']);
  });

  it('takes away what a table says there is none of', () => {
    const county = registerCounty();
    county.imported(FIRST);
    county.imported(table(`${ONE},1,甲,空缺,-,,`, `${ONE},2,乙,,,,`));
    const [entry] = county.entries.named('household', '甲', DAY);
    expect(entry).toMatchObject({ coverId: null, values: { members: 3, tags: '低保' } });
  });

  it('begins and ends on the day asked for', () => {
    const county = registerCounty();
    county.imported(table(`${ONE},1,甲,,,,`));
    county.imported(table(`${ONE},2,乙,,,,`), '2026-12-01');
    const inOrder = county.entries.inUnit('household', county.unit('福山地村/一网格'));
    expect(inOrder.map(({ since, until }) => [since, until])).toEqual([
      [DAY, '2026-12-01'],
      ['2026-12-01', null],
    ]);
  });
});

describe('a table of people who are watched for some days', () => {
  const head = '村,网格,姓名,类别,登记日期';

  it('knows them by their names, from the day on which they came', () => {
    const county = registerCounty(WATCHED);
    county.imported(`${head}\n福山地村,一网格,王小二,返乡,2026-11-15\n福山地村,一网格,赵小三,密接,\n`);
    expect(county.entries.of('watched').map(({ name, since, until }) => [name, since, until])).toEqual([
      ['王小二', '2026-11-15', '2026-11-29'],
      ['赵小三', DAY, '2026-12-05'],
    ]);
    expect(county.imported(`${head}\n福山地村,一网格,王 小二,,\n福山地村,一网格,赵小三,,\n`).writes).toEqual([]);
  });

  it('refuses those whose days are over, unless it is the table that took them in', () => {
    const csv = `${head}\n福山地村,一网格,王小二,返乡,2026-11-01\n`;
    expect(refusals(csv, registerCounty(WATCHED))).toEqual(['第 2 行:从 2026-11-01 算起 14 天已满,请删去这一行']);
    const county = registerCounty(WATCHED);
    county.imported(csv, '2026-11-10');
    expect(county.imported(csv).writes).toEqual([]);
  });

  it('asks for what a new entry needs', () => {
    expect(refusals(`${head}\n福山地村,一网格,王小二,,\n`, registerCounty(WATCHED))).toEqual([
      '第 2 行:“类别”是空的,新登记的请填上',
    ]);
  });
});

describe('what is wrong with a table', () => {
  it('is said all at once, with the rows and what to write', () => {
    expect(
      refusals(
        table(
          `${ONE},1,甲,张三丰,,,`,
          `${ONE},一,乙,,,,`,
          `林东镇,福山地村,,3,丙,,,,`,
          `林东镇,福山地村,九网格,4,丁,,,,`,
          `,,一网格,5,戊,,,,`,
          `${ONE},6,=甲,,,,`,
          `${ONE},7,己,,,很多,`,
          `${ONE},8,庚,,,,`,
          `${ONE},8,辛,,,,`,
        ),
      ),
    ).toEqual([
      '第 2 行:花名册里没有“张三丰”,“包户人”请写花名册里一个人的姓名,或留空',
      '第 3 行:“编号”“一”看不懂,请写成 12 或 3-1',
      '第 4 行:“网格”是空的,请填上(合并的单元格请取消合并,每行都填)',
      '第 5 行:花名册里没有“林东镇/福山地村/九网格”,请写成花名册里的名称',
      expect.stringMatching(/^第 6 行:有几个“一网格”:.*请把乡镇、村填全$/),
      '第 7 行:“=甲”开头的符号会被表格当成公式,请去掉',
      '第 8 行:“人口”“很多”不是数,请写 0 到 99999 的整数',
      '第 10 行:编号 8 在第 9 行已经用过,请改一个',
    ]);
  });

  it.each([
    ['户别', '租住', '“户别”“租住”不在选项里,请写其中一个:常住、空挂'],
    ['禁烧书', '也许', '“禁烧书”“也许”看不懂,请写 是 或 否'],
    ['收入', '365', '“收入”“365”不对,请写 -10 到 99 的数,小数最多 1 位'],
    ['签约', '2026-02-30', '“签约”“2026-02-30”不是日期,请写成 2026-12-01'],
    ['人口', '3.5', '“人口”“3.5”不是数,请写 0 到 99999 的整数'],
    ['人口', '100000', '“人口”“100000”不是数,请写 0 到 99999 的整数'],
    ['地址', '=1+1', '“=1+1”开头的符号会被表格当成公式,请去掉'],
  ])('names what %s takes instead of %s', (field, value, expected) => {
    expect(refusals(`村,网格,编号,${field}\n福山地村,一网格,1,${value}\n`)).toEqual([`第 2 行:${expected}`]);
  });

  it('is that two people may be meant, with how each is told apart', () => {
    const csv = `${HEAD}\n碧流台镇,十三号村,一网格,1,甲,张三,,,\n`;
    expect(refusals(csv)).toEqual(['第 2 行:花名册里有几个“张三”,“包户人”请写成其中一个:张三@福山地村、张三@大新庄村']);
  });

  it('is that a head says nothing, or says a thing twice', () => {
    expect(refusals('户主,编号\n甲,1\n')).toEqual(['第 1 行:表头缺少“网格”一列,请补上']);
    expect(refusals('网格,户主,姓名\n一网格,甲,乙\n')).toEqual(['第 1 行:表头“姓名”的意思和前面一列相同,请只留一列']);
    expect(refusals('')).toEqual(['第 1 行:表里还没有内容,请从表头下一行开始填写']);
    expect(refusals(HEAD)).toEqual(['第 1 行:表里还没有内容,请从表头下一行开始填写']);
  });

  it('is not a column nobody asked for: that one is named and left out', () => {
    const county = registerCounty();
    const change = county.imported('村,网格,编号,户主,身份证号,血型,序号\n福山地村,一网格,1,甲,15042,,1\n');
    expect(change.unknown).toEqual(['身份证号']);
  });
});

describe('tables, whatever they hold', () => {
  const name = fc.constantFrom('甲', '乙', '丙 丁', '张三', '張三', 'Ａ户', '甲/乙', '无名@东', "'=x");
  const row = fc.record({
    grid: fc.constantFrom('福山地村,一网格', '福山地村,二网格', '大新庄村,一网格'),
    number: fc.option(fc.constantFrom('1', '2', '3', '03', '7户', '12-1'), { nil: '' }),
    name: fc.option(name, { nil: '' }),
    cover: fc.constantFrom('', '李四', '钱二', '空缺'),
    members: fc.constantFrom('', '0', '3', '4人', '无', '-'),
    kind: fc.constantFrom('', '常住', '空户', '-'),
    smoke: fc.constantFrom('', '√', '否', '有'),
    income: fc.constantFrom('', '36.5', '-3', '0'),
    signed: fc.constantFrom('', '2026-11-20', '2027/1/2', '11月3日'),
    tags: fc.constantFrom('', '低保、独居', '党员  军属', '-', "'=1+1", '无'),
  });
  const sheets = fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) => {
    const head = '村,网格,编号,户主,包户人,人口,户别,禁烧书,收入,签约,标签';
    return [head, ...rows.map((each) => Object.values(each).join(','))].join('\n');
  });

  it('change nothing when they are imported a second time, and ids stay', () => {
    fc.assert(
      fc.property(sheets, sheets, (first, second) => {
        const county = registerCounty();
        for (const csv of [first, second]) {
          const result = county.plan(csv);
          if (!result.ok) continue;
          county.imported(csv);
          const ids = county.entries.of('household').map(({ id }) => id);
          expect(county.imported(csv).writes).toEqual([]);
          expect(county.entries.of('household').map(({ id }) => id)).toEqual(ids);
        }
      }),
    );
  });

  it('come back the same when what they made is written out', () => {
    fc.assert(
      fc.property(sheets, (csv) => {
        const county = registerCounty();
        if (!county.plan(csv).ok) return;
        county.imported(csv);
        const facts = { entries: county.entries, view: county.view };
        const rows = registerSheet(HOUSEHOLD, facts).map((cells, at) => ({ row: at + 1, cells }));
        const options = { effective: DAY, now: 0, newId: () => 'new', token: 'again' } as const;
        const again = planRegister(rows, HOUSEHOLD, facts, options);
        expect(again.ok || again.problems.map(({ code }) => code)).toEqual(rows.length > 1 ? true : ['empty-sheet']);
        if (again.ok) expect(again.change.changes).toEqual([]);
      }),
    );
  });

  it('hold no text that a spreadsheet would run, and leave blank what could not be read back', () => {
    const { tags, kind } = HOUSEHOLD.register.fields;
    if (!tags || !kind) throw new Error('no such fields');
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = cellOf(tags, text, DAY);
        expect(cell).not.toMatch(/^[=+\-@]/);
        if (cell !== '') expect(readCell(tags, cell, DAY)).toEqual({ value: text });
      }),
    );
    expect(cellOf(kind, '租住', DAY)).toBe('');
  });
});
