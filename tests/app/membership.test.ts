import { describe, expect, it } from 'vitest';
import type { ChatRef } from '../../src/bots/adapter.ts';
import { newRevision } from '../../src/core/meta.ts';
import { hashCode } from '../../src/core/roster/codes.ts';
import { put } from '../../src/core/rows/index.ts';
import { DAY } from '../../src/core/time.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { ROSTER } from '../support/rehearsal.ts';

const group = (id: string): ChatRef => ({ platform: 'stage', id, kind: 'group' });

async function invite(bot: Bot, inviterId: string): Promise<boolean> {
  let accepted = false;
  await bot.platform.deliver({
    type: 'invitation',
    platform: 'stage',
    inviter: { id: inviterId, displayName: '孙三' },
    title: '福山地村工作群',
    accept: async () => {
      accepted = true;
    },
  });
  return accepted;
}

const join = (bot: Bot, id: string, event: string): Promise<void> =>
  bot.platform.deliver({ type: 'joined', id: event, chat: group(id), title: '新群' });

describe('how the bot comes into groups', () => {
  it('takes invitations from people who have claimed a post, whatever name others give themselves', async () => {
    const bot = await startBot();
    expect(await invite(bot, bot.personId('孙三'))).toBe(true);
    expect(await invite(bot, 'somebody who calls himself 孙三')).toBe(false);
  });

  it('takes none from somebody who holds no post any more', async () => {
    const bot = await startBot();
    const sun = bot.personId('孙三');
    await bot.importRoster(ROSTER.replace('书记,孙三', '书记,新来的'), '2026-11-23');
    await bot.app.refresh();
    expect(await invite(bot, sun)).toBe(false);
  });

  it('survives an invitation that cannot be taken any more', async () => {
    const bot = await startBot();
    const inviter = { id: bot.personId('孙三'), displayName: '孙三' };
    const accept = () => Promise.reject(new Error('too late'));
    await bot.platform.deliver({ type: 'invitation', platform: 'stage', inviter, title: '', accept });
    expect(await bot.says('张三', '福山地村', '/日报 0')).toHaveLength(1);
  });

  it('greets a new group once and says how to bind it', async () => {
    const bot = await startBot();
    await join(bot, 'new', 'event 1');
    await join(bot, 'new', 'event 1');
    await bot.app.tick();
    await join(bot, 'new', 'event 1');
    await bot.restart();
    await join(bot, 'new', 'event 1');
    await bot.app.tick();
    expect(bot.heard('new').map(({ text }) => text)).toEqual([expect.stringContaining('/绑定')]);
  });

  it('greets a group it is put out of and taken into again and again once a day', async () => {
    const bot = await startBot();
    for (const [at, event] of [
      ['08:00', 'a'],
      ['08:01', 'b'],
      ['09:00', 'c'],
      ['+1d 08:00', 'd'],
    ] as const) {
      await bot.walkTo(at);
      await join(bot, 'new', event);
      await bot.app.tick();
    }
    expect(bot.heard('new')).toHaveLength(2);
  });

  it('asks for the right to hear, where the platform keeps it from hearing what people say', async () => {
    const bot = await startBot();
    await bot.platform.deliver({ type: 'joined', id: 'e', chat: group('new'), title: '新群', deaf: true });
    await bot.app.tick();
    expect(bot.heard('new').map(({ text }) => text)).toEqual([expect.stringMatching(/听不到.*管理员.*\/绑定/)]);
  });

  it('does not greet a group that is bound already', async () => {
    const bot = await startBot();
    await join(bot, bot.unitId('福山地村'), 'event 1');
    await bot.app.tick();
    expect(bot.everything()).toEqual([]);
  });
});

describe('a group that is bound to no unit', () => {
  it('is answered when it sends a line with a slash or mentions the bot, and left alone otherwise', async () => {
    const bot = await startBot();
    for (const line of ['日报 0', '日报', '今天晚上开会', '零报告', '接龙\n1. 一网格 0']) {
      expect([line, await bot.says('张三', 'new', line)]).toEqual([line, []]);
    }
    expect(await bot.says('张三', 'new', '/日报 0')).toEqual([expect.stringContaining('/绑定')]);
    expect(await bot.says('张三', 'new', '／日報 0')).toEqual([expect.stringContaining('/绑定')]);
    expect(await bot.says('张三', 'new', '@网格助手 日报 0', { mentionsBot: true })).toEqual([
      expect.stringContaining('/绑定'),
    ]);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[0]]);
  });
});

describe('a group that changes', () => {
  it('keeps its unit through any renaming', async () => {
    const bot = await startBot();
    const chat = group(bot.unitId('福山地村'));
    await bot.platform.deliver({ type: 'renamed', chat, title: '相亲相爱一家人' });
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringContaining('✅ 一网格')]);
    expect(await bot.rows(`SELECT title FROM binding WHERE unit_id = '${chat.id}'`)).toEqual([['相亲相爱一家人']]);
  });

  it('keeps its unit when the platform gives it another id, now and after a restart', async () => {
    const bot = await startBot();
    const unitId = bot.unitId('福山地村');
    await bot.platform.deliver({ type: 'renamed', chat: group('moved'), title: '福山地村', movedFrom: group(unitId) });
    expect(await bot.says('张三', 'moved', '/日报 0')).toEqual([expect.stringContaining('✅ 一网格')]);
    expect(await bot.says('李四', '福山地村', '日报 0')).toEqual([]);
    await bot.restart();
    await bot.walkTo('17:00');
    expect(bot.heard('moved').at(-1)?.text).toMatch(/^⏰/);
    expect(bot.heard('福山地村')).toEqual([]);
  });

  it('says nothing of a group it does not know', async () => {
    const bot = await startBot();
    await bot.platform.deliver({ type: 'renamed', chat: group('nobody'), title: '别的群' });
    expect(await bot.rows(`SELECT count(*) FROM binding WHERE chat = 'stage:nobody'`)).toEqual([[0]]);
  });
});

describe('somebody who wants to be a contact', () => {
  /** Codes printed by the office for 张三, who has no account yet. */
  async function unclaimed(): Promise<{ bot: Bot; code: string }> {
    const bot = await startBot({
      without: ({ table, row }) => table === 'account' && 'displayName' in row && row.displayName === '张三',
    });
    const code = '8F3K2T';
    const now = bot.clock.now();
    const row = { personId: bot.personId('张三'), issuedAt: now, expiresAt: now + DAY, usedAt: null, usedBy: null };
    await bot.store.commit([put('claimCode', { id: hashCode(code), ...row }), newRevision('code')]);
    await bot.app.refresh();
    return { bot, code };
  }

  /** Asks, and says whether it was taken. */
  async function ask(bot: Bot, hello: string | undefined, id = 'new-phone'): Promise<boolean> {
    let accepted = false;
    await bot.platform.deliver({
      type: 'invitation',
      platform: 'stage',
      inviter: { id, displayName: '老张' },
      title: '',
      ...(hello === undefined ? {} : { hello }),
      accept: async () => {
        accepted = true;
      },
    });
    await bot.app.tick();
    return accepted;
  }

  it('is taken when the greeting shows a claim code, which is claimed at once', async () => {
    const { bot, code } = await unclaimed();
    expect(await ask(bot, `我是张三，认领码 ${code.toLowerCase()}`)).toBe(true);
    expect(bot.app.county().personOf('stage:new-phone')?.name).toBe('张三');
    const heard = bot.everything().filter(({ to }) => to.kind === 'direct' && to.id === 'new-phone');
    expect(heard.map(({ message }) => message.text)).toEqual([expect.stringContaining('✅ 张三')]);
  });

  it('is not taken without a code, with a wrong one, with a used one, or with several', async () => {
    const { bot, code } = await unclaimed();
    expect(await ask(bot, undefined)).toBe(false);
    expect(await ask(bot, '我是张三')).toBe(false);
    expect(await ask(bot, 'AAAAAA')).toBe(false);
    expect(await ask(bot, `${code} AAAAAA`)).toBe(false);
    expect(await ask(bot, code)).toBe(true);
    expect(await ask(bot, code, 'another')).toBe(false);
  });

  it('who guesses five times within an hour is not listened to, even with the right code', async () => {
    const { bot, code } = await unclaimed();
    for (const guess of ['AAAAA2', 'AAAAA3', 'AAAAA4', 'AAAAA5', 'AAAAA6']) {
      await ask(bot, guess);
      bot.clock.moveTo(bot.clock.now() + 1);
    }
    expect(await ask(bot, code)).toBe(false);
    await bot.walkTo('08:01');
    expect(await ask(bot, code)).toBe(true);
  });

  it('counts guesses of the hour before a restart', async () => {
    const { bot, code } = await unclaimed();
    for (const guess of ['AAAAA2', 'AAAAA3', 'AAAAA4', 'AAAAA5', 'AAAAA6']) {
      await ask(bot, guess);
      bot.clock.moveTo(bot.clock.now() + 1);
    }
    await bot.restart();
    expect(await ask(bot, code)).toBe(false);
  });

  it('has claimed though the platform will not be accepted twice', async () => {
    const { bot, code } = await unclaimed();
    await bot.platform.deliver({
      type: 'invitation',
      platform: 'stage',
      inviter: { id: 'new-phone', displayName: '老张' },
      title: '',
      hello: code,
      accept: () => Promise.reject(new Error('accepted already')),
    });
    expect(bot.app.county().personOf('stage:new-phone')?.name).toBe('张三');
  });

  it('leaves no code to be read in the database', async () => {
    const { bot, code } = await unclaimed();
    await ask(bot, code);
    const texts = await bot.rows('SELECT id || text FROM inbound');
    expect(JSON.stringify(texts)).not.toContain(code);
  });
});
