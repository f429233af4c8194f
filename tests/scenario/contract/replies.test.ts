import { beforeAll, describe, expect, it } from 'vitest';
import { type Played, play } from '../../support/rehearsal.ts';
import { between, countsOf, inMinute, LEADERS, says, TWELVE, TWELVE_GRIDS, tells, timeOf } from './script.ts';

const VILLAGE = '福山地村';

describe('the answer to a report', () => {
  it('says grid, day, zero, the time it was sent and how many of the village are in', async () => {
    const steps = LEADERS.slice(0, 7).map((name, n) => says(`17:0${n}`, VILLAGE, name, '/日报 0'));
    const day = { start: '2026-11-21T07:00:00+08:00', end: '2026-11-21T17:30:00+08:00', roster: TWELVE_GRIDS };
    const played = await play({ steps, ...day });
    expect(played.inGroup(VILLAGE).at(-1)).toMatchObject({
      text: '✅ 七网格 11月21日 零报告已收 17:06(7/12)',
      mentions: [],
      attachments: [],
      to: null,
    });
  });

  it('repeats the values by their labels', async () => {
    const steps = [says('17:10', VILLAGE, '张三', '/日报 2 返乡1 发热1\n张三 武汉回来 住3组')];
    const [answer] = inMinute(await play({ steps }), VILLAGE, '17:10');
    expect(answer?.text).toMatch(/^✅ 一网格 11月23日 .*异常2.*返乡1.*发热1.*\(1\/3\)$/);
    expect(answer?.text).not.toContain('零报告');
  });

  it('contains 迟报 when the report is late and not when it is on time', async () => {
    const steps = [says('17:59:00', VILLAGE, '张三', '/日报 0'), says('18:05:00', VILLAGE, '李四', '/日报 0')];
    const played = await play({ steps });
    expect(between({ heard: played.inGroup(VILLAGE) }, '17:59:00', '17:59:10')[0]?.text).not.toContain('迟报');
    expect(between({ heard: played.inGroup(VILLAGE) }, '18:05:00', '18:05:10')[0]?.text).toContain('迟报');
  });

  it('leaves within three seconds in a group', async () => {
    const played = await play({ steps: [says('08:00', VILLAGE, '张三', '/日报 0')] });
    expect(timeOf(played.inGroup(VILLAGE)[0]) <= '08:00:03').toBe(true);
  });

  it('goes to the private chat its line came from and to no group', async () => {
    const end = '2026-11-23T16:00:00+08:00';
    const played = await play({ steps: [tells('08:00', '张三', '/日报 0')], end });
    expect(played.heard).toHaveLength(1);
    expect(played.heard[0]).toMatchObject({ chat: null, to: '张三', mentions: [] });
    expect(played.heard[0]?.text).toContain('✅ 一网格 11月23日 零报告已收 08:00(1/3)');
  });

  it('is one line for twelve grids that report within seconds', async () => {
    const steps = LEADERS.map((name, n) => says(`17:30:0${n % 2}`, VILLAGE, name, '/日报 0'));
    const answers = inMinute(await play({ steps, roster: TWELVE_GRIDS }), VILLAGE, '17:30');
    expect(answers).toHaveLength(1);
    expect(answers[0]?.text).not.toContain('\n');
    expect(answers[0]?.text).toContain('(12/12)');
    for (const grid of TWELVE) expect(answers[0]?.text).toContain(grid);
  });

  it('keeps the answers of two groups apart though they were asked in the same second', async () => {
    const steps = [says('08:00', VILLAGE, '张三', '/日报 0'), says('08:00', '大新庄村', '吴六', '/日报 3')];
    const played = await play({ steps });
    expect(inMinute(played, VILLAGE, '08:00').map(({ text }) => text)).toEqual([
      '✅ 一网格 11月23日 零报告已收 08:00(1/3)',
    ]);
    expect(inMinute(played, '大新庄村', '08:00')[0]?.text).toContain('异常3');
  });

  it('gathers answers and errors of several people into one message', async () => {
    const steps = [says('08:00:00', VILLAGE, '张三', '/日报 0'), says('08:00:01', VILLAGE, '李四', '/日报 -1')];
    const answers = inMinute(await play({ steps }), VILLAGE, '08:00');
    expect(answers).toHaveLength(1);
    expect(answers[0]?.text).toContain('一网格');
    expect(answers[0]?.text).toContain('-1');
  });
});

const ERRORS: [why: string, unit: string, from: string, line: string, wants: string][] = [
  ['a report without a number', VILLAGE, '张三', '/日报', '/日报 0'],
  ['a negative number', VILLAGE, '张三', '/日报 -1', '/日报 '],
  ['a number too large', VILLAGE, '张三', '/日报 100000', '/日报 '],
  ['a vague number', VILLAGE, '张三', '/日报 十几', '/日报 '],
  ['a fraction', VILLAGE, '张三', '/日报 1.5', '/日报 '],
  ['a slip of the pen', VILLAGE, '张三', '/日抱 0', '/日报 0'],
  ['a command nobody knows', VILLAGE, '张三', '/天气', '/帮助'],
  ['a report in the wrong place', '林东镇', '张三', '/日报 0', '/日报 0'],
  ['a secretary who names no grid', VILLAGE, '孙三', '/日报 0', '/代报 '],
  ['a report for a grid of a peer', VILLAGE, '张三', '/日报 二网格 0', '/'],
  ['a proxy report by a grid leader', VILLAGE, '张三', '/代报 二网格 0 手机坏了', '/'],
  ['a grid that does not exist', VILLAGE, '孙三', '/代报 九网格 0 手机坏了', '/'],
  ['an exemption without a reason', VILLAGE, '孙三', '/免报 三网格 11月23日', '/免报 三网格'],
  ['an exemption one may not declare', VILLAGE, '张三', '/免报 一网格 11月23日 整组搬迁', '/'],
  ['a correction of nothing', VILLAGE, '张三', '/更正 1', '/日报 '],
  ['taking back nothing', VILLAGE, '张三', '/撤回', '/'],
  ['a confirmation of nothing', VILLAGE, '孙三', '/确认', '/'],
  ['a day before the first period', VILLAGE, '张三', '/补报 11月20日 0 停电', '/'],
  ['a day to come', VILLAGE, '张三', '/补报 11月29日 0 停电', '/'],
  ['a list line that cannot be read', VILLAGE, '孙三', '#接龙\n1. 九网格 0', '/'],
  ['a stranger', VILLAGE, '路人', '/日报 0', '/认领'],
];

describe('an error', () => {
  const minute = (n: number) => `08:${String(n).padStart(2, '0')}`;
  const steps = ERRORS.map(([, unit, from, line], n) => says(minute(n), unit, from, line));
  const day = { steps, end: '2026-11-23T16:00:00+08:00' };
  let played: Played;
  beforeAll(async () => {
    played = await play(day);
  });

  it.each(ERRORS.map((row, n) => [row[0], n] as const))(
    'about %s is answered in its chat with the line to send',
    (_, n) => {
      const [, unit = '', , , wants] = ERRORS[n] ?? [];
      const answers = between(played, `${minute(n)}:00`, `${minute(n + 1)}:00`);
      expect(answers).toHaveLength(1);
      expect(answers[0]).toMatchObject({ chat: unit, mentions: [] });
      expect(answers[0]?.text).toContain(wants);
      expect(answers[0]?.text).not.toContain('✅');
    },
  );

  it('leaves nothing half-written', () => {
    expect(countsOf(played)).toEqual({ expected: 4, reported: 0, late: 0, exempt: 0, missing: 4 });
  });
});

describe('a plain line', () => {
  it('is left alone in every chat', async () => {
    const lines = ['大家早上好', '今天没有什么事', '收到', '二网格还有人没来', '好的好的', '0'];
    const steps = lines.flatMap((line, n) => [
      says(`08:0${n}`, VILLAGE, '张三', line),
      says(`08:1${n}`, '林东镇', '钱二', line),
      says(`08:2${n}`, VILLAGE, '路人', line),
    ]);
    const played = await play({ steps, end: '2026-11-23T16:00:00+08:00' });
    expect(played.heard).toEqual([]);
  });

  it('that parses whole as a report counts in a work group without a slash', async () => {
    const played = await play({ steps: [says('08:00', VILLAGE, '张三', '日报 无异常')] });
    expect(inMinute(played, VILLAGE, '08:00')[0]?.text).toBe('✅ 一网格 11月23日 零报告已收 08:00(1/3)');
  });
});

describe('any answer', () => {
  it('goes to the chat its line came from, at once even at night, and mentions nobody', async () => {
    const lines = '/进度 /汇总 /未报 /帮助 /我 /未知 /日报 /免报 /请假 /确认 /撤回 /更正'.split(' ');
    const chats = [VILLAGE, '林东镇', '巴林左旗', '福山地村/一网格'];
    const steps = lines.flatMap((line, n) =>
      chats.map((unit, m) =>
        says(`22:${String(n * 4 + m).padStart(2, '0')}:30`, unit, ['孙三', '钱二', '赵一', '张三'][m] ?? '', line),
      ),
    );
    const start = '2026-11-23T20:00:00+08:00';
    const { heard } = await play({ steps, start, end: '2026-11-23T23:00:00+08:00' });
    expect(heard.map(({ chat }) => chat?.replace(/^一网格$/, '福山地村/一网格'))).toEqual(lines.flatMap(() => chats));
    expect(heard.flatMap(({ mentions }) => mentions)).toEqual([]);
  });
});
