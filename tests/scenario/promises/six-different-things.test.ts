import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../src/core/rollup.ts';
import { type Bot, startBot } from '../../support/bot.ts';

const NAMES = ['张一', '张二', '张三', '张四', '张五', '张六'];
const GRIDS = ['一网格', '二网格', '三网格', '四网格', '五网格', '六网格'];
const ROSTER = [
  '县,乡镇,村,网格,职务,姓名,电话',
  '巴林左旗,林东镇,福山地村,,书记,孙三,',
  ...GRIDS.map((grid, at) => `巴林左旗,林东镇,福山地村,${grid},网格长,${NAMES[at]},`),
].join('\n');

/** One grid of each sort: zero, some with a blank, unreadable, late, exempt, silent. */
async function sixGrids(): Promise<Bot> {
  const bot = await startBot({ roster: ROSTER });
  await bot.says('张一', '福山地村', '/日报 0 发热0', { at: '16:00' });
  await bot.says('张二', '福山地村', '/日报 2');
  await bot.says('张三', '福山地村', '/日报 很多');
  await bot.says('孙三', '福山地村', '/免报 五网格 今天 整组搬迁');
  await bot.says('张四', '福山地村', '/日报 0', { at: '18:00:01' });
  return bot;
}

describe('promise 7: six things stay six things', () => {
  it('keeps zero, blank, unreadable, late, exempt and missing apart in the table', async () => {
    const bot = await sixGrids();
    const book = bot.app.county().book('daily@2026-11-23');
    const form = bot.playbook.forms.daily;
    const table = book && form ? tableOf(book, form, bot.unitId('福山地村'), bot.clock.now()) : null;
    const rows = (table?.rows ?? []).map(({ name, values, detail }) => ({
      name,
      state: detail?.state,
      unparsed: detail?.unparsed,
      values: Object.fromEntries(values),
    }));
    expect(rows).toEqual([
      { name: '一网格', state: 'reported', unparsed: false, values: { abnormal: 0, fever: 0 } },
      { name: '二网格', state: 'reported', unparsed: false, values: { abnormal: 2 } },
      { name: '三网格', state: 'missing', unparsed: true, values: {} },
      { name: '四网格', state: 'late', unparsed: false, values: { abnormal: 0 } },
      { name: '五网格', state: 'exempt', unparsed: false, values: {} },
      { name: '六网格', state: 'missing', unparsed: false, values: {} },
    ]);
    expect(table?.total.counts).toEqual({ expected: 6, reported: 2, late: 1, exempt: 1, missing: 2 });
    expect([...(table?.total.values ?? [])]).toEqual([
      ['abnormal', 2],
      ['fever', 0],
    ]);
  });

  it('writes each of them differently into the workbook that goes to the group', async () => {
    const bot = await sixGrids();
    await bot.says('孙三', '福山地村', '/汇总');
    const message = bot.everything().at(-1)?.message;
    const file = message?.attachments.find(({ kind }) => kind === 'workbook');
    const bytes = await file?.content();
    if (!bytes) throw new Error('no workbook came');
    const book = new exceljs.Workbook();
    await book.xlsx.load(Uint8Array.from(bytes).buffer);
    const lines = GRIDS.map((grid) => {
      let found = '';
      book.worksheets[0]?.eachRow((row) => {
        const cells = (Array.isArray(row.values) ? row.values : []).map(String);
        if (cells.includes(grid)) found = cells.filter((cell) => cell !== grid && !/\d\d:\d\d/.test(cell)).join('|');
      });
      return found;
    });
    expect(lines.every((line) => line !== '')).toBe(true);
    expect(new Set(lines).size, lines.join('\n')).toBe(6);
  });

  it('tells the village of an attempt it could not read, and of those exempt, in the table it is sent', async () => {
    const bot = await sixGrids();
    await bot.walkTo('18:01');
    const table = bot.heard('福山地村').find(({ text }) => text.startsWith('📋'));
    expect(table?.text).toMatch(/三网格[^六]*没看懂/);
    expect(table?.text).toMatch(/免报[^\n]*五网格/);
    expect(table?.text).toMatch(/六网格/);
  });

  it('does not take a report for zero because a field was left out, nor an attempt for a report', async () => {
    const bot = await sixGrids();
    expect(await bot.says('张一', '福山地村', '/我')).toEqual([expect.stringContaining('已报')]);
    expect(await bot.says('张三', '福山地村', '/我')).toEqual([expect.stringContaining('未报')]);
    const sums = bot.app.county().book('daily@2026-11-23')?.tally(bot.unitId('福山地村')).sums;
    expect(sums?.get('returned')).toBeUndefined();
    expect(sums?.get('fever')).toEqual({ sum: 0, given: 1 });
  });
});
