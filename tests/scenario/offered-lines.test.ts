/** What is said in a grid's own group, what is offered to send, and what is asked before it is done. */
import { describe, expect, it } from 'vitest';
import { play, ROSTER } from '../support/rehearsal.ts';

const say = (at: string, where: string | null, from: string, line: string, day = 0): string =>
  JSON.stringify(where === null ? { at, day, direct: true, from, say: line } : { at, day, in: where, from, say: line });
const EVENING = '2026-11-23T21:00:00+08:00';
const texts = (lines: { text: string }[]): string[] => lines.map(({ text }) => text);

describe("a grid's own group", () => {
  const GROUP = '福山地村/一网格';

  it('is not told that all is in while its own report is missing', async () => {
    const { inGroup } = await play({ steps: [say('16:00', GROUP, '张三', '/汇总')], end: '2026-11-23T16:30:00+08:00' });
    const [table = ''] = texts(inGroup(GROUP));
    expect(table).toContain('未报1');
    expect(table).not.toContain('全部报齐');
    expect(table).toContain('一网格');
  });

  it('hears the nudge a secretary asks for in it', async () => {
    const { inGroup } = await play({ steps: [say('16:00', GROUP, '孙三', '/催报')], end: '2026-11-23T16:30:00+08:00' });
    expect(inGroup(GROUP)).toEqual([expect.objectContaining({ mentions: ['张三'] })]);
  });

  it('lets the secretary report the rest of the village from it', async () => {
    const steps = [say('16:00', GROUP, '孙三', '/代报 其余 0'), say('16:01', GROUP, '孙三', '/确认')];
    const { summary } = await play({ steps, end: '2026-11-23T16:30:00+08:00' });
    expect(summary.forms.daily?.['2026-11-23']?.units['林东镇/福山地村']).toMatchObject({ reported: 3 });
  });
});

describe('a line that is offered', () => {
  const offered = async (where: string, from: string, line: string): Promise<string> => {
    const { heard } = await play({ steps: [say('16:00', where, from, line)], end: '2026-11-23T16:30:00+08:00' });
    return texts(heard).at(-1) ?? '';
  };

  it('exempts where an exemption was meant, and reports nothing', async () => {
    const text = await offered('林东镇', '钱二', '/免报 福山地村 今天 封路');
    expect(text).toContain('请发:/免报 福山地村/一网格 封路');
    expect(text).not.toContain('/日报');
  });

  it('keeps the village of a grid that has a namesake at home', async () => {
    const text = await offered('福山地村', '孙三', '/代报 大新庄村一网格 0 电话');
    expect(text).toContain('/代报 大新庄村/一网格 0');
  });

  it('keeps its verb when it lists the grids that may be meant', async () => {
    const text = await offered('林东镇', '钱二', '/代报 一网格 0 电话');
    expect(text).toContain('\n/代报 福山地村/一网格 0 电话');
    expect(text).toContain('\n/代报 大新庄村/一网格 0 电话');
  });
});

describe('leave', () => {
  it('that began yesterday is taken from then on', async () => {
    const steps = [say('08:00', '福山地村', '张三', '/请假 11月22日-24日 李四代')];
    const { inGroup } = await play({ steps, end: '2026-11-23T17:10:00+08:00' });
    expect(texts(inGroup('福山地村'))[0]).toContain('✅ 张三 11月22日至11月24日 请假,由李四代');
    expect(inGroup('福山地村').at(-1)?.mentions).toEqual(['李四', '孙三']);
  });

  it('of a deputy falls to whom the deputy has named', async () => {
    const roster = ROSTER.replace('三网格,网格长,,', '三网格,网格长,王五,');
    const steps = [
      say('08:00', null, '王五', '/请假 今天 张三代'),
      say('08:01', null, '张三', '/请假 今天 李四代'),
      say('17:10', '福山地村', '李四', '/日报 三网格 0'),
    ];
    const { summary, inGroup } = await play({ steps, roster });
    const reminder = inGroup('福山地村').find(({ text }) => text.startsWith('⏰'));
    expect(reminder?.mentions).toEqual(['李四']);
    expect(summary.forms.daily?.['2026-11-23']?.units['林东镇/福山地村/三网格']).toMatchObject({ reported: 1 });
  });
});

describe('a day that has passed', () => {
  it('can be exempted afterwards by a level above', async () => {
    const steps = [say('09:00', '福山地村', '孙三', '/免报 三网格 11月23日 整组搬迁', 1)];
    const { summary } = await play({ steps, end: '2026-11-24T09:30:00+08:00' });
    expect(summary.forms.daily?.['2026-11-23']).toMatchObject({ exempt: 1, missing: 3 });
  });
});

describe('a table asked for before the due moment', () => {
  it('makes nobody wait for what was not yet owed: nothing is told as made good', async () => {
    const steps = [
      say('09:00', '林东镇', '钱二', '/汇总'),
      say('10:00', '大新庄村', '吴六', '/日报 0'),
      say('18:35', '林东镇', '钱二', '/汇总'),
    ];
    const { inGroup } = await play({ steps, end: EVENING });
    expect(texts(inGroup('林东镇')).filter((text) => text.includes('已补齐'))).toEqual([]);
  });
});
