import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanCell, readPhone } from '../../src/core/roster/cells.ts';
import { readRosterTable, type SheetRow } from '../../src/core/roster/table.ts';
import { HEADER, planOf, sheet } from '../support/roster.ts';

const GRID = '巴林左旗,林东镇,福山地村,一网格,网格长,张三,13800000001';

/** `row column code` of every problem of a sheet. */
function problems(...lines: string[]): string[] {
  const reading = readRosterTable(sheet(...lines));
  return reading.ok ? [] : reading.problems.map(({ row, column, code }) => `${row} ${column ?? '-'} ${code}`);
}

describe('a roster sheet', () => {
  it('makes every unit that a row names, those above first, and a post per row', () => {
    const plan = planOf('巴林左旗,,,,书记,赵一,', GRID, '巴林左旗,林东镇,,,书记,,');
    expect(plan.units).toEqual([
      { path: ['巴林左旗'], level: 'county' },
      { path: ['巴林左旗', '林东镇'], level: 'township' },
      { path: ['巴林左旗', '林东镇', '福山地村'], level: 'village' },
      { path: ['巴林左旗', '林东镇', '福山地村', '一网格'], level: 'grid' },
    ]);
    expect(plan.posts).toEqual([
      { path: ['巴林左旗'], title: '书记', name: '赵一', phone: null, row: 2 },
      {
        path: ['巴林左旗', '林东镇', '福山地村', '一网格'],
        title: '网格长',
        name: '张三',
        phone: '13800000001',
        row: 3,
      },
      { path: ['巴林左旗', '林东镇'], title: '书记', name: null, phone: null, row: 4 },
    ]);
  });

  it('may have its columns in any order, under the names offices use, below a title, with a fifth level', () => {
    const reading = readRosterTable(
      sheet(
        '巴林左旗网格员花名册,,,,,,,,',
        '序号,*姓名,手机号码,岗位,联户,网格名称,村（社区）,苏木/乡镇,旗 县,备注',
        '1,张　三,138 0000-0001,联户长,第一联户,一网格,福山地嘎查,林东镇,巴林左旗,好',
      ),
    );
    expect(reading).toMatchObject({
      ok: true,
      plan: {
        posts: [
          {
            path: ['巴林左旗', '林东镇', '福山地嘎查', '一网格', '第一联户'],
            title: '联户长',
            name: '张三',
            phone: '13800000001',
            row: 3,
          },
        ],
      },
    });
  });

  it('passes over blank rows and rows with nothing but a number, and counts them', () => {
    const reading = readRosterTable(sheet('', `序号,${HEADER}`, ' ,　,,,,,,', `1,${GRID}`, '2,,,,,,,'));
    expect(reading).toMatchObject({ ok: true, plan: { posts: [{ row: 4 }] } });
  });

  it('takes a post whose name is blank or says so as vacant', () => {
    for (const name of ['', ' ', '空缺', '暂缺', '无', '-', '/']) {
      expect(planOf(`巴林左旗,林东镇,,,书记,${name},`).posts[0]?.name, name).toBeNull();
    }
  });

  it('keeps one unit for two spellings of its name, the first one', () => {
    const plan = planOf(GRID, '巴林左旗,林东镇,福山地村, １网格,网格员,李四,');
    expect(plan.units).toHaveLength(4);
    expect(plan.posts[1]?.path.at(-1)).toBe('一网格');
  });

  it('keeps traditional characters as they were written', () => {
    expect(planOf('巴林左旗,林東鎮,,,书记,葉問,').posts[0]).toMatchObject({
      path: ['巴林左旗', '林東鎮'],
      name: '葉問',
    });
  });
});

describe('a roster sheet that is wrong', () => {
  it('is told what its header lacks', () => {
    expect(problems('县,乡镇,村,网格,姓名,电话', '巴林左旗,林东镇,福山地村,一网格,张三,')).toEqual([
      '1 title header-missing',
    ]);
    expect(problems(GRID)).toEqual([
      '1 county header-missing',
      '1 township header-missing',
      '1 village header-missing',
      '1 grid header-missing',
      '1 title header-missing',
      '1 name header-missing',
    ]);
  });

  it('is told of columns that are unknown, nameless or there twice', () => {
    expect(problems(`${HEADER},血型`, GRID)).toEqual(['1 - header-unknown']);
    expect(problems(HEADER, `${GRID},多出来的`)).toEqual(['1 - header-unknown']);
    expect(problems(`${HEADER},手机`, GRID)).toEqual(['1 phone header-twice']);
    expect(problems(`${HEADER},,`, `${GRID},,`)).toEqual([]);
  });

  it('is empty without rows', () => {
    expect(problems()).toEqual(['1 - empty-sheet']);
    expect(problems('', HEADER)).toEqual(['2 - empty-sheet']);
  });

  it.each([
    ['a village without its township', '巴林左旗,,福山地村,,书记,孙三,', ['2 township level-missing']],
    [
      'a grid without anything above',
      ',,,一网格,网格长,孙三,',
      ['2 county level-missing', '2 township level-missing', '2 village level-missing'],
    ],
    ['a person nowhere', ',,,,网格长,孙三,', ['2 county level-missing']],
    ['a post without title', '巴林左旗,林东镇,,,,孙三,', ['2 title title-missing']],
    ['a number that is none', '巴林左旗,林东镇,,,书记,孙三,1380000', ['2 phone phone-malformed']],
    ['a number in scientific notation', '巴林左旗,林东镇,,,书记,孙三,1.38E+10', ['2 phone phone-malformed']],
    ['a number of nobody', '巴林左旗,林东镇,,,书记,,13800000001', ['2 name phone-without-name']],
    ['a name beyond twenty characters', `巴林左旗,林东镇,,,书记,${'长'.repeat(21)},`, ['2 name too-long']],
    ['a formula', '巴林左旗,林东镇,,,书记,=1+1,', ['2 name formula']],
    ['a full-width formula', '巴林左旗,＠林东镇,,,书记,孙三,', ['2 township formula']],
    ['a slash in a name', '巴林左旗,林东镇,福山地/大新庄,,书记,孙三,', ['2 village bad-character']],
    ['an @ in a name', '巴林左旗,林东镇,,,书记,孙@三,', ['2 name bad-character']],
    ['a control character', '巴林左旗,林东镇,,,书记,孙\u0007三,', ['2 name bad-character']],
    ['a character lost in conversion', '巴林左旗,林东镇,,,书记,孙\uFFFD,', ['2 name bad-character']],
  ])('names %s', (_, line, expected) => {
    expect(problems(HEADER, line)).toEqual(expected);
  });

  it('lets a row without a post make its unit exist, no more', () => {
    const reading = readRosterTable(sheet(HEADER, GRID, '巴林左旗,林东镇,大新庄村,,,,'));
    expect(reading.ok && reading.plan.posts).toHaveLength(1);
    expect(reading.ok && reading.plan.units.map(({ path }) => path.join('/'))).toContain('巴林左旗/林东镇/大新庄村');
  });

  it('takes twenty characters, however many code units they are', () => {
    expect(problems(HEADER, `巴林左旗,林东镇,,,书记,${'𠮷'.repeat(20)},`)).toEqual([]);
  });

  it('reports every bad row, not only the first, in the order of the rows', () => {
    expect(problems(HEADER, GRID, '巴林左旗,,福山地村,,,孙三,1', '', '其他县,,,,书记,赵一,', GRID)).toEqual([
      '3 township level-missing',
      '3 title title-missing',
      '3 phone phone-malformed',
      '5 county county-several',
      '6 - post-twice',
    ]);
  });

  it('may give one number to several people, who share a phone or an office', () => {
    const other = '巴林左旗,林东镇,福山地村,二网格,网格长,李四,';
    expect(problems(HEADER, GRID, `${other}13800000001`)).toEqual([]);
    const plan = planOf(GRID, `${other}13800000001`);
    expect(plan.posts.map(({ name, phone }) => [name, phone])).toEqual([
      ['张三', '13800000001'],
      ['李四', '13800000001'],
    ]);
    expect(problems(HEADER, GRID.replace('13800000001', '0476-7862222'), `${other}0476-7862222`)).toEqual([]);
  });

  it('may not put one person twice into a post, with or without number and in any spelling', () => {
    const again = '巴林左旗,林东镇,福山地村,１网格,网格长,';
    expect(problems(HEADER, GRID, `${again}张三,`)).toEqual(['3 - post-twice']);
    expect(problems(HEADER, GRID, `${again}張三,`)).toEqual(['3 - post-twice']);
    expect(problems(HEADER, GRID, `${again}张三,13800000002`)).toEqual([]);
    expect(problems(HEADER, GRID, `${again}李四,`)).toEqual([]);
    expect(problems(HEADER, GRID.replace('张三,13800000001', ','), `${again},`)).toEqual([]);
  });

  it('must say which of two people of one name in a village is meant', () => {
    const rows = ['一网格,网格长,张三,13800000001', '二网格,网格长,张三,13800000002', ',书记,张三,'];
    expect(problems(HEADER, ...rows.map((row) => `巴林左旗,林东镇,福山地村,${row}`))).toEqual([
      '4 phone person-unclear',
    ]);
  });
});

describe('cells', () => {
  it('lose what cannot be seen and the padding of names, and nothing else', () => {
    expect(cleanCell(' 张　三\u200b ')).toBe('张三');
    expect(cleanCell('ＡＢ　网格\r\n')).toBe('AB 网格');
    expect(cleanCell('巴图·孟和')).toBe('巴图·孟和');
  });

  it('give a telephone number as its digits', () => {
    expect(['13800000001', '+86 138-0000-0001', '0476 7862222', '7862222'].map(readPhone)).toEqual([
      '13800000001',
      '13800000001',
      '04767862222',
      '7862222',
    ]);
    expect(['1380000000', '12800000001', '138****0001', '一三八', '138000000012'].map(readPhone)).toEqual(
      Array(5).fill(null),
    );
  });
});

describe('any sheet', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      '',
      '巴林左旗',
      '林东镇',
      '福山地村',
      '一网格',
      '网格长',
      '张三',
      '13800000001',
      '县',
      '乡镇',
      '职务',
    ),
  );
  it('gives a plan or problems with rows of that sheet, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 8 }), fc.boolean(), (cells, headed) => {
        const rows: SheetRow[] = (headed ? [HEADER.split(','), ...cells] : cells).map((row, at) => ({
          row: at + 1,
          cells: row,
        }));
        const reading = readRosterTable(rows);
        if (reading.ok) {
          expect(reading.plan.units.length).toBeGreaterThan(0);
          expect(reading.plan.units[0]?.level).toBe('county');
        } else {
          expect(reading.problems.length).toBeGreaterThan(0);
          for (const { row } of reading.problems) expect(row).toBeLessThanOrEqual(Math.max(1, rows.length));
        }
      }),
    );
  });
});
