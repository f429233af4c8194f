import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import {
  ABOVE,
  countsOf,
  EXEMPT,
  GRID,
  inMinute,
  MISSING,
  REPORTED,
  rosterOf,
  says,
  sorted,
  tablesOf,
  tells,
} from './script.ts';

const VILLAGE = '福山地村';

describe('a grid with neither leader nor deputy', () => {
  it('stays expected and has the secretary mentioned in the same reminder and the same table', async () => {
    const played = await play({});
    for (const line of [
      inMinute(played, VILLAGE, '17:00'),
      inMinute(played, VILLAGE, '17:45'),
      tablesOf(played, VILLAGE),
    ]) {
      expect(line).toHaveLength(1);
      expect(sorted(line[0]?.mentions ?? [])).toEqual(sorted(['张三', '李四', '孙三']));
    }
    expect(countsOf(played, GRID.third)).toEqual(MISSING);
  });

  it('is reported by the secretary with a proxy report', async () => {
    const played = await play({ steps: [says('17:10', VILLAGE, '孙三', '/代报 三网格 0 暂时空岗')] });
    expect(countsOf(played, GRID.third)).toEqual(REPORTED);
    expect(inMinute(played, VILLAGE, '17:45')[0]?.mentions).not.toContain('孙三');
  });

  it('names the secretary once however many grids are vacant', async () => {
    const roster = rosterOf(...ABOVE, ...['一', '二', '三'].map((n) => `巴林左旗,林东镇,福山地村,${n}网格,网格长,`));
    const played = await play({ roster });
    expect(inMinute(played, VILLAGE, '17:00')[0]?.mentions).toEqual(['孙三']);
    expect(countsOf(played)).toMatchObject({ expected: 3, missing: 3 });
  });

  it('is acted on by its deputy leader, or else by its staff, before the secretary', async () => {
    const roster = rosterOf(
      ...ABOVE,
      '巴林左旗,林东镇,福山地村,一网格,网格长,',
      '巴林左旗,林东镇,福山地村,一网格,副网格长,郑八',
      '巴林左旗,林东镇,福山地村,二网格,网格长,',
      '巴林左旗,林东镇,福山地村,二网格,网格员,王七',
    );
    const steps = [says('17:20', VILLAGE, '郑八', '/日报 0'), says('17:21', VILLAGE, '王七', '/日报 0')];
    const played = await play({ roster, steps });
    expect(sorted(inMinute(played, VILLAGE, '17:00')[0]?.mentions ?? [])).toEqual(sorted(['郑八', '王七']));
    expect(countsOf(played)).toMatchObject({ expected: 2, reported: 2 });
  });
});

describe('leave', () => {
  const away = says('08:00', VILLAGE, '张三', '/请假 11月23日-24日 李四代');

  it('has the deputy mentioned in place of the one on leave, on both dates and not after', async () => {
    const played = await play({ steps: [away], end: '2026-11-25T17:59:00+08:00' });
    for (const day of [23, 24]) {
      expect(sorted(inMinute(played, VILLAGE, '17:00', day)[0]?.mentions ?? [])).toEqual(sorted(['李四', '孙三']));
      expect(sorted(tablesOf(played, VILLAGE)[day - 23]?.mentions ?? [])).toEqual(sorted(['李四', '孙三']));
    }
    expect(inMinute(played, VILLAGE, '17:00', 25)[0]?.mentions).toContain('张三');
  });

  it('does not exempt the grid', async () => {
    expect(countsOf(await play({ steps: [away] }), GRID.first)).toEqual(MISSING);
  });

  it('takes effect at once, between two reminders', async () => {
    const played = await play({ steps: [says('17:30', VILLAGE, '张三', '/请假 今天 李四代')] });
    expect(inMinute(played, VILLAGE, '17:00')[0]?.mentions).toContain('张三');
    expect(inMinute(played, VILLAGE, '17:45')[0]?.mentions).not.toContain('张三');
  });

  it('does not begin before its first date', async () => {
    const steps = [
      says('08:00', VILLAGE, '张三', '/请假 11月24日 李四代'),
      says('17:30', VILLAGE, '李四', '/日报 一网格 0'),
    ];
    const played = await play({ steps, end: '2026-11-24T17:30:00+08:00' });
    expect(inMinute(played, VILLAGE, '17:00', 23)[0]?.mentions).toContain('张三');
    expect(inMinute(played, VILLAGE, '17:00', 24)[0]?.mentions).not.toContain('张三');
    expect(countsOf(played, GRID.first)).toEqual(MISSING);
  });

  it.each([
    ['in the village', says('09:00', VILLAGE, '李四', '/日报 一网格 0')],
    ['in the group of the grid', says('09:00', '福山地村/一网格', '李四', '/日报 一网格 0')],
    ['in private', tells('09:00', '李四', '/日报 一网格 0')],
  ])('lets the deputy report the grid by name %s', async (_where, report) => {
    const played = await play({ steps: [away, report], end: '2026-11-23T12:00:00+08:00' });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(countsOf(played, GRID.second)).toEqual(MISSING);
  });

  it('leaves the bare report of a deputy who leads a grid to the own grid', async () => {
    const played = await play({ steps: [away, says('09:00', VILLAGE, '李四', '/日报 0')] });
    expect(countsOf(played, GRID.second)).toEqual(REPORTED);
    expect(countsOf(played, GRID.first)).toEqual(MISSING);
  });

  it('ends the right of the deputy with its last date', async () => {
    const steps = [away, says('09:00', VILLAGE, '李四', '/日报 一网格 0', { day: 2 })];
    const played = await play({ steps, end: '2026-11-25T10:00:00+08:00' });
    expect(countsOf(played, GRID.first, '2026-11-25')).toEqual(MISSING);
  });

  it('without a deputy brings the secretary in', async () => {
    const played = await play({ steps: [says('08:00', '大新庄村', '吴六', '/请假 今天')] });
    expect(inMinute(played, '大新庄村', '17:00')[0]?.mentions).toEqual(['周五']);
    expect(tablesOf(played, '大新庄村')[0]?.mentions).toEqual(['周五']);
    expect(countsOf(played, GRID.other)).toEqual(MISSING);
  });

  it('refuses a deputy nobody knows and changes nothing', async () => {
    const played = await play({ steps: [says('08:00', '大新庄村', '吴六', '/请假 今天 路人甲代')] });
    expect(inMinute(played, '大新庄村', '08:00')[0]?.text).toContain('/请假');
    expect(inMinute(played, '大新庄村', '17:00')[0]?.mentions).toEqual(['吴六']);
  });
});

describe('a village secretary', () => {
  it('who is on leave is replaced by the deputy in the table of the township, and in the right to report for others', async () => {
    const steps = [
      says('08:00', VILLAGE, '孙三', '/请假 今天 张三代'),
      says('08:10', VILLAGE, '张三', '/代报 二网格 0 李四手机坏了'),
    ];
    const played = await play({ steps, end: '2026-11-23T18:40:00+08:00' });
    expect(sorted(tablesOf(played, '林东镇')[0]?.mentions ?? [])).toEqual(sorted(['张三', '周五']));
    expect(countsOf(played, GRID.second)).toEqual(REPORTED);
  });

  it('whose post is vacant is replaced by the deputy secretary', async () => {
    const roster = rosterOf(
      '巴林左旗,,,,书记,赵一',
      '巴林左旗,林东镇,,,书记,钱二',
      '巴林左旗,林东镇,福山地村,,书记,',
      '巴林左旗,林东镇,福山地村,,副书记,何副',
      '巴林左旗,林东镇,福山地村,一网格,网格长,',
    );
    const played = await play({ roster, end: '2026-11-23T18:40:00+08:00' });
    expect(inMinute(played, VILLAGE, '17:00')[0]?.mentions).toEqual(['何副']);
    expect(tablesOf(played, '林东镇')[0]?.mentions).toEqual(['何副']);
  });
});

describe('an exemption', () => {
  const moved = says('08:00', VILLAGE, '孙三', '/免报 三网格 11月23日 整组搬迁');

  it('by a level above with a reason counts as exempt, on every level', async () => {
    const played = await play({
      steps: [moved, says('08:01', '林东镇', '钱二', '/免报 大新庄村一网格 11月23日 整组搬迁')],
    });
    expect(countsOf(played, GRID.third)).toEqual(EXEMPT);
    expect(countsOf(played, GRID.other)).toEqual(EXEMPT);
    expect(countsOf(played)).toEqual({ expected: 4, reported: 0, late: 0, exempt: 2, missing: 2 });
  });

  it('spares the reminder and the table its mention', async () => {
    const played = await play({ steps: [moved] });
    expect(sorted(inMinute(played, VILLAGE, '17:00')[0]?.mentions ?? [])).toEqual(sorted(['张三', '李四']));
    expect(sorted(tablesOf(played, VILLAGE)[0]?.mentions ?? [])).toEqual(sorted(['张三', '李四']));
  });

  it('makes a village complete whose other grids are in', async () => {
    const reports = ['张三', '李四'].map((name) => says('08:10', VILLAGE, name, '/日报 0'));
    const played = await play({ steps: [moved, ...reports] });
    expect(tablesOf(played, VILLAGE)[0]?.mentions).toEqual([]);
    expect(tablesOf(played, '林东镇')[0]?.mentions).toEqual(['周五']);
  });

  it.each([
    ['by the leader of the grid', says('08:00', VILLAGE, '张三', '/免报 一网格 11月23日 整组搬迁')],
    ['by a peer', says('08:00', VILLAGE, '李四', '/免报 一网格 11月23日 整组搬迁')],
    [
      'by the secretary of another village',
      says('08:00', '大新庄村', '周五', '/免报 福山地村一网格 11月23日 整组搬迁'),
    ],
    ['by a stranger', says('08:00', VILLAGE, '路人', '/免报 一网格 11月23日 整组搬迁')],
    ['without a reason', says('08:00', VILLAGE, '孙三', '/免报 一网格 11月23日')],
  ])('%s is refused', async (_who, line) => {
    expect(countsOf(await play({ steps: [line] }), GRID.first)).toEqual(MISSING);
  });

  it('holds for its day alone', async () => {
    const played = await play({ steps: [moved], end: '2026-11-24T12:00:00+08:00' });
    expect(countsOf(played, GRID.third, '2026-11-24')).toEqual(MISSING);
  });
});
