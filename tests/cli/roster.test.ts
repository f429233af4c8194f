import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { memorySince } from '../../src/app/memory.ts';
import { commitOn } from '../../src/cli/commit.ts';
import { csvText } from '../../src/cli/csv.ts';
import type { Opened } from '../../src/cli/open.ts';
import { runRoster } from '../../src/cli/roster.ts';
import { County } from '../../src/core/county.ts';
import { hashCode, issueCodes } from '../../src/core/roster/codes.ts';
import { put, type Write } from '../../src/core/rows/index.ts';
import { openStore } from '../../src/store/prisma.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { ROSTER } from '../support/rehearsal.ts';
import { rawSql } from '../support/sqlite.ts';
import { tempDatabaseUrl, tempFolder } from '../support/temp-database.ts';
import { type Ran, runOn } from './command.ts';

const folder = tempFolder();
const REVISION = `SELECT value FROM meta WHERE id = 'rosterRevision'`;

/** A roster file. */
function file(text: string | Buffer, name = 'roster.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const roster = (url: string, ...args: string[]): Promise<Ran> => runOn(url, runRoster, ...args);

/** A database that a roster was imported into. */
async function imported(): Promise<string> {
  const url = tempDatabaseUrl();
  await roster(url, 'import', file(ROSTER));
  return url;
}

describe('gridbot roster', () => {
  it.each([
    [['import']],
    [['import', 'a.csv', 'b.csv']],
    [['import', 'a.csv', '--yes']],
    [['import', 'a.csv', '--from']],
    [['codes', '--all']],
    [['codes', 'more']],
    [['export']],
    [[]],
  ])('answers %j with how it is used, and opens no database', async (args) => {
    const called = roster('file:/dev/null/no.db', ...args);
    await expect(called).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringContaining('usage: gridbot'),
    });
  });

  it.each(['2026-02-30', '2026-13-01', '2026-1-1', 'tomorrow', ''])('takes no %j for a day', async (day) => {
    const url = await imported();
    const called = roster(url, 'import', file(ROSTER.replace('李四', '郑七')), '--from', day, '--apply');
    await expect(called).rejects.toMatchObject({ name: 'CliError', message: expect.stringContaining(`「${day}」`) });
    expect(await rawSql(url, `SELECT name FROM person WHERE name = '郑七'`)).toEqual([]);
  });

  it('says in Chinese why a file cannot be read, and which', async () => {
    const url = tempDatabaseUrl();
    const missing = join(folder, '没有.csv');
    await expect(roster(url, 'import', missing)).rejects.toMatchObject({
      name: 'CliError',
      message: `花名册 ${missing}\n打不开这个文件,请核对文件的位置和名称`,
    });
    const broken = file('姓名,电话\n张三,1\n"李四,2\n', 'broken.csv');
    await expect(roster(url, 'import', broken)).rejects.toThrow(/第 \d+ 行附近/);
    const wrong = file(ROSTER.replace('网格长,张三', ',张三'), 'wrong.csv');
    await expect(roster(url, 'import', wrong)).rejects.toThrow(/职务是空的[\s\S]*共 1 处要改/);
  });

  it('says in Chinese that a change cannot begin before one on record', async () => {
    const url = tempDatabaseUrl();
    await roster(url, 'import', file(ROSTER), '--from', '2026-11-20');
    const called = roster(url, 'import', file(ROSTER.replace('李四', '郑七')), '--from', '2026-11-19');
    await expect(called).rejects.toMatchObject({ name: 'CliError', message: expect.stringContaining('11月20日') });
  });

  it('leaves another revision with every change, and none where nothing changed', async () => {
    const url = await imported();
    const first = await rawSql(url, REVISION);
    expect((await roster(url, 'import', file(ROSTER))).out).toContain('没有要改的');
    expect(await rawSql(url, REVISION)).toEqual(first);
    const other = await imported();
    // Counted on, the revisions of two that started from the same state would be the same.
    expect(await rawSql(other, REVISION)).not.toEqual(first);
    await roster(url, 'codes');
    expect(await rawSql(url, REVISION)).not.toEqual(first);
  });

  it('prints the codes as a table that a spreadsheet opens, and nothing where nobody is without one', async () => {
    const url = await imported();
    const { out } = await roster(url, 'codes', '--person', '张三');
    expect(out).toMatch(/^\uFEFF单位,职务,姓名,认领码\r\n林东镇\/福山地村\/一网格,网格长,张三,[2-9A-Z]{6}\r\n$/);
    const code = out.trim().split(',').at(-1) ?? '';
    expect(await rawSql(url, 'SELECT id FROM claim_code')).toEqual([[hashCode(code)]]);
    const empty = tempDatabaseUrl();
    expect(await roster(empty, 'codes')).toEqual({
      code: 0,
      out: '',
      err: expect.stringContaining('没有要发的认领码'),
    });
  });
});

describe('a table for a spreadsheet', () => {
  it('gives back every cell as it was', () => {
    const rows = [
      ['单位', '姓名'],
      ['甲,乙', '他说"好"'],
      ['两\n行', ''],
    ];
    expect(parseCsv(csvText(rows), { bom: true })).toEqual(rows);
  });
});

describe('a change made beside the bot', () => {
  const nobodyClaimed = { without: (write: Write) => write.table === 'account' };

  /** The county as another process reads it now. */
  async function readOf(bot: Bot): Promise<Opened> {
    const store = await openStore({ url: bot.url });
    const now = bot.clock.now();
    return { store, county: new County(await store.load(memorySince(now))), now };
  }

  function codesOn({ county, now }: Opened) {
    const { rows, sheet } = issueCodes(county.viewAt(now), county.accounts(), county.claimCodes(), now, {
      random: randomBytes,
    });
    return { writes: rows.map((row) => put('claimCode', row)), sheet };
  }

  it('undoes no claim that was made meanwhile', async () => {
    const bot = await startBot(nobodyClaimed);
    const opened = await readOf(bot);
    const first = codesOn(opened);
    await commitOn(opened, first.writes);
    const stale = await readOf(bot);
    const code = first.sheet.find(({ name }) => name === '张三')?.code ?? '';
    await bot.says('张三', 'private', `/认领 ${code}`);
    await expect(commitOn(stale, codesOn(stale).writes)).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringContaining('请再执行一次'),
    });
    expect(await bot.rows(`SELECT count(*) FROM claim_code WHERE used_at IS NOT NULL`)).toEqual([[1]]);
    const again = await readOf(bot);
    await commitOn(again, codesOn(again).writes);
    expect(await bot.rows(`SELECT count(*) FROM claim_code WHERE used_at IS NOT NULL`)).toEqual([[1]]);
    for (const { store } of [opened, stale, again]) await store.close();
  });

  it('is not made when another change came first', async () => {
    const bot = await startBot(nobodyClaimed);
    const [one, two] = [await readOf(bot), await readOf(bot)];
    await commitOn(one, [put('person', { id: 'new', name: '甲', phone: null })]);
    const late = commitOn(two, [put('person', { id: 'new', name: '乙', phone: null })]);
    await expect(late).rejects.toMatchObject({ name: 'CliError' });
    expect(await bot.rows(`SELECT name FROM person WHERE id = 'new'`)).toEqual([['甲']]);
    for (const { store } of [one, two]) await store.close();
  });
});
