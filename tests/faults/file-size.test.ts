import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../src/bots/adapter.ts';
import { startBotProcess } from './bot-process.ts';
import { answers, evening, keptIds, openStage, threeReports, untroubledEvening } from './stage.ts';

/** Limits the size of files that a process may write, bytes, as `ulimit -f` does. False where that cannot be done. */
function limitFiles(pid: number, bytes: number | 'unlimited'): boolean {
  return spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]).status === 0;
}

const canLimit = limitFiles(process.pid, 'unlimited');
const logOf = (url: string): string => `${url.replace('file:', '')}-wal`;
const NO_MORE = /"error":"NotDurableError: [^\n"]*\bio\b, [^\n"]*limit on file sizes/;

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
    expect(under.logged.filter((line) => line.includes('unsettled'))).toHaveLength(1);
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
    const { bot } = await openStage();
    const [short] = threeReports(bot);
    await bot.platform.deliver(short);
    bot.platform.beforeDelivery = async () => void limitFiles(process.pid, statSync(logOf(bot.url)).size + 1_000);
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
    await bot.walkTo('16:02');
    expect([answers(bot), await states(bot)]).toEqual([['福山地村 一网格'], ['sent']]);
  });
});

async function states(bot: { rows: (sql: string) => Promise<unknown[][]> }): Promise<unknown[]> {
  return (await bot.rows('SELECT state FROM outbox')).flat();
}
