import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../src/bots/adapter.ts';
import { startBotProcess } from './bot-process.ts';
import { deliverTogether } from './outcomes.ts';
import { answers, complaints, evening, keptIds, openStage, threeReports, untroubledEvening } from './stage.ts';
import { logOf, snapshotOf } from './torn-log.ts';

/** Limits the size of files that a process may write, bytes, as `ulimit -f` does. False where that cannot be done. */
function limitFiles(pid: number, bytes: number | 'unlimited'): boolean {
  return spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]).status === 0;
}

const canLimit = limitFiles(process.pid, 'unlimited');
const NO_MORE = /"error":"NotDurableError: [^\n"]*\bio\b, [^\n"]*limit on file sizes/;
/** The same of a log that is kept in objects. */
const REFUSED = expect.stringMatching(/^\w+ NotDurableError: [^\n]*\bio, [^\n]*limit on file sizes[^\n]*$/);

/** The grids whose reports were answered; each as often as that was said. */
const grids = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => [...text.matchAll(/[一二三]网格(?=[^\n]*已收)/g)].map(([grid]) => grid)).sort();

// Node ignores SIGXFSZ, which would end a process by itself: what is left is a write that fails.
describe.runIf(canLimit)('a limit on the size of files', () => {
  it('ends neither the bot nor what was kept nor its answers; once lifted all goes on', {
    timeout: 60_000,
  }, async () => {
    const { bot } = await openStage();
    const { url } = bot;
    const [short, long, other] = threeReports(bot);
    const now = bot.clock.now();
    await bot.stop();
    const child = await startBotProcess(url, now);
    const deliver = (...messages: InboundMessage[]) => child.order({ do: 'deliver', messages });
    const tick = (seconds: number) => child.order({ do: 'tick', at: now + seconds * 1_000 });

    // Kept before the limit, and answered under it.
    expect((await deliver(short)).outcomes).toEqual(['kept']);
    limitFiles(child.pid, statSync(logOf(url)).size + 1_000);
    const refused = await deliver(long, other);
    expect(refused.outcomes).toEqual(['io', 'io']);
    expect(refused.logged).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(NO_MORE)));
    // What was kept may be answered while nothing can be kept: what became of the answer waits in memory.
    const under = await tick(0);
    expect([under.outcomes, grids(under.sent)]).toEqual([['done'], ['一网格']]);
    expect(under.logged.filter((line) => line.includes('unsettled'))).toEqual([expect.stringMatching(NO_MORE)]);
    const again = await tick(1);
    expect(again).toMatchObject({ sent: [] });
    expect([await keptIds(bot), await states(bot)]).toEqual([['short'], ['pending']]);

    limitFiles(child.pid, 'unlimited');
    expect(await tick(10)).toMatchObject({ outcomes: ['done'], sent: [] });
    expect(await states(bot)).toEqual(['sent']);
    expect((await deliver(short, long, other, other)).outcomes).toEqual(['kept', 'kept', 'kept', 'kept']);
    expect(grids((await tick(11)).sent)).toEqual(['一网格', '二网格']);
    expect(await keptIds(bot)).toEqual(['long', 'other', 'short']);

    await child.kill();
    await bot.start();
    for (const message of [short, long, other]) await bot.platform.deliver(message);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[3]]);
    expect(await evening(bot)).toEqual(await untroubledEvening());
    // The process before this one has answered them all.
    expect(answers(bot)).toEqual([]);
  });

  it('lets the answer of a platform wait that came while nothing could be kept, and sends nothing twice', async () => {
    const { bot, logs } = await openStage();
    const [short] = threeReports(bot);
    await bot.platform.deliver(short);
    bot.platform.beforeDelivery = async () => void leaveRoom(bot.url);
    try {
      await bot.bareApp.tick();
      await bot.bareApp.idle();
      // Waits like an answer that has not left; that it has is known to this process alone.
      expect([answers(bot), await states(bot)]).toEqual([['福山地村 一网格'], ['pending']]);
      for (const moment of ['16:00:02', '16:00:06', '16:01']) {
        bot.clock.moveTo(bot.moment(moment));
        await bot.bareApp.tick();
        await bot.bareApp.idle();
      }
      expect([answers(bot), await states(bot)]).toEqual([['福山地村 一网格'], ['pending']]);
    } finally {
      limitFiles(process.pid, 'unlimited');
    }
    // Told at once, and again each time it was tried in vain.
    expect(complaints(logs, 'outbox.unsettled')).toEqual([REFUSED, REFUSED, REFUSED]);
    await bot.walkTo('16:02');
    expect([answers(bot), await states(bot)]).toEqual([['福山地村 一网格'], ['sent']]);
  });

  it('takes no step of the ladder that it cannot keep, and takes it once when it can', async () => {
    const { bot } = await openStage();
    for (const message of threeReports(bot)) await bot.platform.deliver(message);
    await bot.walkTo('16:58');
    const heard = bot.everything().length;
    bot.clock.moveTo(bot.moment('17:00'));
    leaveRoom(bot.url, 0);
    try {
      await expect(bot.app.tick()).rejects.toThrow(/\bio, [^\n]*limit on file sizes/);
    } finally {
      limitFiles(process.pid, 'unlimited');
    }
    expect(bot.everything()).toHaveLength(heard);
    expect(await bot.rows('SELECT * FROM slot')).toEqual([]);
    expect(await evening(bot)).toEqual(await untroubledEvening());
  });

  it('keeps in the log what cannot be brought into the file, says when that is full too, and loses none of it', async () => {
    const stage = await openStage();
    const { bot, logs, ask } = stage;
    const file = bot.url.replace('file:', '');
    const messages = threeReports(bot);
    await ask('PRAGMA wal_checkpoint(TRUNCATE)');
    // Each commit tries to bring the log into the file.
    await ask('PRAGMA wal_autocheckpoint = 1');
    const room = statSync(file).size;
    limitFiles(process.pid, room);
    const kept: string[] = [];
    try {
      for (const message of messages) await bot.platform.deliver(message);
      kept.push(...messages.map(({ id }) => id));
      const [[pages] = []] = await ask('PRAGMA page_count');
      // It has grown, and the file cannot.
      expect([Number(pages) * 4_096 > room, statSync(file).size]).toEqual([true, room]);
      const correct = async (at: number): Promise<string> => {
        const message = bot.message('张三', '福山地村', `/更正 ${at}`, { id: `more ${at}` });
        const [outcome = ''] = await deliverTogether((each) => bot.platform.deliver(each), [message]);
        if (outcome === 'kept') kept.push(message.id);
        return outcome;
      };
      let last = 'kept';
      for (let at = 1; last === 'kept' && at < 200; at += 1) last = await correct(at);
      expect(last).toBe('io');
      expect(complaints(logs, 'event.failed')).toEqual([REFUSED]);
      expect(await keptIds(bot)).toEqual(kept.sort());
    } finally {
      limitFiles(process.pid, 'unlimited');
    }
    // As a kill would have left it.
    const left = snapshotOf(bot.url);
    await bot.stop();
    left.restore();
    await bot.start();
    expect(await keptIds(bot)).toEqual(kept.sort());
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[kept.length]]);
    await bot.restart();
    // All of the log has been brought into the file.
    expect(statSync(file).size).toBeGreaterThan(room);
    const grid = bot.unitId('福山地村/一网格');
    const abnormal = bot.app.county().book('daily@2026-11-23')?.due(grid)?.standing.current?.values.abnormal;
    expect(abnormal).toBe(kept.length - messages.length);
  });
});

/** Lets no file of this process grow further than the log is, but for so many bytes. */
function leaveRoom(url: string, bytes = 1_000): void {
  limitFiles(process.pid, statSync(logOf(url)).size + bytes);
}

async function states(bot: { rows: (sql: string) => Promise<unknown[][]> }): Promise<unknown[]> {
  return (await bot.rows('SELECT state FROM outbox')).flat();
}
