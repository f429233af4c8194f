/** Rights are those of the day on which a line was said, and lines offered mean the grid and the day they speak of. */
import { describe, expect, it } from 'vitest';
import { play, ROSTER } from '../support/rehearsal.ts';

const say = (at: string, where: string | null, from: string, line: string, day = 0): string =>
  JSON.stringify(where === null ? { at, day, direct: true, from, say: line } : { at, day, in: where, from, say: line });
const NEXT_NOON = '2026-11-24T13:00:00+08:00';
const last = (lines: { text: string }[]): string => lines.at(-1)?.text ?? '';

describe('a line that arrives late', () => {
  it('is judged by the leave that held when it was said', async () => {
    const steps = [
      say('08:00', null, '李四', '/请假 今天 吴六代'),
      '{ at: "17:00", fault: { offline: 8h } }',
      say('17:30', null, '吴六', '/日报 二网格 0'),
    ];
    const { summary } = await play({ steps, end: '2026-11-24T07:30:00+08:00' });
    expect(summary.forms.daily?.['2026-11-23']?.units['林东镇/福山地村/二网格']).toMatchObject({ reported: 1 });
  });
});

describe('a deputy from another village', () => {
  const steps = [say('08:00', null, '李四', '/请假 今天 吴六代')];

  it('answers the reminder in the group that asks for it', async () => {
    const { summary } = await play({ steps: [...steps, say('17:01', '福山地村', '吴六', '/日报 0')] });
    expect(summary.forms.daily?.['2026-11-23']?.units).toMatchObject({
      '林东镇/福山地村/二网格': { reported: 1 },
      '林东镇/大新庄村/一网格': { reported: 0 },
    });
  });

  it('is told no line in a group where it would mean another grid', async () => {
    const taken = [say('08:00', null, '张三', '/请假 今天 吴六代'), say('17:01', '大新庄村', '吴六', '/日报 0')];
    const { inGroup } = await play({ steps: taken, end: '2026-11-23T17:02:00+08:00' });
    expect(last(inGroup('大新庄村'))).not.toContain('您还代');
  });

  it('is told in private a line that names the grid so that it can be sent', async () => {
    const taken = [say('08:00', null, '张三', '/请假 今天 吴六代'), say('17:01', null, '吴六', '/日报 0')];
    const { inPrivate } = await play({ steps: taken, end: '2026-11-23T17:02:00+08:00' });
    expect(last(inPrivate('吴六'))).toContain('请发:/日报 福山地村/一网格 0');
  });
});

describe('a nudge about another day', () => {
  it('asks for a line that names the day', async () => {
    const steps = [say('09:00', '福山地村', '孙三', '/催报 昨天', 1)];
    const { inGroup } = await play({ steps, end: '2026-11-24T09:01:00+08:00' });
    expect(last(inGroup('福山地村'))).toContain('请发:/日报 11月23日 0');
    expect(last(inGroup('福山地村'))).toContain('/代报 三网格 11月23日 0');
  });

  it('is not made after the lock', async () => {
    const steps = [say('12:30', '福山地村', '孙三', '/催报 昨天', 1)];
    const { heard } = await play({ steps, end: NEXT_NOON });
    expect(heard.filter(({ at }) => at > '2026-11-24T12:00')).toEqual([]);
  });
});

describe('after the lock', () => {
  it('the rest shown before it is not taken in without a reason', async () => {
    const steps = [
      say('11:55', '福山地村', '孙三', '/代报 其余 昨天 0', 1),
      say('12:03', '福山地村', '孙三', '/确认', 1),
    ];
    const { summary, inGroup } = await play({ steps, end: NEXT_NOON });
    expect(summary.forms.daily?.['2026-11-23']).toMatchObject({ late: 0, missing: 4 });
    expect(last(inGroup('福山地村'))).toContain('原因');
  });

  it('a secretary who also leads a grid makes up for it as the level above', async () => {
    const roster = ROSTER.replace('三网格,网格长,,', '三网格,网格长,孙三,');
    const steps = [say('12:10', '福山地村', '孙三', '/补报 三网格 昨天 0 停电', 1)];
    const { summary } = await play({ steps, roster, end: NEXT_NOON });
    expect(summary.forms.daily?.['2026-11-23']?.units['林东镇/福山地村/三网格']).toMatchObject({ late: 1 });
  });

  it('says of a list line that it is locked, not that it cannot be read', async () => {
    const steps = [say('12:10', '福山地村', '孙三', '#接龙\n昨天日报\n1. 一网格 0\n2. 二网格 0', 1)];
    const { inGroup } = await play({ steps, end: NEXT_NOON });
    expect(last(inGroup('福山地村'))).toContain('一网格 已锁定');
  });
});

describe('who stands in for a secretary', () => {
  it('reports the rest in private too, and is shown how', async () => {
    const steps = [
      say('08:00', null, '孙三', '/请假 今天 张三代'),
      say('17:01', null, '张三', '/代报 其余 0 已电话核实'),
      say('17:02', null, '张三', '/确认'),
    ];
    const { summary } = await play({ steps });
    expect(summary.forms.daily?.['2026-11-23']?.units['林东镇/福山地村']).toMatchObject({ reported: 3 });
  });
});

describe('a list pasted', () => {
  it('is not taken in a group where its grids may not be reported', async () => {
    const steps = [say('16:00', '大新庄村', '钱二', '#接龙\n1. 福山地村一网格 0')];
    const { summary, inGroup } = await play({ steps, end: '2026-11-23T16:30:00+08:00' });
    expect(summary.forms.daily?.['2026-11-23']).toMatchObject({ reported: 0 });
    expect(last(inGroup('大新庄村'))).toContain('请在本村群里报');
  });
});

describe('a row that opens again after it was told as complete', () => {
  it('is told again when a table has shown the gap again', async () => {
    const steps = [
      say('18:40', '大新庄村', '吴六', '/日报 0'),
      say('18:50', '大新庄村', '吴六', '/撤回'),
      say('18:55', '林东镇', '钱二', '/汇总'),
      say('19:00', '大新庄村', '吴六', '/日报 0'),
    ];
    const { inGroup } = await play({ steps });
    expect(inGroup('林东镇').filter(({ text }) => text.includes('已补齐'))).toHaveLength(2);
  });
});

describe('back from leave', () => {
  it('ends the leave that runs and leaves a later one as it is', async () => {
    const steps = [
      say('08:00', null, '张三', '/请假 今天 李四代'),
      say('08:01', null, '张三', '/请假 明天 李四代'),
      say('08:02', null, '张三', '/销假'),
      say('17:01', null, '张三', '/我', 1),
    ];
    const { inPrivate, inGroup } = await play({ steps, end: '2026-11-24T17:30:00+08:00' });
    expect(inPrivate('张三').map(({ text }) => text)).toContain('✅ 张三已销假(11月23日),提醒恢复发给本人。');
    const reminders = inGroup('福山地村').filter(({ text }) => text.startsWith('⏰'));
    expect(reminders.map(({ mentions }) => mentions.includes('张三'))).toEqual([true, true, false]);
  });
});

describe('a stranger', () => {
  it('is never quoted by the name they have given themselves', async () => {
    const nickname = '✅ 一网格 零报告已收';
    const steps = [say('16:00', '福山地村', nickname, '/日报 0'), say('16:00:01', '福山地村', '张三', '/日抱 0')];
    const { inGroup } = await play({ steps, end: '2026-11-23T16:30:00+08:00' });
    expect(last(inGroup('福山地村'))).toContain('张三:');
    expect(last(inGroup('福山地村'))).not.toContain(nickname);
  });
});
