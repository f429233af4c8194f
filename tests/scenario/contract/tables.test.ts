import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import { between, inMinute, rosterOf, says, sorted, tablesOf, timeOf } from './script.ts';

const COMPLETE = [
  says('08:00', '福山地村', '张三', '/日报 0'),
  says('08:01', '福山地村', '李四', '/日报 2 发热1'),
  says('08:02', '福山地村', '孙三', '/代报 三网格 0 空岗'),
  says('08:03', '大新庄村', '吴六', '/日报 0'),
];

describe('a table', () => {
  it('goes to every village at 18:00, to the township at 18:30, to the county at 19:30, once', async () => {
    const played = await play({});
    const tables = played.heard.filter(({ attachments }) => attachments.length > 0);
    expect(sorted(tables.map((line) => `${line.at.slice(11, 16)} ${line.chat}`))).toEqual([
      '18:00 大新庄村',
      '18:00 福山地村',
      '18:30 林东镇',
      '19:30 巴林左旗',
    ]);
    for (const line of tables) expect(timeOf(line)).toMatch(/:0\d$/);
  });

  it('is sent when everything is in too, and then mentions nobody', async () => {
    const played = await play({ steps: COMPLETE });
    const tables = played.heard.filter(({ attachments }) => attachments.length > 0);
    expect(tables).toHaveLength(4);
    expect(tables.flatMap(({ mentions }) => mentions)).toEqual([]);
    expect(tables.map(({ text }) => text).join()).not.toContain('@');
  });

  it('says how many are in, late, exempt and missing', async () => {
    const steps = [
      says('08:00', '福山地村', '张三', '/日报 0'),
      says('08:10', '福山地村', '孙三', '/免报 三网格 11月23日 整组搬迁'),
      says('18:10', '大新庄村', '吴六', '/日报 0'),
    ];
    const [township] = tablesOf(await play({ steps }), '林东镇');
    const counts = [/应报\D*4/, /按时\D*1/, /迟报\D*1/, /免报\D*1/, /未报\D*1/];
    for (const count of counts) expect(township?.text).toMatch(count);
  });

  it('carries a picture and a workbook, on the line of the table itself', async () => {
    const played = await play({});
    for (const unit of ['福山地村', '大新庄村', '林东镇', '巴林左旗']) {
      const [table] = tablesOf(played, unit);
      expect(table?.attachments.map((name) => name.split('.').at(-1))).toEqual(['png', 'xlsx']);
      expect(table?.attachments[0]).toContain(unit);
      expect(table?.text).toContain(unit);
    }
  });

  it('mentions in the village the leaders of the missing grids', async () => {
    const played = await play({ steps: [says('08:00', '福山地村', '张三', '/日报 0')] });
    expect(sorted(tablesOf(played, '福山地村')[0]?.mentions ?? [])).toEqual(sorted(['李四', '孙三']));
    expect(tablesOf(played, '大新庄村')[0]?.mentions).toEqual(['吴六']);
  });

  it('mentions in the township the secretaries of the villages with a gap', async () => {
    const played = await play({ steps: [says('18:20', '大新庄村', '吴六', '/日报 0')] });
    expect(tablesOf(played, '林东镇')[0]?.mentions).toEqual(['孙三']);
  });

  it('mentions in the county the secretaries of the townships with a gap', async () => {
    const roster = rosterOf(
      '巴林左旗,,,,书记,赵一',
      '巴林左旗,林东镇,,,书记,钱二',
      '巴林左旗,林东镇,福山地村,,书记,孙三',
      '巴林左旗,林东镇,福山地村,一网格,网格长,张三',
      '巴林左旗,隆昌镇,,,书记,郑四',
      '巴林左旗,隆昌镇,白音沟村,,书记,冯五',
      '巴林左旗,隆昌镇,白音沟村,一网格,网格长,陈六',
    );
    const gap = await play({ roster, steps: [says('18:50', '福山地村', '张三', '/日报 0')] });
    expect(tablesOf(gap, '巴林左旗')[0]?.mentions).toEqual(['郑四']);
    const both = await play({ roster });
    expect(sorted(tablesOf(both, '巴林左旗')[0]?.mentions ?? [])).toEqual(sorted(['钱二', '郑四']));
    expect(tablesOf(both, '隆昌镇')[0]?.mentions).toEqual(['冯五']);
  });

  it('counts a late report that came before it as in', async () => {
    const steps = [...COMPLETE.slice(0, 3), says('18:20', '大新庄村', '吴六', '/日报 0')];
    const played = await play({ steps });
    expect(tablesOf(played, '大新庄村')[0]?.mentions).toEqual(['吴六']);
    expect(tablesOf(played, '林东镇')[0]?.mentions).toEqual([]);
    expect(tablesOf(played, '巴林左旗')[0]?.mentions).toEqual([]);
  });

  it('keeps the names of a village out of the tables above it', async () => {
    const played = await play({});
    const above = [...tablesOf(played, '林东镇'), ...tablesOf(played, '巴林左旗')];
    expect(above).toHaveLength(2);
    for (const { text } of above) expect(text).not.toMatch(/张三|李四|吴六/);
    expect(tablesOf(played, '巴林左旗')[0]?.text).not.toMatch(/孙三|周五/);
  });

  it('is for the day it belongs to on every day', async () => {
    const played = await play({ end: '2026-11-24T20:00:00+08:00' });
    expect(tablesOf(played, '林东镇').map(({ text }) => text.match(/11月\d+日/)?.[0])).toEqual([
      '11月23日',
      '11月24日',
    ]);
    expect(tablesOf(played, '福山地村').map((line) => line.at.slice(8, 16))).toEqual(['23T18:00', '24T18:00']);
  });

  it('comes on request at any time, as an answer that mentions nobody', async () => {
    const steps = [says('09:00', '林东镇', '钱二', '/汇总'), says('09:10', '福山地村', '孙三', '/汇总')];
    const played = await play({ steps });
    const answers = [...inMinute(played, '林东镇', '09:00'), ...inMinute(played, '福山地村', '09:10')];
    expect(answers).toHaveLength(2);
    for (const { text, mentions, attachments } of answers) {
      expect(text).not.toContain('@');
      expect(mentions).toEqual([]);
      expect(attachments).toHaveLength(2);
    }
  });

  it('of yesterday comes on request the next day', async () => {
    const steps = [...COMPLETE, says('09:00', '林东镇', '钱二', '/汇总 昨天', { day: 1 })];
    const played = await play({ steps, end: '2026-11-24T10:00:00+08:00' });
    const [answer] = inMinute(played, '林东镇', '09:00', 24);
    expect(answer?.text).toContain('11月23日');
    expect(answer?.text).toMatch(/按时\D*4/);
  });

  it('leaves nothing else to be said on a day that is complete before the first reminder', async () => {
    const played = await play({ steps: COMPLETE });
    expect(between(played, '08:10:00', '21:00:01').map(({ attachments }) => attachments.length)).toEqual([2, 2, 2, 2]);
  });
});
