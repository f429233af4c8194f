import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newRevision } from '../../src/core/meta.ts';
import { CODE_VALID, issueCodes } from '../../src/core/roster/codes.ts';
import { put } from '../../src/core/rows/index.ts';
import { HOUR } from '../../src/core/time.ts';
import { type Bot, startBot } from '../support/bot.ts';

/** Nobody but the secretaries has claimed a post yet. */
const withoutLeaders = {
  without: ({ table, row }: { table: string; row: object }) =>
    table === 'account' && 'displayName' in row && ['张三', '李四'].includes(String(row.displayName)),
};

/** The office prints codes; gives the one of a person. */
async function codeOf(bot: Bot, name: string): Promise<string> {
  const county = bot.app.county();
  const now = bot.clock.now();
  const { rows, sheet } = issueCodes(county.viewAt(now), county.accounts(), county.claimCodes(), now, {
    random: randomBytes,
    personId: bot.personId(name),
  });
  await bot.store.commit([...rows.map((row) => put('claimCode', row)), newRevision(randomUUID())]);
  return sheet[0]?.code ?? '';
}

const wrong = async (bot: Bot, who: string, times: number): Promise<string[]> => {
  const answers: string[] = [];
  for (let i = 0; i < times; i += 1) answers.push(...(await bot.says(who, 'private', `/认领 AAAAA${i + 2}`)));
  return answers;
};

describe('/认领', () => {
  it('makes an account that of the person whose code it sends, who may report from then on', async () => {
    const bot = await startBot(withoutLeaders);
    const code = await codeOf(bot, '张三');
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringContaining('认领')]);
    expect(await bot.says('张三', 'private', `/认领 ${code.toLowerCase()}`)).toEqual([
      expect.stringMatching(/✅ 张三.*一网格.*\/日报 0/),
    ]);
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringContaining('✅ 一网格')]);
    await bot.walkTo('17:00');
    expect(bot.heard('福山地村').at(-1)?.text).not.toContain('张三还没认领');
  });

  it('refuses a wrong code with the line to send, and says no more about it than about an old one', async () => {
    const bot = await startBot(withoutLeaders);
    const [answer] = await wrong(bot, '张三', 1);
    expect(answer).toMatch(/不对或已过期.*\/认领/);
    expect(await bot.rows(`SELECT count(*) FROM account WHERE display_name = '张三'`)).toEqual([[0]]);
  });

  it('refuses a code that was used, from whatever account', async () => {
    const bot = await startBot(withoutLeaders);
    const code = await codeOf(bot, '张三');
    await bot.says('张三', 'private', `/认领 ${code}`);
    expect(await bot.says('外人', 'private', `/认领 ${code}`)).toEqual([expect.stringContaining('不对或已过期')]);
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringContaining('✅')]);
  });

  it('refuses a code at the end of its time, and takes it just before', async () => {
    const bot = await startBot(withoutLeaders);
    const [late, punctual] = [await codeOf(bot, '张三'), await codeOf(bot, '李四')];
    bot.clock.moveTo(bot.clock.now() + CODE_VALID - 1);
    expect(await bot.says('李四', 'private', `/认领 ${punctual}`)).toEqual([expect.stringContaining('✅ 李四')]);
    bot.clock.moveTo(bot.clock.now() + 1);
    expect(await bot.says('张三', 'private', `/认领 ${late}`)).toEqual([expect.stringContaining('不对或已过期')]);
  });

  it('stops listening to an account after five wrong codes within an hour, right ones included', async () => {
    const bot = await startBot(withoutLeaders);
    const code = await codeOf(bot, '张三');
    const answers = await wrong(bot, '张三', 6);
    expect(answers.slice(0, 5).every((text) => text.includes('不对或已过期'))).toBe(true);
    expect(answers[5]).toContain('一小时后');
    expect(await bot.says('张三', 'private', `/认领 ${code}`)).toEqual([expect.stringContaining('一小时后')]);
    expect(await bot.says('李四', 'private', `/认领 ${await codeOf(bot, '李四')}`)).toEqual([
      expect.stringContaining('✅ 李四'),
    ]);
    bot.clock.moveTo(bot.clock.now() + HOUR + 1);
    expect(await bot.says('张三', 'private', `/认领 ${code}`)).toEqual([expect.stringContaining('✅ 张三')]);
  });

  it('stops guessing that comes all at once', async () => {
    const bot = await startBot(withoutLeaders);
    const guesses = Array.from({ length: 12 }, (_, i) => bot.message('张三', 'private', `/认领 AAAA${i + 22}`));
    await Promise.all(guesses.map((guess) => bot.platform.deliver(guess)));
    expect(await bot.rows('SELECT count(*) FROM claim_try')).toEqual([[5]]);
  });

  it('still counts the wrong codes of before a restart', async () => {
    const bot = await startBot(withoutLeaders);
    await wrong(bot, '张三', 5);
    await bot.restart();
    expect((await wrong(bot, '张三', 1))[0]).toContain('一小时后');
  });

  it('lets a new phone take the place of the old one', async () => {
    const bot = await startBot(withoutLeaders);
    await bot.says('张三', 'private', `/认领 ${await codeOf(bot, '张三')}`);
    const code = await codeOf(bot, '张三');
    expect(await bot.says('新手机', 'private', `/认领 ${code}`)).toEqual([expect.stringContaining('✅ 张三')]);
    expect(await bot.says('新手机', '福山地村', '/日报 0')).toEqual([expect.stringContaining('✅ 一网格')]);
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringContaining('认领码')]);
    await bot.restart();
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringContaining('认领码')]);
  });

  it('keeps no code that was sent, right, wrong or garbled', async () => {
    const bot = await startBot(withoutLeaders);
    const code = await codeOf(bot, '张三');
    await bot.says('外人', 'private', `/认领 我的码是 ${code}`);
    await bot.says('外人', 'private', `/认领 ${code}\n我是张三`);
    await bot.says('外人', 'private', `/認 領:${code} 张三`);
    await bot.says('张三', 'private', `/认领 ${code}`);
    const texts = (await bot.rows('SELECT text FROM inbound')).flat();
    expect(texts).toHaveLength(4);
    expect(texts.filter((text) => String(text).includes(code))).toEqual([]);
    const kept = JSON.stringify(await bot.rows('SELECT * FROM claim_code'));
    expect(kept).not.toContain(code);
  });
});

describe('/加账号', () => {
  /** The same person, from an account on another platform. */
  const elsewhere = (bot: Bot, text: string, id: string) =>
    bot.platform.deliver({
      ...bot.message('外人', 'private', text, { id }),
      chat: { platform: 'other', id: 'zhang-elsewhere', kind: 'direct' },
      sender: { id: 'zhang-elsewhere', displayName: '老张' },
    });

  it('gives a code with which an account on another platform becomes the same person, beside the first', async () => {
    const bot = await startBot();
    const [said = ''] = await bot.says('张三', 'private', '/加账号');
    const code = /\/认领 (\S{6})/.exec(said)?.[1] ?? expect.fail(said);
    await elsewhere(bot, `/认领 ${code}`, 'e1');
    const accounts = bot.app.county().accountsOf(bot.personId('张三'));
    expect(accounts.map(({ id }) => id.split(':')[0]).sort()).toEqual(['other', 'stage']);
    await elsewhere(bot, '/日报 0', 'e2');
    expect(await bot.says('张三', 'private', '/我')).toEqual([expect.stringContaining('已报')]);
  });

  it('gives a code that ends after half an hour, and at once when another is asked for', async () => {
    const bot = await startBot();
    const ask = async (): Promise<string> =>
      /\/认领 (\S{6})/.exec((await bot.says('张三', 'private', '/加账号'))[0] ?? '')?.[1] ?? '';
    const first = await ask();
    const second = await ask();
    expect(await bot.says('外人', 'private', `/认领 ${first}`)).toEqual([expect.stringContaining('不对或已过期')]);
    expect(await bot.says('外人', 'private', `/认领 ${second}`, { at: '07:31' })).toEqual([
      expect.stringContaining('不对或已过期'),
    ]);
  });

  it('shows no code in a group, and none to somebody the roster does not know', async () => {
    const bot = await startBot();
    expect(await bot.says('张三', '福山地村', '/加账号')).toEqual([expect.stringMatching(/私聊我发:\/加账号/)]);
    expect(await bot.says('外人', 'private', '/加账号')).toEqual([expect.stringContaining('不知道您是哪个岗位')]);
  });
});

describe('codes', () => {
  /** All texts that were kept of what came and what was said. */
  const kept = async (bot: Bot): Promise<string> =>
    JSON.stringify([await bot.rows('SELECT id, text FROM inbound'), await bot.rows('SELECT id, body FROM outbox')]);

  it('given for another platform are not kept once they have left', async () => {
    const bot = await startBot();
    const [said = ''] = await bot.says('张三', 'private', '/加账号');
    expect(await kept(bot)).not.toContain(/\/认领 (\S{6})/.exec(said)?.[1]);
  });

  it.each([
    '/认令 CODE',
    '/人领 code',
    '/rl CODE',
    '/我 CODE',
    '/绑定 CODE',
    '/注册 C O D E',
    '认领一下 CODE 谢谢',
    '/日报 CODE',
  ])('in %s, which claims nothing, are not kept', async (line) => {
    const bot = await startBot(withoutLeaders);
    const code = await codeOf(bot, '张三');
    const typed = line
      .replace('CODE', code)
      .replace('code', code.toLowerCase())
      .replace('C O D E', [...code].join(' '));
    await bot.says('张三', 'private', typed);
    const all = (await kept(bot)).toUpperCase();
    expect(all).not.toContain(code);
    expect(all).not.toContain([...code].join(' '));
  });

  it('that are spent or were never given keep nobody’s words from being kept', async () => {
    const bot = await startBot(withoutLeaders);
    await bot.says('张三', 'private', '/我 ABCDEF');
    expect(await kept(bot)).toContain('ABCDEF');
  });
});

it('whoever is replaced by another account is told where they were', async () => {
  const bot = await startBot();
  const code = await codeOf(bot, '张三');
  await bot.says('外人', 'private', `/认领 ${code}`);
  expect(bot.heardInPrivate('张三').map(({ text }) => text)).toEqual([expect.stringMatching(/另一个账号.*告诉上级/)]);
});
