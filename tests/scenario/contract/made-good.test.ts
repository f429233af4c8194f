import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Played, play } from '../../support/rehearsal.ts';
import { ABOVE, between, breaks, inMinute, rosterOf, says, timeOf } from './script.ts';

const VILLAGE = '福山地村';
const TOWNSHIP = '林东镇';
const COUNTY = '巴林左旗';

/** Everything a group heard after its own table of that time. */
function heardAfter(played: Played, unit: string, time: string) {
  return between({ heard: played.inGroup(unit) }, time, '24:00:00');
}

/** The three grids of 福山地村 report from `from` on, ten seconds apart. */
function villageReports(hour: string) {
  return [
    says(`${hour}:00`, VILLAGE, '张三', '/日报 0'),
    says(`${hour}:10`, VILLAGE, '李四', '/日报 0'),
    says(`${hour}:20`, VILLAGE, '孙三', '/代报 三网格 0 空岗'),
  ];
}

describe('a row that becomes complete', () => {
  it('is told to the township in one line, two minutes after, mentioning nobody', async () => {
    const played = await play({ steps: villageReports('18:40') });
    const lines = heardAfter(played, TOWNSHIP, '18:31:00');
    expect(lines).toHaveLength(1);
    expect(timeOf(lines[0])).toMatch(/^18:42:2[0-9]$/);
    expect(lines[0]).toMatchObject({ mentions: [], attachments: [] });
    expect(lines[0]?.text).toContain(VILLAGE);
    expect(lines[0]?.text).not.toContain('\n');
    expect(lines[0]?.text).not.toContain('大新庄村');
  });

  it('is told to the county when the last village of a township is in', async () => {
    const played = await play({ steps: [...villageReports('19:40'), says('19:50', '大新庄村', '吴六', '/日报 0')] });
    const lines = heardAfter(played, COUNTY, '19:31:00');
    expect(lines.map(timeOf).map((time) => time.slice(0, 5))).toEqual(['19:52']);
    expect(lines[0]?.text).toContain(TOWNSHIP);
  });

  it('is not told while a grid of it is still missing', async () => {
    const played = await play({ steps: villageReports('18:40').slice(0, 2) });
    expect(heardAfter(played, TOWNSHIP, '18:31:00')).toEqual([]);
  });

  it('is not told to a group whose table showed no gap there', async () => {
    const played = await play({ steps: villageReports('18:10') });
    expect(heardAfter(played, TOWNSHIP, '18:00:00').map(({ attachments }) => attachments.length)).toEqual([2]);
  });

  it('is not told to the county when it is complete before the table of the county', async () => {
    const played = await play({ steps: [...villageReports('18:40'), says('18:45', '大新庄村', '吴六', '/日报 0')] });
    expect(played.inGroup(COUNTY)).toHaveLength(1);
    expect(heardAfter(played, TOWNSHIP, '18:31:00')).toHaveLength(2);
  });

  it('is not told in the village, where the answer to the report is enough', async () => {
    const played = await play({ steps: [says('18:40', '大新庄村', '吴六', '/日报 0')] });
    expect(heardAfter(played, '大新庄村', '18:01:00')).toHaveLength(1);
  });

  it('shares its line with a row that becomes complete within the two minutes', async () => {
    const played = await play({ steps: [...villageReports('18:40'), says('18:41:40', '大新庄村', '吴六', '/日报 0')] });
    const lines = heardAfter(played, TOWNSHIP, '18:31:00');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toContain(VILLAGE);
    expect(lines[0]?.text).toContain('大新庄村');
    expect(timeOf(lines[0])).toMatch(/^18:42:2[0-9]$/);
  });

  it('is told once and with its neighbours, whenever the rows of a township become complete', async () => {
    const villages = ['甲村', '乙村', '丙村', '丁村'];
    const roster = rosterOf(
      ...ABOVE.slice(0, 2),
      ...villages.map((village) => `巴林左旗,林东镇,${village},一网格,网格长,${village}长`),
    );
    const clock = (at: number) =>
      [Math.floor(at / 3600), Math.floor(at / 60) % 60, at % 60].map((n) => String(n).padStart(2, '0')).join(':');
    const second = fc.integer({ min: 18 * 3600 + 31 * 60, max: 18 * 3600 + 42 * 60 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(second, second, second, second), async (times) => {
        const done = villages.map((village, n) => ({ village, at: times[n] ?? 0 })).sort((a, b) => a.at - b.at);
        const groups: { at: number; rows: string[] }[] = [];
        for (const { village, at } of done) {
          const open = groups.at(-1);
          // At the very edge of the two minutes a row may share either line.
          fc.pre(open === undefined || Math.abs(at - open.at - 120) > 4);
          if (open !== undefined && at - open.at < 120) open.rows.push(village);
          else groups.push({ at, rows: [village] });
        }
        const steps = done.map(({ village, at }) => says(clock(at), village, `${village}长`, '/日报 0'));
        const lines = heardAfter(await play({ steps, roster, end: '2026-11-23T19:00:00+08:00' }), TOWNSHIP, '18:31:00');
        expect(lines.map(({ text }) => villages.filter((name) => text.includes(name)))).toEqual(
          groups.map(({ rows }) => villages.filter((name) => rows.includes(name))),
        );
        lines.forEach((line, n) => {
          const due = (groups[n]?.at ?? 0) + 120;
          expect([0, 1, 2, 3].map((late) => clock(due + late))).toContain(timeOf(line));
        });
      }),
      { numRuns: 10 },
    );
  });

  it('is told once, however often a report is taken back and sent again', async () => {
    const steps = ['18:40', '18:50', '19:00'].flatMap((time) => [
      says(time, '大新庄村', '吴六', '/日报 0'),
      says(time.replace(/0$/, '5'), '大新庄村', '吴六', '/撤回'),
    ]);
    const played = await play({ steps });
    expect(heardAfter(played, TOWNSHIP, '18:31:00')).toHaveLength(1);
  });

  it('is not told as complete when the report was taken back before the line left', async () => {
    const steps = [says('18:40', '大新庄村', '吴六', '/日报 0'), says('18:41', '大新庄村', '吴六', '/撤回')];
    expect(heardAfter(await play({ steps }), TOWNSHIP, '18:31:00')).toEqual([]);
  });

  it('is told when an exemption fills the last gap', async () => {
    const steps = [says('18:50', '大新庄村', '周五', '/免报 一网格 11月23日 整组搬迁')];
    const lines = heardAfter(await play({ steps }), TOWNSHIP, '18:31:00');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toContain('大新庄村');
  });

  it('is told the next day when it is made up then', async () => {
    const steps = [says('09:00', '大新庄村', '吴六', '/补报 昨天 0 停电', { day: 1 })];
    const played = await play({ steps, end: '2026-11-24T10:00:00+08:00' });
    const lines = inMinute(played, TOWNSHIP, '09:02', 24);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toContain('11月23日');
  });

  it('is told once though the bot is killed while it gathers', async () => {
    const steps = [...villageReports('18:40'), breaks('18:41', 'kill'), breaks('18:42', 'restart')];
    expect(heardAfter(await play({ steps }), TOWNSHIP, '18:31:00')).toHaveLength(1);
  });
});

describe('quiet hours', () => {
  it('hold a line about a complete row until 07:00, but no answer', async () => {
    const steps = [
      says('22:30', '大新庄村', '吴六', '/日报 0'),
      says('06:59:50', VILLAGE, '张三', '/日报 0', { day: 1 }),
    ];
    const played = await play({ steps, start: '2026-11-23T17:50:00+08:00', end: '2026-11-24T07:30:00+08:00' });
    expect(timeOf(inMinute(played, '大新庄村', '22:30')[0])).toMatch(/^22:30:0[0-3]$/);
    expect(between(played, '22:00:00', '24:00:00')).toHaveLength(1);
    expect(between(played, '00:00:00', '06:59:50', 24)).toEqual([]);
    expect(timeOf(between(played, '06:59:50', '07:00:00', 24)[0])).toMatch(/^06:59:5[0-3]$/);
    const held = between({ heard: played.inGroup(TOWNSHIP) }, '07:00:00', '07:30:00', 24);
    expect(held).toHaveLength(1);
    expect(timeOf(held[0])).toMatch(/^07:00:0\d$/);
  });

  it('begin at 22:00, so that a line due at 21:59 still leaves and one due at 22:00:30 waits', async () => {
    const last = '2026-11-24T07:30:00+08:00';
    const start = '2026-11-23T17:50:00+08:00';
    const before = await play({ steps: [says('21:57:20', '大新庄村', '吴六', '/日报 0')], start, end: last });
    expect(inMinute(before, TOWNSHIP, '21:59')).toHaveLength(1);
    const within = await play({ steps: [says('21:58:30', '大新庄村', '吴六', '/日报 0')], start, end: last });
    expect(heardAfter(within, TOWNSHIP, '18:31:00')).toEqual([]);
    expect(inMinute(within, TOWNSHIP, '07:00', 24)).toHaveLength(1);
  });

  it('hold a reminder and a table of a form that is due at night, and render them in the morning', async () => {
    const shipped = await readFile(new URL('../../../playbooks/epidemic.yaml', import.meta.url), 'utf8');
    const playbook = shipped
      .replace('due: "18:00"', 'due: "22:40"')
      .replace(
        /ladder:[\s\S]*/,
        'ladder:\n      - { at: "22:10", do: remind, in: village }\n      - { at: "22:40", do: table, in: village }\n',
      );
    const steps = [says('23:30', '大新庄村', '吴六', '/日报 0')];
    const played = await play({
      playbook,
      steps,
      start: '2026-11-23T21:00:00+08:00',
      end: '2026-11-24T07:30:00+08:00',
    });
    expect(between(played, '21:00:00', '23:30:00')).toEqual([]);
    expect(between(played, '00:00:00', '07:00:00', 24)).toEqual([]);
    const morning = inMinute(played, '大新庄村', '07:00', 24);
    expect(morning.map(({ mentions, attachments }) => [mentions.length, attachments.length])).toEqual([[0, 2]]);
    expect(inMinute(played, VILLAGE, '07:00', 24).filter(({ attachments }) => attachments.length > 0)).toHaveLength(1);
  });

  it('drop a held line that is no longer true in the morning', async () => {
    const steps = [says('22:30', '大新庄村', '吴六', '/日报 0'), says('23:30', '大新庄村', '吴六', '/撤回')];
    const played = await play({ steps, start: '2026-11-23T17:50:00+08:00', end: '2026-11-24T07:30:00+08:00' });
    expect(inMinute(played, TOWNSHIP, '07:00', 24)).toEqual([]);
  });

  it('hold the nudge a secretary asks for, while the one who asked is answered at once', async () => {
    const steps = [says('22:30', VILLAGE, '孙三', '/催报')];
    const start = '2026-11-23T20:00:00+08:00';
    const played = await play({ steps, start, end: '2026-11-24T07:30:00+08:00' });
    const night = between(played, '22:00:00', '24:00:00');
    expect(night.flatMap(({ mentions }) => mentions)).toEqual([]);
    expect(night.map(({ chat }) => chat)).toEqual([VILLAGE]);
  });
});
