import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import {
  between,
  breaks,
  countsOf,
  GRID,
  inMinute,
  LATE,
  MISSING,
  REPORTED,
  redelivers,
  says,
  tells,
} from './script.ts';

const VILLAGE = '福山地村';
const MORNING = '2026-11-23T12:00:00+08:00';
const ALL_IN = { expected: 3, reported: 3, late: 0, exempt: 0, missing: 0 };
const REST = says('08:10', VILLAGE, '孙三', '/代报 其余 0 已电话核实');

describe('a report on behalf of another', () => {
  it.each([
    ['the secretary in the village', says('08:00', VILLAGE, '孙三', '/代报 二网格 0 李四手机坏了')],
    ['the secretary in private', tells('08:00', '孙三', '/代报 二网格 0 李四手机坏了')],
    ['the township', says('08:00', '林东镇', '钱二', '/代报 福山地村二网格 0 李四手机坏了')],
    ['the county', says('08:00', '巴林左旗', '赵一', '/代报 福山地村二网格 0 李四手机坏了')],
  ])('counts from %s, and its answer says so', async (_who, line) => {
    const played = await play({ steps: [line], end: MORNING });
    expect(countsOf(played, GRID.second)).toEqual(REPORTED);
    expect(played.heard).toHaveLength(1);
    expect(played.heard[0]?.text).toMatch(/二网格 .*代报/);
    expect(played.heard[0]?.mentions).toEqual([]);
  });

  it('is late after the due time', async () => {
    const played = await play({ steps: [says('18:10', VILLAGE, '孙三', '/代报 二网格 0 李四手机坏了')] });
    expect(countsOf(played, GRID.second)).toEqual(LATE);
    expect(inMinute(played, VILLAGE, '18:10')[0]?.text).toContain('迟报');
  });

  it('gives way to the report of the leader, as a new version', async () => {
    const steps = [
      says('08:00', VILLAGE, '孙三', '/代报 二网格 0 手机坏了'),
      says('08:30', VILLAGE, '李四', '/日报 2'),
    ];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, GRID.second)).toEqual(REPORTED);
    expect(played.heard.at(-1)?.text).toContain('异常2');
  });
});

describe('reporting for all the rest', () => {
  const first = says('08:00', VILLAGE, '张三', '/日报 4');

  it('is first shown with the grids it means, and writes nothing before it is confirmed', async () => {
    const played = await play({ steps: [first, REST], end: MORNING });
    const [shown] = inMinute(played, VILLAGE, '08:10');
    expect(shown?.text).toContain('二网格');
    expect(shown?.text).toContain('三网格');
    expect(shown?.text).not.toContain('一网格');
    expect(shown?.text).toContain('/确认');
    expect(countsOf(played, '林东镇/福山地村')).toEqual({ ...ALL_IN, reported: 1, missing: 2 });
  });

  it('counts once confirmed, marked as by phone', async () => {
    const played = await play({ steps: [first, REST, says('08:12', VILLAGE, '孙三', '/确认')], end: MORNING });
    expect(countsOf(played, '林东镇/福山地村')).toEqual(ALL_IN);
    expect(countsOf(played, GRID.other)).toEqual(MISSING);
    const [answer] = inMinute(played, VILLAGE, '08:12');
    expect(answer?.text).toContain('电话');
    expect(answer?.text).toContain('(3/3)');
  });

  it('is confirmed by nobody but the one who asked', async () => {
    const steps = [REST, says('08:11', VILLAGE, '李四', '/确认'), says('08:12', VILLAGE, '钱二', '/确认')];
    expect(countsOf(await play({ steps, end: MORNING }))).toMatchObject({ reported: 0, missing: 4 });
  });

  it('does not touch a report that came in before the confirmation', async () => {
    const steps = [
      REST,
      says('08:11', VILLAGE, '李四', '/日报 6'),
      says('08:12', VILLAGE, '孙三', '/确认'),
      says('08:20', VILLAGE, '孙三', '/汇总'),
    ];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, '林东镇/福山地村')).toEqual(ALL_IN);
    expect(inMinute(played, VILLAGE, '08:20')[0]?.text).toContain('异常6');
  });

  it('is confirmed once, though the confirmation is delivered again or the bot restarts', async () => {
    const steps = [
      REST,
      breaks('08:11', 'kill'),
      says('08:12', VILLAGE, '孙三', '/确认'),
      says('08:13', VILLAGE, '李四', '/撤回'),
      redelivers('08:14', 3),
    ];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, GRID.second)).toEqual(MISSING);
    expect(countsOf(played, '林东镇/福山地村')).toEqual({ ...ALL_IN, reported: 2, missing: 1 });
  });

  it('is refused from a grid leader', async () => {
    const steps = [says('08:10', VILLAGE, '张三', '/代报 其余 0 已电话核实'), says('08:11', VILLAGE, '张三', '/确认')];
    expect(countsOf(await play({ steps, end: MORNING }))).toMatchObject({ reported: 0, missing: 4 });
  });

  it('reaches every village below when the township asks', async () => {
    const steps = [
      first,
      says('08:10', '林东镇', '钱二', '/代报 其余 0 已电话核实'),
      says('08:12', '林东镇', '钱二', '/确认'),
    ];
    expect(countsOf(await play({ steps, end: MORNING }))).toMatchObject({ reported: 4, missing: 0 });
  });

  it('is late when it is confirmed after the due time', async () => {
    const steps = [says('18:05', VILLAGE, '孙三', '/代报 其余 0 已电话核实'), says('18:06', VILLAGE, '孙三', '/确认')];
    const played = await play({ steps });
    expect(countsOf(played, '林东镇/福山地村')).toEqual({ ...ALL_IN, reported: 0, late: 3 });
    expect(inMinute(played, VILLAGE, '18:06')[0]?.text).toContain('迟报');
  });
});

describe('a pasted list', () => {
  const list = (...lines: string[]) => ['#接龙', ...lines.map((line, n) => `${n + 1}. ${line}`)].join('\n');

  it('by the secretary is one report per line and one answer in one line', async () => {
    const steps = [says('08:00', VILLAGE, '孙三', list('一网格 0', '二网格 0', '三网格 0'))];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, '林东镇/福山地村')).toEqual(ALL_IN);
    expect(played.heard).toHaveLength(1);
    expect(played.heard[0]?.text).not.toContain('\n');
    expect(played.heard[0]?.text).toContain('(3/3)');
  });

  it('with different values is still answered in one line', async () => {
    const steps = [says('08:00', VILLAGE, '孙三', list('一网格 0', '二网格 3', '三网格 0'))];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, '林东镇/福山地村')).toEqual(ALL_IN);
    expect(played.heard).toHaveLength(1);
    expect(played.heard[0]?.text).toContain('异常3');
    expect(played.heard[0]?.text).not.toContain('\n');
  });

  it('from a grid leader counts for the own grid alone', async () => {
    const played = await play({ steps: [says('08:00', VILLAGE, '张三', list('一网格 0', '二网格 0'))], end: MORNING });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(countsOf(played, GRID.second)).toEqual(MISSING);
  });

  it('names the lines it could not count', async () => {
    const steps = [says('08:00', VILLAGE, '孙三', list('一网格 0', '九网格 0', '二网格 很多'))];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, '林东镇/福山地村')).toEqual({ ...ALL_IN, reported: 1, missing: 2 });
    expect(played.heard[0]?.text).toContain('九网格');
    expect(played.heard[0]?.text).toContain('很多');
  });

  it('pasted again with one more line takes the new line and counts nothing twice', async () => {
    const steps = [
      says('08:00', VILLAGE, '孙三', list('一网格 0')),
      says('08:05', VILLAGE, '孙三', list('一网格 0', '二网格 1')),
    ];
    const played = await play({ steps, end: MORNING });
    expect(countsOf(played, '林东镇/福山地村')).toEqual({ ...ALL_IN, reported: 2, missing: 1 });
    expect(between(played, '08:05:00', '08:06:00')).toHaveLength(1);
  });
});
