import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import { countsOf, GRID, inMinute, LATE, MISSING, REPORTED, says, tells } from './script.ts';

const VILLAGE = '福山地村';
const NEXT_NOON = '2026-11-24T12:30:00+08:00';

/** What the table of the village says when asked, a minute after the last line. */
async function valuesAfter(...steps: string[]): Promise<string> {
  const played = await play({
    steps: [...steps, says('16:30', VILLAGE, '孙三', '/汇总')],
    end: '2026-11-23T16:40:00+08:00',
  });
  return inMinute(played, VILLAGE, '16:30')[0]?.text ?? '';
}

describe('on time', () => {
  it('is what was sent at 18:00:00, and late what was sent a second later', async () => {
    const steps = [says('18:00:00', VILLAGE, '张三', '/日报 0'), says('18:00:01', VILLAGE, '李四', '/日报 0')];
    const played = await play({ steps });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(countsOf(played, GRID.second)).toEqual(LATE);
    const lines = inMinute(played, VILLAGE, '18:00').flatMap(({ text, attachments }) =>
      attachments.length ? [] : text.split('\n'),
    );
    expect(lines.find((line) => line.includes('一网格'))).not.toContain('迟报');
    expect(lines.find((line) => line.includes('二网格'))).toContain('迟报');
  });

  it('is any time of the day before, from midnight on', async () => {
    const steps = [says('00:00:30', VILLAGE, '张三', '/日报 0')];
    const played = await play({ steps, start: '2026-11-23T00:00:00+08:00', end: '2026-11-23T06:00:00+08:00' });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
  });
});

describe('a second report', () => {
  it('is a new version of the same report, not one more', async () => {
    const played = await play({
      steps: [says('08:00', VILLAGE, '张三', '/日报 5'), says('09:00', VILLAGE, '张三', '/日报 3')],
    });
    expect(countsOf(played)).toMatchObject({ expected: 4, reported: 1, late: 0, missing: 3 });
    expect(inMinute(played, VILLAGE, '09:00')[0]?.text).toContain('异常3');
    const text = await valuesAfter(
      says('08:00', VILLAGE, '张三', '/日报 5'),
      says('09:00', VILLAGE, '张三', '/日报 3'),
    );
    expect(text).toContain('异常3');
    expect(text).not.toMatch(/异常[58]/);
  });

  it.each(['/日报 3', '/更正 3'])(
    'keeps the timeliness of the first when it is %s after the due time',
    async (line) => {
      const played = await play({
        steps: [says('17:00:30', VILLAGE, '张三', '/日报 0'), says('18:30', VILLAGE, '张三', line)],
      });
      expect(countsOf(played, GRID.first)).toEqual(REPORTED);
      expect(inMinute(played, VILLAGE, '18:30')[0]?.text).toContain('异常3');
      expect(inMinute(played, VILLAGE, '18:30')[0]?.text).not.toContain('迟报');
    },
  );

  it('keeps a late report late', async () => {
    const played = await play({
      steps: [says('18:10', VILLAGE, '张三', '/日报 0'), says('18:30', VILLAGE, '张三', '/更正 1')],
    });
    expect(countsOf(played, GRID.first)).toEqual(LATE);
  });

  it('may correct yesterday before the lock and stays on time', async () => {
    const steps = [
      says('17:00:30', VILLAGE, '张三', '/日报 0'),
      says('11:59:59', VILLAGE, '张三', '/更正 昨天 1', { day: 1 }),
    ];
    const played = await play({ steps, end: NEXT_NOON });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(countsOf(played, GRID.first, '2026-11-24')).toEqual(MISSING);
  });
});

describe('taking a report back', () => {
  it('reopens the obligation', async () => {
    const played = await play({
      steps: [says('08:00', VILLAGE, '张三', '/日报 5'), says('08:10', VILLAGE, '张三', '/撤回')],
    });
    expect(countsOf(played, GRID.first)).toEqual(MISSING);
    expect(inMinute(played, VILLAGE, '17:00')[0]?.mentions).toContain('张三');
    expect(
      await valuesAfter(says('08:00', VILLAGE, '张三', '/日报 5'), says('08:10', VILLAGE, '张三', '/撤回')),
    ).not.toContain('异常5');
  });

  it('lets the next report be judged by its own time', async () => {
    const taken = [says('08:00', VILLAGE, '张三', '/日报 0'), says('08:10', VILLAGE, '张三', '/撤回')];
    const early = await play({
      steps: [...taken, says('08:20', VILLAGE, '张三', '/日报 0')],
      end: '2026-11-23T16:00:00+08:00',
    });
    expect(countsOf(early, GRID.first)).toEqual(REPORTED);
    const late = await play({ steps: [...taken, says('18:20', VILLAGE, '张三', '/日报 0')] });
    expect(countsOf(late, GRID.first)).toEqual(LATE);
  });

  it('is refused after the lock', async () => {
    const steps = [
      says('08:00', VILLAGE, '张三', '/日报 0'),
      says('12:00:01', VILLAGE, '张三', '/撤回 昨天', { day: 1 }),
    ];
    expect(countsOf(await play({ steps, end: NEXT_NOON }), GRID.first)).toEqual(REPORTED);
  });

  it('does not touch the grid of a peer', async () => {
    const steps = [
      says('08:00', VILLAGE, '张三', '/日报 0'),
      says('08:10', VILLAGE, '李四', '/撤回 一网格'),
      says('08:11', VILLAGE, '李四', '/更正 一网格 7'),
    ];
    const played = await play({ steps, end: '2026-11-23T16:00:00+08:00' });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(played.heard.map(({ text }) => text).join()).not.toContain('异常7');
  });
});

describe('a made-up report', () => {
  it('counts as late until noon of the next day, with or without the word', async () => {
    const steps = [
      says('09:00', VILLAGE, '张三', '/补报 昨天 0 停电', { day: 1 }),
      says('11:59:59', VILLAGE, '李四', '/日报 昨天 0', { day: 1 }),
      tells('10:00', '吴六', '/补报 11月23日 2 停电', { day: 1 }),
    ];
    const played = await play({ steps, end: NEXT_NOON });
    for (const path of [GRID.first, GRID.second, GRID.other]) expect(countsOf(played, path)).toEqual(LATE);
    expect(inMinute(played, VILLAGE, '09:00', 24)[0]?.text).toContain('迟报');
    expect(countsOf(played, undefined, '2026-11-24')).toMatchObject({ expected: 4, missing: 4 });
  });

  it('counts as late on the evening of the day itself', async () => {
    expect(countsOf(await play({ steps: [says('20:00', VILLAGE, '张三', '/补报 0 停电')] }), GRID.first)).toEqual(LATE);
  });

  it('is refused from the leader after the lock, with the line a level above may send', async () => {
    const steps = [says('12:00:01', VILLAGE, '张三', '/补报 昨天 0 停电', { day: 1 })];
    const played = await play({ steps, end: NEXT_NOON });
    expect(countsOf(played, GRID.first)).toEqual(MISSING);
    expect(inMinute(played, VILLAGE, '12:00', 24)[0]?.text).toMatch(/\/补报 .*一网格/);
  });

  it.each([
    ['the secretary of the village', says('12:10', VILLAGE, '孙三', '/补报 昨天 一网格 0 停电', { day: 1 })],
    ['the secretary of the township', says('12:10', '林东镇', '钱二', '/补报 昨天 福山地村一网格 0 停电', { day: 1 })],
    ['the secretary of the county', tells('12:10', '赵一', '/补报 昨天 福山地村一网格 0 停电', { day: 1 })],
  ])('is taken after the lock from %s with a reason', async (_who, line) => {
    expect(countsOf(await play({ steps: [line], end: NEXT_NOON }), GRID.first)).toEqual(LATE);
  });

  it('is refused after the lock from a level above without a reason', async () => {
    const steps = [says('12:10', VILLAGE, '孙三', '/补报 昨天 一网格 0', { day: 1 })];
    const played = await play({ steps, end: NEXT_NOON });
    expect(countsOf(played, GRID.first)).toEqual(MISSING);
    expect(inMinute(played, VILLAGE, '12:10', 24)[0]?.text).toMatch(/\/补报 .*一网格/);
  });

  it('may be corrected after the lock only by a level above with a reason, and keeps its timeliness', async () => {
    const steps = [
      says('08:00', VILLAGE, '张三', '/日报 1'),
      says('12:10', VILLAGE, '张三', '/更正 昨天 2 数错了', { day: 1 }),
      says('12:11', VILLAGE, '孙三', '/更正 昨天 一网格 3', { day: 1 }),
      says('12:12', VILLAGE, '孙三', '/更正 昨天 一网格 4 数错了', { day: 1 }),
      says('12:13', VILLAGE, '孙三', '/汇总 昨天', { day: 1 }),
    ];
    const played = await play({ steps, end: NEXT_NOON });
    expect(countsOf(played, GRID.first)).toEqual(REPORTED);
    expect(inMinute(played, VILLAGE, '12:10', 24)[0]?.text).not.toContain('✅');
    expect(inMinute(played, VILLAGE, '12:11', 24)[0]?.text).not.toContain('✅');
    expect(inMinute(played, VILLAGE, '12:13', 24)[0]?.text).toContain('异常4');
  });

  it('cannot be made for a day before the first period, which does not exist', async () => {
    const played = await play({ steps: [says('08:00', VILLAGE, '孙三', '/补报 11月22日 一网格 0 停电')] });
    expect(Object.keys(played.summary.forms.daily ?? {})).toEqual(['2026-11-23']);
    expect(countsOf(played, GRID.first)).toEqual(MISSING);
  });
});
