import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import exceljs from 'exceljs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { memorySince } from '../../src/app/memory.ts';
import { commitOn } from '../../src/cli/commit.ts';
import { runRegister } from '../../src/cli/register.ts';
import { runRoster } from '../../src/cli/roster.ts';
import { County } from '../../src/core/county.ts';
import { put } from '../../src/core/rows/index.ts';
import { openStore } from '../../src/store/prisma.ts';
import { startBot } from '../support/bot.ts';
import { ROSTER } from '../support/rehearsal.ts';
import { rawSql } from '../support/sqlite.ts';
import { tempDatabaseUrl, tempFolder } from '../support/temp-database.ts';
import { type Ran, runOn } from './command.ts';

const folder = tempFolder();
const ENTRIES = 'SELECT number, name FROM entry WHERE until IS NULL ORDER BY unit_id, number';
const HOUSEHOLDS = `乡镇,村,网格,编号,户主,包户人,地址,标签,血型
林东镇,福山地村,一网格,1,张大爷,张三,东头,低保、独居,A
林东镇,福山地村,一网格,2,李大娘,,,,
林东镇,大新庄村,一网格,1,王二,吴六,,,
`;

/** A table's file. */
function file(content: string | Buffer, name = 'households.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const register = (url: string, ...args: string[]): Promise<Ran> => runOn(url, runRegister, ...args);
const importing = (url: string, path: string, ...more: string[]): Promise<Ran> =>
  register(url, 'import', path, '--register', 'household', ...more);

/** A database with a roster. */
async function county(): Promise<string> {
  const url = tempDatabaseUrl();
  const path = file(ROSTER, 'roster.csv');
  await runOn(url, runRoster, 'import', path);
  return url;
}

describe('gridbot register', () => {
  it.each([
    [[]],
    [['import']],
    [['import', 'a.csv']],
    [['import', 'a.csv', 'b.csv', '--register', 'household']],
    [['import', 'a.csv', '--register', 'household', '--yes']],
    [['list']],
    [['list', 'more', '--register', 'household']],
  ])('answers %j with how it is used, and opens no database', async (args) => {
    await expect(register('file:/dev/null/no.db', ...args)).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringContaining('usage: gridbot register'),
    });
  });

  it('names the registers there are where one is meant that is not', async () => {
    const called = register('file:/dev/null/no.db', 'list', '--register', 'houses');
    await expect(called).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringMatching(/houses.*household/),
    });
  });

  it('shows what a table would change, and changes it when it is applied', async () => {
    const url = await county();
    const shown = await importing(url, file(HOUSEHOLDS));
    expect(shown.out).toContain('新增 3,更改 0,结束 0');
    expect(shown.out).toContain('新增 林东镇/福山地村/一网格 1户张大爷');
    expect(shown.out).toContain('没有导入:血型');
    expect(shown.out).toContain('--apply');
    expect(await rawSql(url, ENTRIES)).toEqual([]);
    const applied = await importing(url, file(HOUSEHOLDS), '--apply');
    expect(applied.out).toContain('户台账已导入,改了 3 处');
    expect(await rawSql(url, ENTRIES)).toHaveLength(3);
    expect(await rawSql(url, 'SELECT DISTINCT kind FROM entry_event')).toEqual([['imported']]);
    expect((await importing(url, file(HOUSEHOLDS), '--apply')).out).toContain('和现在的户台账一样');
  });

  it('reads a workbook with merged cells, and a table in GB18030', async () => {
    const url = await county();
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('户');
    sheet.addRow(['福山地村户台账']);
    sheet.addRow(['村', '网格', '户号', '户主', '人口']);
    sheet.addRow(['福山地村', '一网格', 1, '张　大爷', 3]);
    sheet.addRow(['福山地村', '一网格', 2, '李大娘', 2]);
    sheet.mergeCells('A3:A4');
    sheet.mergeCells('B3:B4');
    const path = join(folder, '户.xlsx');
    await book.xlsx.writeFile(path);
    await importing(url, path, '--apply');
    expect(await rawSql(url, 'SELECT name, "values" FROM entry ORDER BY number')).toEqual([
      ['张大爷', '{"members":3}'],
      ['李大娘', '{"members":2}'],
    ]);
    const other = await county();
    await importing(other, file(iconv.encode(HOUSEHOLDS, 'gb18030'), 'gb.csv'), '--apply');
    expect(await rawSql(other, `SELECT name FROM entry WHERE name = '张大爷'`)).toHaveLength(1);
  });

  it('writes nothing while anything is wrong, and says all of it', async () => {
    const url = await county();
    const wrong = HOUSEHOLDS.replace(',张三,', ',张四,').replace('大新庄村,一网格', '大新庄村,八网格');
    await expect(importing(url, file(wrong), '--apply')).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringMatching(/^户台账 .*\n第 2 行:.*\n第 4 行:.*\n共 2 处要改/),
    });
    expect(await rawSql(url, ENTRIES)).toEqual([]);
    await expect(importing(url, join(folder, '没有.csv'))).rejects.toThrow(/打不开这个文件/);
    await expect(importing(tempDatabaseUrl(), file(HOUSEHOLDS))).rejects.toThrow(/还没有名册/);
    await expect(importing(url, file(HOUSEHOLDS), '--from', '2026-02-30')).rejects.toThrow(/不是日期/);
  });

  it('lists a register as a table that changes nothing when it is imported, and as data', async () => {
    const url = await county();
    await importing(url, file(HOUSEHOLDS), '--apply');
    const { out } = await register(url, 'list', '--register', 'household');
    expect(out.split('\r\n').slice(0, 2)).toEqual([
      '\uFEFF县,乡镇,村,网格,编号,户主,包户人,地址,组,人口,标签',
      '巴林左旗,林东镇,福山地村,一网格,1,张大爷,张三,东头,,,低保、独居',
    ]);
    expect((await importing(url, file(out, 'again.csv'))).out).toContain('和现在的户台账一样');
    const listed = await register(url, 'list', '--register', 'household', '--unit', '大新庄村', '--json');
    expect(JSON.parse(listed.out)).toEqual([
      expect.objectContaining({ unit: '林东镇/大新庄村/一网格', number: '1', name: '王二', cover: '吴六' }),
    ]);
    await expect(register(url, 'list', '--register', 'household', '--unit', '一网格')).rejects.toThrow(/有 2 个/);
  });
});

describe('a table imported beside the bot', () => {
  it('is what the running bot goes by from then on', async () => {
    const bot = await startBot();
    const [before] = await bot.says('孙三', '福山地村', '/户');
    expect(before).toContain('户台账 0户');
    await importing(bot.url, file(HOUSEHOLDS), '--apply', '--from', '2026-11-23');
    const [count] = await bot.says('孙三', '福山地村', '/户');
    expect(count).toContain('户台账 2户');
    const [found] = await bot.says('张三', '福山地村', '/户 张大爷');
    expect(found).toContain('低保、独居');
  });

  it('undoes nothing that was said meanwhile', async () => {
    const bot = await startBot({ registers: { household: HOUSEHOLDS } });
    const store = await openStore({ url: bot.url });
    const now = bot.clock.now();
    const opened = { store, county: new County(await store.load(memorySince(now))), now };
    const [entry] = opened.county.entries.of('household');
    if (!entry) throw new Error('no entry');
    await bot.says('孙三', '福山地村', '/包户 一网格 1 李四');
    const stale = commitOn(opened, [put('entry', { ...entry, name: '别人' })]);
    await expect(stale).rejects.toMatchObject({ name: 'CliError', message: expect.stringContaining('请再执行一次') });
    expect(await bot.rows(`SELECT name FROM entry WHERE name = '别人'`)).toEqual([]);
    await store.close();
  });
});
