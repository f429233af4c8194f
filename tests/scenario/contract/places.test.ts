import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import { countsOf, GRID, inMinute, MISSING, REPORTED, redelivers, says, tells } from './script.ts';

const MORNING = '2026-11-23T12:00:00+08:00';

describe('where a grid leader may report', () => {
  it.each(['福山地村', '福山地村/一网格'])('counts in %s', async (unit) => {
    const played = await play({ steps: [says('08:00', unit, '张三', '/日报 0')], end: MORNING });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(played.heard).toHaveLength(1);
    expect(played.heard[0]?.text).toBe('✅ 一网格 11月23日 零报告已收 08:00(1/3)');
    expect(played.heard[0]?.chat?.endsWith(unit)).toBe(true);
  });

  it('counts in a direct chat', async () => {
    const played = await play({ steps: [tells('08:00', '张三', '日报 0')], end: MORNING });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(played.heard).toMatchObject([{ to: '张三', chat: null }]);
  });

  it.each(['林东镇', '巴林左旗', '大新庄村', '福山地村/二网格', '大新庄村/一网格'])(
    'refuses a report in %s and gives the line to send',
    async (unit) => {
      const played = await play({ steps: [says('08:00', unit, '张三', '/日报 0')], end: MORNING });
      expect(countsOf(played)).toMatchObject({ reported: 0, missing: 4 });
      expect(played.heard).toHaveLength(1);
      expect(played.heard[0]?.text).toContain('/日报 0');
      expect(played.heard[0]?.text).not.toContain('✅');
    },
  );
});

describe('who may report', () => {
  it('refuses a stranger in a group and in private, and writes nothing', async () => {
    const steps = [says('08:00', '福山地村', '路人', '/日报 0'), tells('08:01', '路人', '/日报 一网格 0')];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played)).toMatchObject({ reported: 0, missing: 4 });
    expect(played.heard.map(({ chat, to }) => [chat, to])).toEqual([
      ['福山地村', null],
      [null, '路人'],
    ]);
    expect(played.heard.map(({ text }) => text).join()).not.toContain('✅');
  });

  it('refuses a grid leader who names the grid of a peer', async () => {
    const played = await play({ steps: [says('08:00', '福山地村', '张三', '/日报 二网格 5')], end: MORNING });
    expect(countsOf(played, GRID.second)).toEqual(MISSING);
    expect(countsOf(played, GRID.first)).toEqual(MISSING);
  });

  it('answers a secretary without a grid with a proxy line', async () => {
    const played = await play({ steps: [says('08:00', '福山地村', '孙三', '/日报 0')], end: MORNING });
    expect(countsOf(played)).toMatchObject({ reported: 0, missing: 4 });
    expect(played.heard[0]?.text).toMatch(/\/代报 \S+ 0/);
  });

  it('refuses the secretary of another village', async () => {
    const steps = [
      says('08:00', '福山地村', '周五', '/代报 二网格 0 手机坏了'),
      tells('08:01', '周五', '/代报 福山地村二网格 0 手机坏了'),
    ];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, GRID.second)).toEqual(MISSING);
    expect(played.heard).toHaveLength(2);
  });

  it('takes the grid a leader names when it is the own one', async () => {
    const played = await play({ steps: [says('08:00', '福山地村', '张三', '/日报 一网格 0')], end: MORNING });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
  });
});

describe('a message delivered again', () => {
  it('takes effect once and is answered once', async () => {
    const steps = [says('08:00', '福山地村', '张三', '/日报 0'), redelivers('08:10', 1), redelivers('08:10:01', 1)];
    const played = await play({ steps, end: MORNING });
    expect(played.heard).toHaveLength(1);
  });

  it('does not undo what was said after it', async () => {
    const steps = [
      says('08:00', '福山地村', '张三', '/日报 0'),
      says('08:05', '福山地村', '张三', '/日报 3'),
      redelivers('08:06', 1),
      says('08:10', '福山地村', '李四', '/日报 0'),
      says('08:11', '福山地村', '李四', '/撤回'),
      redelivers('08:12', 4),
      says('08:20', '福山地村', '孙三', '/汇总'),
    ];
    const played = await play({ steps, end: MORNING });
    expect(played.heard).toHaveLength(5);
    expect(inMinute(played, '福山地村', '08:20')[0]?.text).toContain('异常3');
    expect(countsOf(played, GRID.second)).toEqual(MISSING);
  });

  it('does not repeat an error', async () => {
    const steps = [says('08:00', '福山地村', '张三', '/日报'), redelivers('08:10', 1)];
    expect((await play({ steps, end: MORNING })).heard).toHaveLength(1);
  });

  it('takes effect once though the bot was killed between the two deliveries', async () => {
    const steps = [
      says('08:00', '福山地村', '张三', '/日报 0'),
      says('08:05', '福山地村', '张三', '/撤回'),
      '{ at: "08:06", fault: kill }',
      redelivers('08:10', 1),
    ];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, GRID.first)).toEqual(MISSING);
    expect(played.heard).toHaveLength(2);
  });
});
