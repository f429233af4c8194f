import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BUSY_TIMEOUT } from '../../src/store/settings.ts';
import { linesOf } from '../support/sqlite.ts';
import { deliverTogether } from './outcomes.ts';
import {
  ALL_ANSWERED,
  answers,
  complaints,
  evening,
  keptIds,
  openStage,
  threeReports,
  untroubledEvening,
} from './stage.ts';

/** Another process that keeps everybody else from writing; resolves when it does. */
async function holdLock(url: string): Promise<{ letGoIn: (ms: number) => void }> {
  const script = fileURLToPath(new URL('./lock-child.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, url], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await linesOf(child, (lines) => lines.includes('held'));
  return { letGoIn: (ms) => void child.stdin?.write(`${ms}\n`) };
}

describe('a database that another process holds', () => {
  it('makes the bot wait, then ask again; everybody is heard once it is let go', { timeout: 60_000 }, async () => {
    const { bot, logs } = await openStage();
    const messages = threeReports(bot);
    const deliver = (which: typeof messages | [(typeof messages)[0]]) =>
      deliverTogether((message) => bot.platform.deliver(message), which);
    const lock = await holdLock(bot.url);

    const from = performance.now();
    expect(await deliver([messages[0]])).toEqual(['busy']);
    expect(performance.now() - from).toBeGreaterThan(BUSY_TIMEOUT * 0.9);
    expect(complaints(logs, 'event.failed')).toEqual([
      expect.stringMatching(/^error NotDurableError: .*\bbusy, another process holds the database\b/),
    ]);
    // Whoever reads is not kept out.
    expect([await keptIds(bot), answers(bot)]).toEqual([[], []]);

    lock.letGoIn(300);
    expect(await deliver(messages)).toEqual(['kept', 'kept', 'kept']);
    await bot.app.tick();
    expect(await keptIds(bot)).toEqual(['long', 'other', 'short']);
    // What the other process has kept meanwhile is seen: the bot's reads are not those of before.
    expect((await bot.store.load('2026-11-23')).meta).toContainEqual({ id: 'from outside', value: '1' });
    expect(answers(bot).sort()).toEqual(ALL_ANSWERED);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[3]]);
    expect(complaints(logs, 'event.failed')).toHaveLength(1);
    expect(await evening(bot)).toEqual(await untroubledEvening());
  });
});
