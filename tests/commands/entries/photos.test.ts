import { describe, expect, it } from 'vitest';
import { parsePlaybook } from '../../../src/playbook-file.ts';
import { type Bot, startBot } from '../../support/bot.ts';

const PLAYBOOK = parsePlaybook(
  `id: visits
name: 走访
registers:
  pond:
    name: 水塘
    aliases: [水塘]
    measure: 处
    add: { aliases: [加水塘] }
forms:
  pond:
    name: 巡塘
    subject: { register: pond }
    every: day
    fields:
      people: { name: 劝离, type: count, bare: true }
      photo: { name: 照片, type: photo, required: true }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
  road:
    name: 清路
    subject: grid
    every: day
    fields:
      done: { name: 清扫, type: yesno, required: true }
      photo: { name: 照片, type: photo }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
`,
  'visits.yaml',
);

/** A line that came as the caption of pictures. */
async function captioned(bot: Bot, text: string, pictures: number): Promise<string | undefined> {
  const before = bot.heard('福山地村').length;
  const attachments = Array.from({ length: pictures }, () => ({ kind: 'picture' as const, name: 'pond.jpg' }));
  await bot.platform.deliver({ ...bot.message('张三', '福山地村', text), attachments });
  await bot.app.tick();
  return bot.heard('福山地村').slice(before)[0]?.text;
}

async function start(): Promise<Bot> {
  const bot = await startBot({ playbook: PLAYBOOK });
  await bot.says('张三', '福山地村', '/加水塘 东塘');
  return bot;
}

const values = async (bot: Bot): Promise<unknown[]> =>
  (await bot.rows('SELECT "values" FROM report')).map(([text]) => JSON.parse(String(text)));

describe('pictures that come with a line', () => {
  it('fill the photo field of an entry’s report', async () => {
    const bot = await start();
    expect(await captioned(bot, '/巡塘 东塘 2', 2)).toBe('✅ 一网格 11月23日 巡塘已收:东塘 劝离2 照片2(1/1)');
    expect(await values(bot)).toEqual([{ people: 2, photo: 2 }]);
  });

  it('fill that of a unit’s report, and do not change a number that was typed', async () => {
    const bot = await start();
    expect(await captioned(bot, '/清路 清扫√', 1)).toContain('清扫√ 照片1');
    expect(await captioned(bot, '/清路 清扫√ 照片3', 1)).toContain('清扫√ 照片3');
  });

  it('are asked for where the form wants them and none came', async () => {
    const bot = await start();
    const [answer] = await bot.says('张三', '福山地村', '/巡塘 东塘 2');
    expect(answer).toBe('巡塘要有照片。请把照片和这一行一起发,或写明几张,例如:照片1');
    expect(await values(bot)).toEqual([]);
    expect((await bot.says('张三', '福山地村', '/巡塘 东塘 2 照片1'))[0]).toContain('✅');
  });
});
