/** Groups that got another id, that are gone, and that come back. */
import { describe, expect, it } from 'vitest';
import type { ChatRef } from '../../src/bots/adapter.ts';
import { type Bot, startBot } from '../support/bot.ts';

const group = (id: string): ChatRef => ({ platform: 'stage', id, kind: 'group' });

/** All groups of the platform after a login: those bound now, changed as the test says. */
async function login(
  bot: Bot,
  change: (groups: Map<string, string>) => void,
  complete = true,
  selves: readonly string[] = ['bot'],
): Promise<void> {
  const own = new Map(
    bot.app
      .county()
      .bindings()
      .map(({ chat, title }) => [chat.slice('stage:'.length), title]),
  );
  change(own);
  const groups = [...own].map(([id, title]) => ({ chat: group(id), title }));
  await bot.platform.deliver({ type: 'groups', platform: 'stage', groups, complete, selves });
}

/** The village's group has another id from now on. */
async function moved(bot: Bot, id: string, title = '福山地村'): Promise<void> {
  const old = bot.unitId('福山地村');
  await login(bot, (groups) => {
    groups.delete(old);
    groups.set(id, title);
  });
}

const chatOf = (bot: Bot, unit: string): string | undefined => bot.app.county().groupOf(bot.unitId(unit))?.chat;

describe('groups that got another id', () => {
  it('are found again by their title, and nobody is bothered', async () => {
    const bot = await startBot();
    await moved(bot, 'new id');
    expect(chatOf(bot, '福山地村')).toBe('stage:new id');
    await bot.restart();
    await bot.walkTo('17:00');
    expect(bot.everything().filter(({ to }) => to.id === 'new id')).toHaveLength(1);
    expect(bot.heard('林东镇')).toEqual([]);
  });

  it('are told to the level above, once, when no group has their title', async () => {
    const bot = await startBot();
    await moved(bot, 'new id', '别的群');
    await bot.walkTo('08:00');
    await moved(bot, 'new id', '别的群');
    await bot.restart();
    await moved(bot, 'new id', '别的群');
    await bot.walkTo('09:00');
    expect(bot.heard('林东镇').map(({ text }) => text)).toEqual([expect.stringMatching(/福山地村.*\/绑定 福山地村/)]);
    expect(chatOf(bot, '福山地村')).toBe(`stage:${bot.unitId('福山地村')}`);
  });

  it('are told, not guessed, when two groups have the title', async () => {
    const bot = await startBot();
    const old = bot.unitId('福山地村');
    await login(bot, (groups) => {
      groups.delete(old);
      groups.set('one', '福山地村').set('other', '福山地村');
    });
    await bot.walkTo('07:10');
    expect(bot.heard('林东镇')).toHaveLength(1);
    expect(chatOf(bot, '福山地村')).toBe(`stage:${old}`);
  });

  it('take no group away from another unit that has the same title', async () => {
    const bot = await startBot();
    const other = bot.unitId('大新庄村');
    await bot.platform.deliver({ type: 'renamed', chat: group(other), title: '福山地村' });
    await login(bot, (groups) => groups.delete(bot.unitId('福山地村')));
    expect(chatOf(bot, '大新庄村')).toBe(`stage:${other}`);
  });

  it('are told, not guessed, when two of them had the title', async () => {
    const bot = await startBot();
    const [village, other] = [bot.unitId('福山地村'), bot.unitId('大新庄村')];
    await bot.platform.deliver({ type: 'renamed', chat: group(other), title: '福山地村' });
    await login(bot, (groups) => {
      groups.delete(village);
      groups.delete(other);
      groups.set('one new id', '福山地村');
    });
    expect([chatOf(bot, '福山地村'), chatOf(bot, '大新庄村')]).toEqual([`stage:${village}`, `stage:${other}`]);
  });

  it('are not looked for while some accounts have not told their groups yet', async () => {
    const bot = await startBot();
    const old = bot.unitId('福山地村');
    await login(
      bot,
      (groups) => {
        groups.delete(old);
        groups.set('new id', '福山地村');
      },
      false,
    );
    expect(chatOf(bot, '福山地村')).toBe(`stage:${old}`);
  });

  it('wait while some accounts have not told their groups yet', async () => {
    const bot = await startBot();
    await login(bot, (groups) => groups.clear(), false);
    await bot.walkTo('08:00');
    expect(bot.everything()).toEqual([]);
  });

  it('keep their title up to date, so that the next search knows it', async () => {
    const bot = await startBot();
    await login(bot, (groups) => groups.set(bot.unitId('福山地村'), '福山地村日报群'));
    await moved(bot, 'new id', '福山地村日报群');
    expect(chatOf(bot, '福山地村')).toBe('stage:new id');
  });

  it('are told in the morning when it happens at night, and not at all when all is well by then', async () => {
    const bot = await startBot({ start: '2026-11-23T23:00:00+08:00' });
    await moved(bot, 'new id', '别的群');
    await bot.walkTo('23:30');
    expect(bot.everything()).toEqual([]);
    await login(bot, () => undefined);
    await bot.walkTo('+1d 07:30');
    expect(bot.heard('林东镇')).toEqual([]);
  });
});

describe('a group the bot is put out of', () => {
  const leave = (bot: Bot): Promise<void> =>
    bot.platform.deliver({ type: 'left', chat: group(bot.unitId('福山地村')) });

  const back = (bot: Bot, id: string): Promise<void> =>
    bot.platform.deliver({ type: 'joined', id, chat: group(bot.unitId('福山地村')), title: '福山地村' });

  it('is told to the level above after a while; coming back is enough, nothing needs binding', async () => {
    const bot = await startBot();
    await leave(bot);
    await bot.walkTo('07:04');
    expect(bot.heard('林东镇')).toEqual([]);
    await bot.walkTo('07:06');
    expect(bot.heard('林东镇').map(({ text }) => text)).toEqual([expect.stringContaining('福山地村')]);
    await back(bot, 'back');
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringContaining('✅')]);
  });

  it('and taken in again at once is no news', async () => {
    const bot = await startBot();
    await leave(bot);
    await back(bot, 'back');
    await bot.walkTo('08:00');
    expect(bot.heard('林东镇')).toEqual([]);
  });

  it('over and over is told once a day', async () => {
    const bot = await startBot();
    for (const day of ['', '+1d ']) {
      for (const hour of ['08', '10', '12']) {
        await bot.walkTo(`${day}${hour}:00`);
        await leave(bot);
        await bot.walkTo(`${day}${hour}:30`);
        await back(bot, `back ${day}${hour}`);
      }
    }
    expect(bot.heard('林东镇').filter(({ text }) => text.includes('找不到'))).toHaveLength(2);
  });

  it('that belongs to no unit concerns nobody', async () => {
    const bot = await startBot();
    await bot.platform.deliver({ type: 'left', chat: group('nobody’s') });
    await bot.app.tick();
    expect(bot.everything()).toEqual([]);
  });
});

it('an outage is kept, once however often it is told', async () => {
  const bot = await startBot();
  const now = bot.clock.now();
  const outage = {
    type: 'outage',
    platform: 'stage',
    account: '1',
    since: now - 90_000,
    until: now,
    cause: 'silent',
    lossy: true,
  } as const;
  await bot.platform.deliver(outage);
  await bot.platform.deliver({ ...outage, until: now + 1 });
  expect(await bot.store.outages(now - 1_000)).toEqual([
    expect.objectContaining({ account: '1', cause: 'silent', lossy: 'yes', until: now + 1 }),
  ]);
});

describe('a group of the same title that was there before', () => {
  it('takes nothing over when a list comes short', async () => {
    const bot = await startBot();
    const old = bot.unitId('福山地村');
    await login(bot, (groups) => groups.set('evil', '福山地村'));
    await login(bot, (groups) => groups.set('evil', '福山地村').delete(old));
    expect(chatOf(bot, '福山地村')).toBe(`stage:${old}`);
  });
});

it('a group that somebody has bound under its new id keeps the unit it was given there', async () => {
  const bot = await startBot();
  const [village, other] = [bot.unitId('福山地村'), bot.unitId('大新庄村')];
  await bot.platform.deliver({ type: 'renamed', chat: group(other), title: '', movedFrom: group(village) });
  expect(chatOf(bot, '大新庄村')).toBe(`stage:${other}`);
  await bot.restart();
  expect([chatOf(bot, '大新庄村'), chatOf(bot, '福山地村')]).toEqual([`stage:${other}`, undefined]);
});

describe('a login under which everything has another id', () => {
  /** Every group and, as the test says, the bot itself under new ids. */
  const anew = (bot: Bot, selves: readonly string[]): Promise<void> =>
    login(
      bot,
      (groups) => {
        for (const [id, title] of [...groups]) groups.set(`new ${id}`, title).delete(id);
      },
      true,
      selves,
    );
  const claims = (bot: Bot): number =>
    bot.app
      .county()
      .accounts()
      .filter(({ releasedAt }) => releasedAt === null).length;

  it('ends all claims of the platform, and tells the county how many', async () => {
    const bot = await startBot();
    await login(bot, () => undefined);
    const before = claims(bot);
    await anew(bot, ['another']);
    await bot.app.tick();
    expect([before > 0, claims(bot)]).toEqual([true, 0]);
    expect(bot.everything().map(({ message }) => message.text)).toEqual([
      expect.stringContaining(`${before} 人要重新认领`),
    ]);
  });

  it('is no such login while the bot is known by an id it had, or any group is', async () => {
    const bot = await startBot();
    await login(bot, () => undefined);
    await anew(bot, ['bot', 'another']);
    expect(claims(bot)).toBeGreaterThan(0);
    const old = bot.unitId('福山地村');
    await login(bot, (groups) => groups.set('newer', '福山地村').delete(`new ${old}`), true, ['third']);
    expect(chatOf(bot, '福山地村')).toBe('stage:newer');
    expect(claims(bot)).toBeGreaterThan(0);
  });
});
