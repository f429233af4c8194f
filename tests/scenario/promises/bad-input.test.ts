import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ParseContext, parse } from '../../../src/core/grammar/parse.ts';
import { DEFAULT_COMMANDS } from '../../../src/core/grammar/words.ts';
import type { Playbook } from '../../../src/core/playbook/index.ts';
import { BOT_NAME } from '../../../src/locales/bot-name.ts';
import { parseErrorText } from '../../../src/locales/parse-errors.ts';
import { loadPlaybook } from '../../../src/playbook-file.ts';
import { type Bot, startBot } from '../../support/bot.ts';

/** Tables that only a line that was understood may change. */
const EFFECTS = ['exemption', 'leave', 'binding', 'account', 'confirmation', 'slot', 'gap', 'period', 'obligation'];

async function effects(bot: Bot): Promise<string> {
  const counts = EFFECTS.map((table) => `(SELECT count(*) FROM "${table}")`);
  const reports = `(SELECT count(*) FROM report WHERE kind <> 'unparsed')`;
  return JSON.stringify(await bot.rows(`SELECT ${[...counts, reports].join(', ')}`));
}

/** How often the grid of 张三 has tried, as the bot remembers it. */
const attempts = (bot: Bot): number => {
  const due = bot.app.county().book('daily@2026-11-23')?.due(bot.unitId('福山地村/一网格'));
  return due?.versions.filter(({ kind }) => kind === 'unparsed').length ?? 0;
};

/** A sentence that says what to do: a line to send, or what to write. */
const HELPFUL = /请|写 0/;

const notANumber = fc.constantFrom(
  '很多',
  '十几',
  '1.5',
  '-1',
  '1e3',
  '100000',
  'O',
  '零点五',
  '1/2',
  '若干人',
  '９９９９９９９',
);
const word = fc.constantFrom('日报', '零报告', 'rb', '代报', '补报', '更正');
const badLine = fc.oneof(
  fc.tuple(word, notANumber).map(([form, value]) => `/${form} ${value}`),
  fc.tuple(fc.nat(99_999), fc.nat(99_999)).map(([a, b]) => `/日报 ${a} ${b}`),
  fc.tuple(fc.nat(9), notANumber).map(([a, b]) => `/日报 ${a} 返乡${b}`),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => `/${text}`),
  fc.constantFrom(
    '/日报',
    '/日抱 0',
    '/日报 0 返乡',
    '/免报',
    '/请假 昨天',
    '/绑定',
    '/认领',
    '/日报 2月30日 0',
    '/日报 有吗?',
  ),
);

const contextOf = (playbook: Playbook): ParseContext => ({
  today: '2026-11-23',
  botName: BOT_NAME,
  place: 'group',
  forms: new Map(Object.entries(playbook.forms)),
  commands: DEFAULT_COMMANDS,
});

describe('promise 12: bad input gets one line and leaves nothing half-written', () => {
  it('answers any line it cannot read once, with what to write, and keeps nothing but the attempt', async () => {
    const bot = await startBot();
    await bot.app.tick();
    const context = contextOf(bot.playbook);
    const before = await effects(bot);
    await fc.assert(
      fc.asyncProperty(badLine, async (line) => {
        fc.pre(parse(line, context).kind === 'error');
        const tried = attempts(bot);
        const answers = await bot.says('张三', '福山地村', line);
        expect(answers).toHaveLength(1);
        expect(answers[0]).toMatch(HELPFUL);
        expect((answers[0] ?? '').length).toBeLessThan(200);
        expect(await effects(bot)).toBe(before);
        expect(attempts(bot) - tried).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  it('has for every error a sentence that says what to do, not only what is wrong', async () => {
    const context = contextOf(await loadPlaybook('epidemic'));
    fc.assert(
      fc.property(badLine, (line) => {
        const parsed = parse(line, context);
        fc.pre(parsed.kind === 'error');
        const text = parseErrorText(parsed.code, parsed.params, parsed.choices);
        expect(parsed.suggestion === null ? text : '请发').toMatch(HELPFUL);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the attempt at a report, as an attempt and in the words of its sender', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 很多');
    expect(await bot.rows('SELECT kind, "values", note FROM report')).toEqual([['unparsed', '{}', 'number.vague']]);
    expect(await bot.rows('SELECT text FROM inbound')).toEqual([['/日报 很多']]);
    const book = bot.app.county().book('daily@2026-11-23');
    expect(book?.due(bot.unitId('福山地村/一网格'))?.standing).toMatchObject({ state: 'missing', unparsed: true });
  });

  it('offers a line that works when it is sent as it stands', async () => {
    const bot = await startBot();
    for (const line of ['/日抱 0', '/日报', '/日报 O', '/日報 一網格 很多']) {
      const [answer = ''] = await bot.says('张三', '福山地村', line);
      const offered = /(?:请发|例如):(\/[^\n。]*)/.exec(answer)?.[1] ?? '';
      expect([line, await bot.says('张三', '福山地村', offered)]).toEqual([line, [expect.stringMatching(/^✅/)]]);
    }
  });

  it('writes nothing of a line it understands but cannot allow', async () => {
    const bot = await startBot();
    await bot.app.tick();
    const before = await effects(bot);
    for (const [who, where, line] of [
      ['张三', '福山地村', '/代报 二网格 0'],
      ['张三', '福山地村', '/免报 二网格 今天 整组搬迁'],
      ['张三', '林东镇', '/日报 0'],
      ['张三', '福山地村', '/日报 昨天 0'],
      ['张三', '福山地村', '/撤回'],
      ['张三', '福山地村', '/更正 1'],
      ['孙三', '福山地村', '/日报 0'],
      ['孙三', '福山地村', '/免报 二网格 今天'],
      ['孙三', '福山地村', '/请假 今天 王二代'],
      ['张三', '福山地村', '/绑定 大新庄村'],
      ['外人', '福山地村', '/日报 0'],
      ['外人', 'private', '/认领 ABC234'],
    ] as const) {
      const answers = await bot.says(who, where, line);
      expect([line, answers.length]).toEqual([line, 1]);
      expect(answers[0]).not.toMatch(/✅/);
      expect([line, await effects(bot)]).toEqual([line, before]);
    }
  });

  it('answers a line whose handling failed with a plain sentence, and takes it again when it is sent again', async () => {
    const bot = await startBot();
    await bot.app.tick();
    const { store } = bot;
    const period = store.period;
    store.period = () => Promise.reject(new Error('the disk is tired'));
    const [answer] = await bot.says('张三', '福山地村', '/补报 11月20日 0 停电');
    expect(answer).toContain('没有记下');
    store.period = period;
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringMatching(/^✅/)]);
  });
});
