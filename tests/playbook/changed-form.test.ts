import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { tempFolder } from '../support/temp-database.ts';

const file = join(tempFolder(), 'river.yaml');

const BEFORE = `id: river
name: 防溺水
forms:
  river:
    name: 巡河
    subject: grid
    every: day
    fields:
      people: { name: 劝离, type: count, required: true, bare: true }
      nets: { name: 渔网, type: count }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
    ladder:
      - { at: "17:00", do: remind, in: village }
      - { at: "18:00", do: table, in: village }
`;

/** No nets any more but boats, and everything two hours later and more. */
const AFTER = BEFORE.replace('nets: { name: 渔网', 'boats: { name: 小船')
  .replace('"18:00"\n    locks', '"20:00"\n    locks')
  .replace('"17:00", do: remind', '"19:30", do: remind')
  .replace('"18:00", do: table', '"20:00", do: table');

/** A day's work under the form as it was; then the office writes another, and the bot is started anew. */
async function changedAtNoon(): Promise<Bot> {
  writeFileSync(file, BEFORE);
  const bot = await startBot({ playbook: await loadPlaybook(file) });
  await bot.says('张三', '福山地村', '/巡河 2 渔网3', { at: '10:00' });
  await bot.walkTo('12:00');
  writeFileSync(file, AFTER);
  bot.playbook = await loadPlaybook(file);
  await bot.restart();
  return bot;
}

const fieldsOf = (bot: Bot, period: string): string[] => {
  const fields = Object.values(bot.app.county().book(period)?.form?.fields ?? {});
  return fields.map(({ name }) => name);
};

describe('a form that is changed while its period is open', () => {
  it('stays as it was in that period, and is another in the next', async () => {
    const bot = await changedAtNoon();
    await bot.walkTo('+1d 08:00');
    expect(fieldsOf(bot, 'river@2026-11-23')).toEqual(['劝离', '渔网']);
    expect(fieldsOf(bot, 'river@2026-11-24')).toEqual(['劝离', '小船']);
  });

  it('keeps that period’s times and ladder, and has its own from the next on', async () => {
    const bot = await changedAtNoon();
    await bot.walkTo('+1d 21:00');
    const heard = bot.heard('福山地村').filter(({ text }) => /^[⏰📋]/u.test(text));
    expect(heard.map(({ at, text }) => [at, [...text][0]])).toEqual([
      ['17:00:00', '⏰'],
      ['18:00:00', '📋'],
      ['19:30:00', '⏰'],
      ['20:00:00', '📋'],
    ]);
  });

  it('leaves an old report readable, in the words it was given in', async () => {
    const bot = await changedAtNoon();
    await bot.says('张三', '福山地村', '/巡河 1 小船4', { at: '+1d 10:00' });
    const [yesterday] = await bot.says('孙三', '福山地村', '/汇总 昨天');
    const [today] = await bot.says('孙三', '福山地村', '/汇总');
    expect(yesterday).toContain('劝离2 渔网3');
    expect(yesterday).not.toContain('小船');
    expect(today).toContain('劝离1 小船4');
    expect(today).not.toContain('渔网');
  });
});
