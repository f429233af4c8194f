import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import { between, breaks, countsOf, GRID, inMinute, REPORTED, says, sorted, tablesOf, timeOf } from './script.ts';

const VILLAGE = '福山地村';

describe('while the platform refuses to send', () => {
  it('nothing is heard, and what is still wanted comes within a minute of the end', async () => {
    const played = await play({ steps: [breaks('17:59', { sendFails: '10m' })], end: '2026-11-23T18:20:00+08:00' });
    expect(between(played, '17:59:00', '18:09:00')).toEqual([]);
    for (const unit of [VILLAGE, '大新庄村']) {
      expect(tablesOf(played, unit)).toHaveLength(1);
      expect(timeOf(tablesOf(played, unit)[0])).toMatch(/^18:(09:|10:00)/);
    }
    expect(played.summary.undelivered).toBe(0);
  });

  it('a report is taken and its answer comes when sending works again', async () => {
    const steps = [breaks('08:00', { sendFails: '10m' }), says('08:05', VILLAGE, '张三', '/日报 0')];
    const played = await play({ steps, end: '2026-11-23T16:00:00+08:00' });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(played.heard).toHaveLength(1);
    expect(played.heard[0]?.text).toBe('✅ 一网格 11月23日 零报告已收 08:05(1/3)');
    expect(timeOf(played.heard[0])).toMatch(/^08:(10:|11:00)/);
  });

  it('a waiting reminder is rendered anew and spares who reported meanwhile', async () => {
    const steps = [
      breaks('16:59', { sendFails: '20m' }),
      says('17:05', VILLAGE, '张三', '/日报 0'),
      says('17:18:50', VILLAGE, '李四', '/日报 0'),
    ];
    const played = await play({ steps, end: '2026-11-23T17:44:00+08:00' });
    const [reminder, ...more] = between(played, '17:19:00', '17:21:00').filter(
      ({ mentions, chat }) => chat === VILLAGE && mentions.length > 0,
    );
    expect(more).toEqual([]);
    expect(reminder?.mentions).toEqual(['孙三']);
    expect(reminder?.text).not.toMatch(/张三|李四/);
  });

  it('a waiting reminder is dropped when nobody is missing any more', async () => {
    const steps = [breaks('16:59', { sendFails: '20m' }), says('17:05', '大新庄村', '吴六', '/日报 0')];
    const played = await play({ steps, end: '2026-11-23T17:59:00+08:00' });
    expect(played.inGroup('大新庄村').map(({ mentions }) => mentions)).toEqual([[]]);
    expect(played.summary.undelivered).toBe(0);
  });

  it('a waiting table is rendered anew', async () => {
    const steps = [breaks('17:59', { sendFails: '10m' }), says('18:05', '大新庄村', '吴六', '/日报 0')];
    const [table] = tablesOf(await play({ steps, end: '2026-11-23T18:20:00+08:00' }), '大新庄村');
    expect(table?.mentions).toEqual([]);
    expect(table?.text).toMatch(/迟报\D*1/);
  });

  it('nothing is given up however long it lasts', async () => {
    const steps = [breaks('17:59', { sendFails: '100m' }), says('18:05', VILLAGE, '李四', '/日报 0')];
    const played = await play({ steps, end: '2026-11-23T19:50:00+08:00' });
    expect(between(played, '17:59:00', '19:39:00')).toEqual([]);
    const tables = between(played, '19:39:00', '19:40:01').filter(({ attachments }) => attachments.length > 0);
    expect(sorted(tables.map(({ chat }) => chat ?? ''))).toEqual(
      sorted(['福山地村', '大新庄村', '林东镇', '巴林左旗']),
    );
    expect(inMinute(played, VILLAGE, '19:39').some(({ text }) => text.includes('✅ 二网格'))).toBe(true);
    expect(played.summary.undelivered).toBe(0);
  });

  it('what waits survives a kill and is sent once', async () => {
    const steps = [
      breaks('17:59', { sendFails: '20m' }),
      says('18:02', VILLAGE, '张三', '/日报 0'),
      breaks('18:10', 'kill'),
      breaks('18:15', 'restart'),
    ];
    const played = await play({ steps, end: '2026-11-23T18:29:00+08:00' });
    expect(tablesOf(played, VILLAGE)).toHaveLength(1);
    expect(tablesOf(played, '大新庄村')).toHaveLength(1);
    expect(played.heard.filter(({ text }) => text.includes('✅ 一网格'))).toHaveLength(1);
  });

  it('a complete row is told once sending works', async () => {
    const steps = [breaks('18:35', { sendFails: '20m' }), says('18:40', '大新庄村', '吴六', '/日报 0')];
    const lines = between({ heard: (await play({ steps })).inGroup('林东镇') }, '18:35:00', '21:00:00');
    expect(lines).toHaveLength(1);
    expect(timeOf(lines[0])).toMatch(/^18:5[56]/);
  });

  it('a row that gaped again is not told as complete once sending works', async () => {
    const steps = [
      breaks('18:35', { sendFails: '20m' }),
      says('18:40', '大新庄村', '吴六', '/日报 0'),
      says('18:50', '大新庄村', '吴六', '/撤回'),
    ];
    expect(between({ heard: (await play({ steps })).inGroup('林东镇') }, '18:35:00', '21:00:00')).toEqual([]);
  });
});

describe('undelivered', () => {
  it('is zero on a day without faults', async () => {
    expect((await play({ steps: [says('08:00', VILLAGE, '张三', '/日报 0')] })).summary.undelivered).toBe(0);
  });

  it('counts what still waits at the end', async () => {
    const steps = [breaks('17:59', { sendFails: '5h' })];
    expect((await play({ steps, end: '2026-11-23T18:32:00+08:00' })).summary.undelivered).toBe(3);
  });

  it('counts a waiting answer', async () => {
    const steps = [breaks('08:00', { sendFails: '5h' }), says('08:30', VILLAGE, '张三', '/日报 0')];
    expect((await play({ steps, end: '2026-11-23T09:00:00+08:00' })).summary.undelivered).toBe(1);
  });

  it('does not count a reminder nobody needs any more', async () => {
    const steps = [breaks('16:59', { sendFails: '5h' }), says('16:58', '大新庄村', '吴六', '/日报 0')].reverse();
    const rest = [says('17:10', VILLAGE, '张三', '/日报 0'), says('17:11', VILLAGE, '李四', '/日报 0')];
    const vacant = [says('17:12', VILLAGE, '孙三', '/代报 三网格 0 空岗')];
    const played = await play({ steps: [...steps, ...rest, ...vacant], end: '2026-11-23T17:30:00+08:00' });
    expect(played.heard).toHaveLength(1);
    expect(played.summary.undelivered).toBeLessThanOrEqual(3);
    expect(countsOf(played)).toMatchObject({ reported: 4 });
  });
});
