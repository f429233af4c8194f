import { describe, expect, it } from 'vitest';
import { play } from '../../support/rehearsal.ts';
import { between, inMinute, LEADERS, says, sorted, TWELVE, TWELVE_GRIDS, timeOf } from './script.ts';

const VILLAGES = ['福山地村', '大新庄村'];

describe('a reminder', () => {
  it('goes to each village at 17:00 and 17:45 as one message, and to nobody else', async () => {
    const played = await play({ end: '2026-11-23T17:59:00+08:00' });
    expect(sorted(played.heard.map((line) => `${line.at.slice(11, 16)} ${line.chat}`))).toEqual(
      sorted(['17:00', '17:45'].flatMap((time) => VILLAGES.map((unit) => `${time} ${unit}`))),
    );
  });

  it('leaves at its minute', async () => {
    const played = await play({ end: '2026-11-23T17:59:00+08:00' });
    for (const line of played.heard) expect(timeOf(line)).toMatch(/^17:(00|45):0\d$/);
  });

  it('mentions the leaders of the grids that are missing and nobody who has reported', async () => {
    const steps = [says('17:10', '福山地村', '张三', '/日报 0')];
    const played = await play({ steps });
    expect(sorted(inMinute(played, '福山地村', '17:00')[0]?.mentions ?? [])).toEqual(sorted(['张三', '李四', '孙三']));
    expect(sorted(inMinute(played, '福山地村', '17:45')[0]?.mentions ?? [])).toEqual(sorted(['李四', '孙三']));
    expect(inMinute(played, '大新庄村', '17:45')[0]?.mentions).toEqual(['吴六']);
  });

  it('names the grids that are missing and only those', async () => {
    const steps = [0, 2, 11].map((n) => says('16:00', '福山地村', LEADERS[n] ?? '', '/日报 0'));
    const played = await play({ steps, roster: TWELVE_GRIDS });
    const reminder = inMinute(played, '福山地村', '17:00');
    expect(reminder).toHaveLength(1);
    const missing = TWELVE.filter((_, n) => ![0, 2, 11].includes(n));
    const text = reminder[0]?.text ?? '';
    for (const grid of missing) expect(text).toContain(grid);
    for (const name of ['甲一', '丙三', '丑二']) expect(text).not.toContain(name);
    expect(reminder[0]?.mentions).toHaveLength(9);
    expect(text).not.toContain('十二网格');
  });

  it('is not sent to a village where nobody is missing', async () => {
    const steps = [says('16:00', '大新庄村', '吴六', '/日报 0')];
    const played = await play({ steps, end: '2026-11-23T17:59:00+08:00' });
    expect(between({ heard: played.inGroup('大新庄村') }, '17:00:00', '18:00:00')).toEqual([]);
    expect(played.inGroup('福山地村')).toHaveLength(2);
  });

  it('is not sent to a village whose missing grids are all exempt', async () => {
    const steps = [says('16:00', '大新庄村', '周五', '/免报 一网格 11月23日 整组搬迁')];
    const played = await play({ steps, end: '2026-11-23T17:59:00+08:00' });
    expect(between({ heard: played.inGroup('大新庄村') }, '17:00:00', '18:00:00')).toEqual([]);
  });

  it('reminds again a grid whose report was taken back', async () => {
    const steps = [says('16:00', '大新庄村', '吴六', '/日报 0'), says('17:20', '大新庄村', '吴六', '/撤回')];
    const played = await play({ steps });
    expect(inMinute(played, '大新庄村', '17:00')).toEqual([]);
    expect(inMinute(played, '大新庄村', '17:45')[0]?.mentions).toEqual(['吴六']);
  });

  it('carries no files and gives the line to send', async () => {
    const [reminder] = inMinute(await play({}), '大新庄村', '17:00');
    expect(reminder?.attachments).toEqual([]);
    expect(reminder?.text).toContain('/日报 0');
  });

  it('comes every day, for that day', async () => {
    const played = await play({
      end: '2026-11-24T17:59:00+08:00',
      steps: [says('08:00', '大新庄村', '吴六', '/日报 0')],
    });
    expect(inMinute(played, '大新庄村', '17:00', 23)).toEqual([]);
    expect(inMinute(played, '大新庄村', '17:00', 24)).toHaveLength(1);
    expect(inMinute(played, '大新庄村', '17:00', 24)[0]?.text).toContain('11月24日');
  });
});

describe('mentions', () => {
  it('never mention everyone', async () => {
    const steps = [says('10:00', '福山地村', '孙三', '/催报'), says('10:30', '林东镇', '钱二', '/催报')];
    const { heard } = await play({ steps, end: '2026-11-24T21:00:00+08:00' });
    for (const { text, mentions } of heard) {
      expect(text).not.toMatch(/@(所有人|全体|all|everyone)/i);
      expect(mentions.join()).not.toMatch(/所有人|全体|all/i);
    }
  });

  it('stand in the text as well, so that people see who is meant', async () => {
    const { heard } = await play({});
    for (const { text, mentions } of heard) for (const name of mentions) expect(text).toContain(`@${name}`);
  });

  it('come in one bundled nudge when a secretary asks, only of who is missing', async () => {
    const steps = [says('09:00', '福山地村', '张三', '/日报 0'), says('10:00', '福山地村', '孙三', '/催报')];
    const nudges = inMinute(await play({ steps }), '福山地村', '10:00').filter(({ mentions }) => mentions.length > 0);
    expect(nudges).toHaveLength(1);
    expect(nudges[0]?.mentions).toContain('李四');
    expect(nudges[0]?.mentions).not.toContain('张三');
  });

  it('of the fixed reminders and tables are never capped by the nudges before them', async () => {
    const nudges = ['08', '09', '10', '11', '12', '13', '14', '15', '16'].map((hour) =>
      says(`${hour}:00`, '大新庄村', '周五', '/催报'),
    );
    const played = await play({ steps: nudges, end: '2026-11-23T18:10:00+08:00' });
    for (const minute of ['17:00', '17:45', '18:00']) {
      expect(inMinute(played, '大新庄村', minute).map(({ mentions }) => mentions)).toEqual([['吴六']]);
    }
  });
});

describe('who is missing, on request', () => {
  it.each(['/未报', '/进度'])('is answered by names in the village and by counts above it, with %s', async (line) => {
    const steps = [
      says('08:00', '福山地村', '张三', '/日报 0'),
      says('08:10', '福山地村', '孙三', line),
      says('08:10', '林东镇', '钱二', line),
    ];
    const played = await play({ steps, end: '2026-11-23T16:00:00+08:00' });
    const [village] = inMinute(played, '福山地村', '08:10');
    const [township] = inMinute(played, '林东镇', '08:10');
    for (const grid of ['二网格', '三网格']) expect(village?.text).toContain(grid);
    expect(village?.text).not.toContain('一网格');
    expect(township?.text).toContain('福山地村');
    expect(township?.text).not.toMatch(/张三|李四|吴六/);
    expect([...(village?.mentions ?? []), ...(township?.mentions ?? [])]).toEqual([]);
  });
});
