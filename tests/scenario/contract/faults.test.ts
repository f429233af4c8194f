import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import {
  between,
  breaks,
  countsOf,
  GRID,
  inMinute,
  LATE,
  REPORTED,
  redelivers,
  says,
  sorted,
  tablesOf,
  tells,
  timeOf,
} from './script.ts';

const VILLAGE = '福山地村';

describe('stopping and starting', () => {
  it.each(['restart', 'kill'] as const)('sends nothing of its own on %s', async (fault) => {
    const quiet = await play({ end: '2026-11-23T21:00:00+08:00' });
    const steps = ['08:00', '16:59:59', '17:00:01', '17:50', '18:00:02', '18:31', '20:00'].map((at) =>
      breaks(at, fault),
    );
    const played = await play({ steps });
    const told = (lines: typeof played.heard) =>
      sorted(lines.map((line) => `${line.at.slice(0, 16)} ${line.chat} ${line.text}`));
    expect(told(played.heard)).toEqual(told(quiet.heard));
  });

  it('keeps an acknowledged report and everything that was set for the day', async () => {
    const steps = [
      says('08:00', VILLAGE, '张三', '/日报 0'),
      says('08:01', '大新庄村', '吴六', '/请假 今天'),
      says('08:02', VILLAGE, '孙三', '/免报 三网格 11月23日 整组搬迁'),
      breaks('08:03', 'kill'),
      breaks('08:04', 'restart'),
    ];
    const played = await play({ steps });
    expect(inMinute(played, VILLAGE, '17:00')[0]?.mentions).toEqual(['李四']);
    expect(inMinute(played, '大新庄村', '17:00')[0]?.mentions).toEqual(['周五']);
    expect(countsOf(played)).toMatchObject({ reported: 1, exempt: 1, missing: 2 });
  });

  it.each(['restart', 'kill'] as const)('still answers a report taken a second before a %s, once', async (fault) => {
    const played = await play({ steps: [says('08:00:00', VILLAGE, '张三', '/日报 0'), breaks('08:00:01', fault)] });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(inMinute(played, VILLAGE, '08:00')).toHaveLength(1);
  });

  it('sends each step once though it is killed at the very moment of the step', async () => {
    const steps = ['17:00', '17:45', '18:00', '18:30', '19:30'].map((at) => breaks(at, 'kill'));
    const played = await play({ steps });
    expect(inMinute(played, VILLAGE, '17:00')).toHaveLength(1);
    expect(inMinute(played, VILLAGE, '17:45')).toHaveLength(1);
    for (const unit of [VILLAGE, '大新庄村', '林东镇', '巴林左旗']) expect(tablesOf(played, unit)).toHaveLength(1);
  });

  it('sends at the start of a rehearsal no step that lies before it', async () => {
    const played = await play({ start: '2026-11-23T18:10:00+08:00', end: '2026-11-23T18:40:00+08:00' });
    expect(played.heard.map(({ chat }) => chat)).toEqual(['林东镇']);
  });

  it('acknowledges a report exactly when it counts, though it is killed in the same second', async () => {
    const steps = [says('08:00:00', VILLAGE, '张三', '/日报 0'), breaks('08:00:00', 'kill')];
    const played = await play({ steps, end: '2026-11-23T12:00:00+08:00' });
    expect(played.heard.filter(({ text }) => text.includes('✅ 一网格'))).toHaveLength(
      countsOf(played, GRID.first).reported,
    );
  });
});

describe('being offline', () => {
  it('takes what was said meanwhile on return, before the steps it missed', async () => {
    const steps = [
      breaks('17:40', { offline: '45m' }),
      says('17:50', VILLAGE, '张三', '/日报 0'),
      tells('18:10', '吴六', '/日报 0'),
    ];
    const played = await play({ steps });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(countsOf(played, GRID.other)).toEqual(LATE);
    expect(sorted(tablesOf(played, VILLAGE)[0]?.mentions ?? [])).toEqual(sorted(['李四', '孙三']));
    expect(tablesOf(played, '大新庄村')[0]?.mentions).toEqual([]);
    expect(between(played, '17:40:00', '18:25:00')).toEqual([]);
    for (const { mentions } of between(played, '18:25:00', '18:29:00')) expect(mentions).not.toContain('张三');
  });

  it('answers on return with the time a line was sent', async () => {
    const steps = [
      breaks('17:30', { offline: '45m' }),
      says('17:50', VILLAGE, '张三', '/日报 0'),
      says('18:05', '大新庄村', '吴六', '/日报 0'),
    ];
    const played = await play({ steps });
    const answers = between(played, '18:15:00', '18:16:00').filter(({ text }) => text.includes('✅ 一网格'));
    expect(sorted(answers.map(({ chat }) => chat ?? ''))).toEqual(sorted([VILLAGE, '大新庄村']));
    expect(answers.find(({ chat }) => chat === VILLAGE)?.text).toContain('17:50');
    expect(answers.find(({ chat }) => chat === VILLAGE)?.text).not.toContain('迟报');
    expect(answers.find(({ chat }) => chat === '大新庄村')?.text).toContain('迟报');
  });

  it('counts for yesterday what was sent before midnight and read after it', async () => {
    const steps = [breaks('23:30', { offline: '1h' }), says('23:50', VILLAGE, '张三', '/日报 0')];
    const played = await play({ steps, start: '2026-11-23T20:00:00+08:00', end: '2026-11-24T02:00:00+08:00' });
    expect(countsOf(played, GRID.first)).toEqual(LATE);
    expect(countsOf(played, GRID.first, '2026-11-24')).toMatchObject({ reported: 0, missing: 1 });
  });

  it('takes once a message that was delivered before and again meanwhile', async () => {
    const steps = [
      says('17:20', VILLAGE, '张三', '/日报 0'),
      breaks('17:50', { offline: '30m' }),
      redelivers('18:00:30', 1),
    ];
    const played = await play({ steps });
    expect(played.heard.filter(({ text }) => text.includes('✅ 一网格'))).toHaveLength(1);
  });

  it('has not taken what was said meanwhile when the rehearsal ends before it is back', async () => {
    const steps = [breaks('17:30', { offline: '90m' }), says('17:40', VILLAGE, '张三', '/日报 0')];
    const played = await play({ steps, end: '2026-11-23T18:20:00+08:00' });
    expect(countsOf(played)).toMatchObject({ reported: 0, late: 0 });
    expect(between(played, '17:30:00', '18:30:00')).toEqual([]);
    expect(played.summary.undelivered).toBe(0);
  });

  it('keeps the order of what was said in one chat', async () => {
    const steps = [
      breaks('08:00', { offline: '30m' }),
      says('08:05', VILLAGE, '张三', '/日报 5'),
      says('08:10', VILLAGE, '张三', '/撤回'),
      says('08:15', VILLAGE, '张三', '/日报 2'),
      says('08:16', VILLAGE, '李四', '/日报 1'),
      says('08:17', VILLAGE, '李四', '/撤回'),
    ];
    const played = await play({ steps, end: '2026-11-23T12:00:00+08:00' });
    expect(countsOf(played)).toMatchObject({ reported: 1, missing: 3 });
  });

  it('sends each step missed within the last hour once, rendered for that moment', async () => {
    const played = await play({ steps: [breaks('17:40', { offline: '55m' })] });
    const back = (unit: string) => between({ heard: played.inGroup(unit) }, '18:35:00', '18:40:00');
    expect(tablesOf(played, VILLAGE).map(timeOf)).toEqual([expect.stringMatching(/^18:35:/)]);
    expect(tablesOf(played, '林东镇').map(timeOf)).toEqual([expect.stringMatching(/^18:35:/)]);
    expect(back(VILLAGE).filter(({ attachments }) => attachments.length === 0)).toHaveLength(1);
    expect(back('林东镇')).toHaveLength(1);
    expect(back('巴林左旗')).toEqual([]);
    expect(tablesOf(played, '巴林左旗').map(timeOf)).toEqual([expect.stringMatching(/^19:30:/)]);
  });

  it('sends both reminders when both were missed within the hour', async () => {
    const played = await play({ steps: [breaks('16:50', { offline: '65m' })], end: '2026-11-23T17:59:00+08:00' });
    expect(sorted(played.heard.map(({ chat }) => chat ?? ''))).toEqual([
      '大新庄村',
      '大新庄村',
      '福山地村',
      '福山地村',
    ]);
  });

  it('never sends a step that was missed by more than an hour', async () => {
    const played = await play({ steps: [breaks('16:55', { offline: '130m' })] });
    const lines = between(played, '16:55:00', '21:00:00');
    expect(lines.filter(({ chat }) => chat === VILLAGE || chat === '大新庄村')).toEqual([]);
    expect(tablesOf(played, '林东镇').map(timeOf)).toEqual([expect.stringMatching(/^19:05:/)]);
    expect(tablesOf(played, '巴林左旗')).toHaveLength(1);
  });

  it('sends nothing on return when no step was missed', async () => {
    const played = await play({ steps: [breaks('09:00', { offline: '3h' })], end: '2026-11-23T16:00:00+08:00' });
    expect(played.heard).toEqual([]);
  });

  it('does not send again a step that had been sent before', async () => {
    const played = await play({ steps: [breaks('18:05', { offline: '20m' })] });
    expect(tablesOf(played, VILLAGE)).toHaveLength(1);
    expect(between(played, '18:05:00', '18:29:59')).toEqual([]);
  });

  it('tells of a row completed by what was said meanwhile', async () => {
    const steps = [breaks('18:35', { offline: '30m' }), says('18:50', '大新庄村', '吴六', '/日报 0')];
    const lines = between(await play({ steps }), '18:35:00', '19:29:00').filter(({ chat }) => chat === '林东镇');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toContain('大新庄村');
  });
});
