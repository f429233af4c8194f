import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import {
  ABOVE,
  countsOf,
  inMinute,
  LATE,
  MISSING,
  REPORTED,
  rosterOf,
  says,
  sorted,
  tablesOf,
  tells,
} from './script.ts';

const A = '林东镇/福山地村/一网格';
const B = '林东镇/大新庄村/一网格';
const SHARED = rosterOf(
  ...ABOVE,
  '巴林左旗,林东镇,福山地村,一网格,网格长,张三',
  '巴林左旗,林东镇,大新庄村,,书记,周五',
  '巴林左旗,林东镇,大新庄村,一网格,网格长,张三',
  '巴林左旗,林东镇,大新庄村,二网格,网格长,吴六',
);
const MORNING = { roster: SHARED, end: '2026-11-23T12:00:00+08:00' };

describe('a name that two villages share', () => {
  it('is written in mentions with as much of the path as makes it one person', async () => {
    const played = await play({ roster: SHARED });
    expect(inMinute(played, '福山地村', '17:00')[0]?.mentions).toEqual(['张三@福山地村']);
    expect(sorted(inMinute(played, '大新庄村', '17:00')[0]?.mentions ?? [])).toEqual(sorted(['张三@大新庄村', '吴六']));
    expect(tablesOf(played, '福山地村')[0]?.mentions).toEqual(['张三@福山地村']);
  });

  it('is written in chats with as much of the path as makes it one unit', async () => {
    const steps = [
      says('08:00', '福山地村/一网格', '张三@福山地村', '/日报 0'),
      says('08:01', '大新庄村/一网格', '张三@大新庄村', '/日报 0'),
      says('08:02', '二网格', '吴六', '/日报 0'),
    ];
    const played = await play({ ...MORNING, steps });
    expect(played.heard.map(({ chat }) => chat)).toEqual(['福山地村/一网格', '大新庄村/一网格', '二网格']);
    expect(countsOf(played)).toMatchObject({ expected: 3, reported: 3 });
  });

  it('is written in private with as much of the path as makes it one person', async () => {
    const steps = [tells('08:00', '张三@福山地村', '/日报 0'), tells('08:01', '张三@大新庄村', '/日报 1')];
    const played = await play({ ...MORNING, steps });
    expect(played.heard.map(({ to, chat }) => [to, chat])).toEqual([
      ['张三@福山地村', null],
      ['张三@大新庄村', null],
    ]);
    expect(countsOf(played, A)).toEqual(REPORTED);
  });

  it('means the grid below the group first', async () => {
    const played = await play({ ...MORNING, steps: [says('08:00', '大新庄村', '周五', '/代报 一网格 0 手机坏了')] });
    expect(countsOf(played, B)).toEqual(REPORTED);
    expect(countsOf(played, A)).toEqual(MISSING);
  });

  it('means in private the grid of the own village', async () => {
    const played = await play({ ...MORNING, steps: [tells('08:00', '周五', '/代报 一网格 0 手机坏了')] });
    expect(countsOf(played, B)).toEqual(REPORTED);
    expect(countsOf(played, A)).toEqual(MISSING);
  });

  it.each(['大新庄村一网格', '大新庄村/一网格'])('may be told apart by its path, %s', async (path) => {
    const played = await play({ ...MORNING, steps: [says('08:00', '林东镇', '钱二', `/代报 ${path} 0 手机坏了`)] });
    expect(countsOf(played, B)).toEqual(REPORTED);
    expect(countsOf(played, A)).toEqual(MISSING);
  });

  it('is asked about where it stays open, with lines that work when sent as they stand', async () => {
    const asked = await play({ ...MORNING, steps: [says('08:00', '林东镇', '钱二', '/代报 一网格 0 手机坏了')] });
    expect(countsOf(asked)).toMatchObject({ reported: 0 });
    const lines = asked.heard[0]?.text.match(/^\/.*$/gm) ?? [];
    expect(lines).toHaveLength(2);
    for (const [line, path] of [
      [lines.find((text) => text.includes('福山地村')), A],
      [lines.find((text) => text.includes('大新庄村')), B],
    ] as const) {
      const played = await play({ ...MORNING, steps: [says('08:00', '林东镇', '钱二', line ?? '')] });
      expect(countsOf(played, path)).toEqual(REPORTED);
      expect(countsOf(played)).toMatchObject({ reported: 1, missing: 2 });
    }
  });

  it('does not let the one report in the village of the other', async () => {
    const played = await play({ ...MORNING, steps: [says('08:00', '大新庄村', '张三@福山地村', '/日报 0')] });
    expect(countsOf(played)).toMatchObject({ reported: 0, missing: 3 });
  });

  it('is told apart in an answer given in a group above both', async () => {
    const played = await play({
      ...MORNING,
      steps: [says('08:00', '林东镇', '钱二', '/代报 大新庄村一网格 0 手机坏了')],
    });
    expect(played.heard[0]?.text).toContain('大新庄村');
  });
});

describe('a roster', () => {
  it('makes a unit of every path its rows name and a group of its name for each', async () => {
    const played = await play({ end: '2026-11-23T08:00:00+08:00' });
    expect(sorted(Object.keys(played.summary.forms.daily?.['2026-11-23']?.units ?? {}))).toEqual(
      sorted([
        '林东镇',
        '林东镇/大新庄村',
        '林东镇/大新庄村/一网格',
        '林东镇/福山地村',
        '林东镇/福山地村/一网格',
        '林东镇/福山地村/三网格',
        '林东镇/福山地村/二网格',
      ]),
    );
  });

  it('makes a village of a grid row even when no row names a post of the village', async () => {
    const roster = rosterOf('巴林左旗,,,,书记,赵一', '巴林左旗,林东镇,福山地村,一网格,网格长,张三');
    const played = await play({ roster, steps: [says('18:10', '福山地村', '张三', '/日报 0')] });
    expect(countsOf(played, '林东镇/福山地村')).toEqual(LATE);
    expect(tablesOf(played, '福山地村')[0]?.mentions).toEqual(['张三']);
    expect(tablesOf(played, '林东镇')).toHaveLength(1);
  });

  it('has each grid expected once however many posts it has', async () => {
    const roster = rosterOf(
      ...ABOVE,
      '巴林左旗,林东镇,福山地村,一网格,网格长,张三',
      '巴林左旗,林东镇,福山地村,一网格,网格员,王七',
      '巴林左旗,林东镇,福山地村,一网格,网格员,冯九',
    );
    const steps = [says('08:00', '福山地村', '张三', '/日报 0')];
    expect(countsOf(await play({ roster, steps }))).toMatchObject({ expected: 1, reported: 1 });
  });

  it('lets a secretary who also leads a grid report it with a bare line', async () => {
    const roster = rosterOf(
      ...ABOVE,
      '巴林左旗,林东镇,福山地村,一网格,网格长,孙三',
      '巴林左旗,林东镇,福山地村,二网格,网格长,李四',
    );
    const played = await play({ roster, steps: [says('08:00', '福山地村', '孙三', '/日报 0')] });
    expect(countsOf(played, A)).toEqual(REPORTED);
    expect(countsOf(played, '林东镇/福山地村/二网格')).toEqual(MISSING);
    expect(inMinute(played, '福山地村', '17:00')[0]?.mentions).toEqual(['李四']);
  });

  it('asks the leader of two grids which one, and mentions them once', async () => {
    const roster = rosterOf(
      ...ABOVE,
      '巴林左旗,林东镇,福山地村,一网格,网格长,张三',
      '巴林左旗,林东镇,福山地村,二网格,网格长,张三',
    );
    const steps = [says('08:00', '福山地村', '张三', '/日报 0'), says('08:10', '福山地村', '张三', '/日报 二网格 0')];
    const played = await play({ roster, steps });
    const [asked] = inMinute(played, '福山地村', '08:00');
    expect(asked?.text).toContain('/日报 一网格 0');
    expect(asked?.text).toContain('/日报 二网格 0');
    expect(countsOf(played, A)).toEqual(MISSING);
    expect(countsOf(played, '林东镇/福山地村/二网格')).toEqual(REPORTED);
    expect(inMinute(played, '福山地村', '17:00')[0]?.mentions).toEqual(['张三']);
  });
});
