import { describe, expect, it } from 'vitest';
import { handOver } from '../../src/app/wire.ts';
import { SendError } from '../../src/bots/adapter.ts';
import { put } from '../../src/core/rows/index.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { soon } from '../support/soon.ts';
import { withCommit } from '../support/with-commit.ts';

const kinds = (bot: Bot, where: string): string[] =>
  bot.heard(where).map(({ text }) => (text.startsWith('⏰') ? 'reminder' : text.startsWith('📋') ? 'table' : 'other'));

const states = (bot: Bot, kind: string): Promise<unknown[]> =>
  bot.rows(`SELECT DISTINCT state FROM outbox WHERE kind = '${kind}'`).then((rows) => rows.flat());

describe('taking notices to the platforms', () => {
  it('sends once though it is asked twice at the same time', async () => {
    const bot = await startBot();
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    await bot.platform.deliver(bot.message('吴六', '大新庄村', '/日报 0'));
    await Promise.all([bot.app.tick(), bot.app.tick(), bot.app.tick()]);
    expect([bot.heard('福山地村').length, bot.heard('大新庄村').length]).toEqual([1, 1]);
    expect(bot.platform.tried).toHaveLength(2);
  });

  it('lets a slow chat hold up nobody else', async () => {
    const bot = await startBot();
    let release = (): void => undefined;
    const slow = bot.unitId('福山地村');
    bot.platform.beforeDelivery = (to) =>
      to.id === slow ? new Promise((resolve) => (release = resolve)) : Promise.resolve();
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    await bot.platform.deliver(bot.message('吴六', '大新庄村', '/日报 0'));
    const ticked = bot.app.tick();
    await soon(() => expect(bot.heard('大新庄村').length).toBe(1));
    expect(bot.heard('福山地村')).toEqual([]);
    release();
    await ticked;
    expect(bot.heard('福山地村')).toHaveLength(1);
  });

  it('does not repeat a reminder whose delivery is unknown, but does repeat a table and an answer', async () => {
    const bot = await startBot();
    let lost = 0;
    bot.platform.fault = () => (lost++ < 1 ? 'lost' : null);
    await bot.says('张三', '福山地村', '/日报 0', { at: '16:00' });
    await bot.walkTo('16:01');
    expect(bot.heard('福山地村')).toHaveLength(2);
    const village = bot.unitId('福山地村');
    let once = new Set<string>();
    bot.platform.fault = (to, { text }) => {
      const first = to.id === village && !once.has(text.slice(0, 1));
      once = once.add(text.slice(0, 1));
      return first ? 'lost' : null;
    };
    await bot.walkTo('17:44');
    expect(kinds(bot, '福山地村').filter((kind) => kind === 'reminder')).toHaveLength(1);
    await bot.walkTo('18:10');
    expect(kinds(bot, '福山地村').filter((kind) => kind === 'table')).toHaveLength(2);
    expect(await states(bot, 'table')).toEqual(['sent']);
  });

  it('tries again at least once a minute for as long as a platform is away, and gives nothing up', async () => {
    const bot = await startBot();
    bot.platform.fault = () => 'unavailable';
    await bot.walkTo('17:40');
    bot.platform.fault = () => null;
    const tries = bot.platform.tried
      .filter(({ chat }) => chat.endsWith(`:${bot.unitId('福山地村')}`))
      .map(({ at }) => at);
    const pauses = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    expect(Math.max(...pauses)).toBeLessThan(MINUTE);
    await bot.walkTo('17:41');
    expect(kinds(bot, '福山地村')).toEqual(['reminder']);
    expect(await bot.rows(`SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'dropped')`)).toEqual([[0]]);
  });

  it('sends tables before reminders where both wait for one chat', async () => {
    const bot = await startBot({ pace: { perChatMs: SECOND } });
    await bot.offlineUntil('07:01');
    await bot.app.tick();
    await bot.offlineUntil('18:00');
    await bot.walkTo('18:05');
    expect(kinds(bot, '福山地村')).toEqual(['table', 'reminder', 'reminder']);
  });

  it('holds everything but answers in quiet hours', async () => {
    const bot = await startBot({ start: '2026-11-23T19:30:00+08:00' });
    bot.platform.fault = () => 'unavailable';
    await bot.walkTo('19:31');
    await bot.offlineUntil('22:00');
    expect(await bot.says('张三', '福山地村', '/日报 0', { at: '23:00' })).toEqual([expect.stringContaining('迟报')]);
    await bot.walkTo('+1d 06:59:59');
    expect(bot.everything()).toHaveLength(1);
    await bot.walkTo('+1d 07:00');
    expect(kinds(bot, '福山地村')).toEqual(['other']);
    expect(bot.heard('巴林左旗').map(({ at }) => at)).toEqual(['07:00:00']);
  });

  it('settles a send whose outcome the store could not take at once, without sending twice', async () => {
    let broken = false;
    const bot = await startBot({
      wrapStore: (store) =>
        withCommit(store, async (writes) => {
          if (broken) throw new Error('the disk is full');
          await store.commit(writes);
        }),
    });
    bot.platform.beforeDelivery = async () => {
      broken = true;
    };
    expect(await bot.says('张三', '福山地村', '/日报 0')).toHaveLength(1);
    expect(await states(bot, 'receipt')).toEqual(['pending']);
    broken = false;
    bot.platform.beforeDelivery = () => Promise.resolve();
    await bot.walkTo('07:01');
    expect(await states(bot, 'receipt')).toEqual(['sent']);
    expect(bot.heard('福山地村')).toHaveLength(1);
  });

  it('gives up what goes to a platform it does not have', async () => {
    const bot = await startBot();
    const unitId = bot.unitId('大新庄村');
    const row = { id: 'b', chat: 'elsewhere:1', unitId, title: '', boundBy: null, boundAt: 1, releasedAt: null };
    await bot.store.commit([put('binding', row), put('meta', { id: 'rosterRevision', value: '2' })]);
    await bot.walkTo('17:00');
    expect(await bot.rows(`SELECT state FROM outbox WHERE address LIKE '%${unitId}%'`)).toEqual([['dead']]);
  });

  it('takes an error that is none of the platform’s own for an unknown outcome', async () => {
    const bot = await startBot();
    const errors = [new TypeError('fetch failed'), new SendError('unknown', 'timed out')];
    bot.platform.beforeDelivery = () => {
      const error = errors.shift();
      return error ? Promise.reject(error) : Promise.resolve();
    };
    await bot.walkTo('17:44');
    expect(await states(bot, 'reminder')).toEqual(['dropped']);
  });
});

describe('what was kept although the store said it was not', () => {
  /** The next commit that brings a notice into a state takes effect, and says that it did not. */
  async function lyingOnce(state: 'sending' | 'sent') {
    let lie = false;
    const bot = await startBot({
      wrapStore: (store) =>
        withCommit(store, async (writes) => {
          await store.commit(writes);
          if (!lie || !writes.some(({ table, row }) => table === 'outbox' && row.state === state)) return;
          lie = false;
          throw new Error('the answer was lost');
        }),
    });
    return {
      bot,
      lie: () => {
        lie = true;
      },
    };
  }

  it('does not have a table said again that had arrived', async () => {
    const { bot, lie } = await lyingOnce('sent');
    await bot.walkTo('17:59');
    lie();
    await bot.walkTo('18:01');
    expect(kinds(bot, '福山地村').filter((kind) => kind === 'table')).toHaveLength(1);
    expect(await states(bot, 'table')).toEqual(['sent']);
  });

  it('lets a reminder be that was claimed, as after a stop', async () => {
    const { bot, lie } = await lyingOnce('sending');
    await bot.walkTo('16:59');
    lie();
    await expect(bot.walkTo('17:00')).rejects.toThrow('commit failed');
    await bot.walkTo('17:01');
    expect(await states(bot, 'reminder')).toEqual(['dropped']);
  });
});

describe('a file that cannot be made', () => {
  it('does not keep back the words, and is told of in the log', async () => {
    const bot = await startBot();
    const adapters = new Map([[bot.platform.platform, bot.platform]]);
    const logged: string[] = [];
    const file = { kind: 'picture', name: '表.png', content: () => Promise.reject(new Error('no font')) } as const;
    const good = { kind: 'workbook', name: '表.xlsx', content: async () => Uint8Array.of(1) } as const;
    const chat = { platform: 'stage', id: 'g', kind: 'group' } as const;
    const message = { text: '表', mentions: [], attachments: [file, good] };
    const answer = await handOver(chat, message, { adapters, log: (event) => logged.push(event) });
    expect(answer).toEqual({ messageId: 'm1' });
    const files = bot.everything().at(-1)?.message.attachments ?? [];
    expect(await Promise.all(files.map(({ content }) => content()))).toEqual([null, Uint8Array.of(1)]);
    expect(logged).toEqual(['attachment']);
  });
});

describe('what a stop leaves between claim and answer', () => {
  it('sends an answer again that may not have arrived', async () => {
    const bot = await startBot();
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    await bot.dieWhileSending('not delivered');
    await bot.walkTo('07:01');
    expect(bot.heard('福山地村')).toHaveLength(1);
    expect(await states(bot, 'receipt')).toEqual(['sent']);
  });

  it('sends a table again, be it twice', async () => {
    const bot = await startBot({ start: '2026-11-23T17:50:00+08:00' });
    bot.clock.moveTo(bot.moment('18:00'));
    await bot.dieWhileSending('delivered');
    await bot.walkTo('18:01');
    expect(kinds(bot, '福山地村')).toEqual(['table', 'table']);
  });

  it('lets a reminder be, delivered or not: the next step makes it good', async () => {
    const bot = await startBot({ start: '2026-11-23T16:50:00+08:00' });
    bot.clock.moveTo(bot.moment('17:00'));
    await bot.dieWhileSending('not delivered');
    await bot.walkTo('17:44');
    expect(bot.heard('福山地村')).toEqual([]);
    expect(await states(bot, 'reminder')).toEqual(['dropped']);
    await bot.walkTo('17:45');
    expect(kinds(bot, '福山地村')).toEqual(['reminder']);
  });
});
