import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import { openStage, threeReports } from './stage.ts';
import { isWhole, logOf } from './torn-log.ts';

/** What a power cut leaves rests on these, all of them settings of one connection; and how much of it is at hand. */
const RESTS_ON = {
  journal_mode: 'wal',
  // FULL: the log is synced at each commit, not only before it is brought into the database file.
  synchronous: 2,
  // F_FULLFSYNC where there is such a thing: a plain fsync on macOS stops at the drive's cache.
  fullfsync: 1,
  // Pages: the log is brought into the database file by itself, and does not grow for ever.
  wal_autocheckpoint: 2_000,
  // Other processes may write, so that none of them is tempted to write past SQLite.
  locking_mode: 'normal',
  // KiB where it is below zero: the indexes of a large county stay in memory.
  cache_size: -16_384,
  foreign_keys: 1,
  // Nothing is read that is not committed.
  read_uncommitted: 0,
};

describe('the connection of a running bot', () => {
  it('has what durability rests on while it works: before, between and after sends, and after a failure', async () => {
    const stage = await openStage();
    const { bot, ask } = stage;
    const found = async () => {
      const values = Object.keys(RESTS_ON).map(async (name) => [name, (await ask(`PRAGMA ${name}`))[0]?.[0]]);
      return Object.fromEntries(await Promise.all(values));
    };
    const seen: unknown[] = [await found()];
    bot.platform.beforeDelivery = async () => void seen.push(await found());
    for (const message of threeReports(bot)) await bot.platform.deliver(message);
    await bot.walkTo('18:10');
    const [[pages] = []] = await ask('PRAGMA page_count');
    await ask(`PRAGMA max_page_count = ${Number(pages)}`);
    await expect(bot.app.remember('much', 'x'.repeat(100_000))).rejects.toMatchObject({ cause: { code: 'full' } });
    await ask('PRAGMA max_page_count = 1000000');
    seen.push(await found());
    expect(seen.length).toBeGreaterThan(5);
    for (const settings of seen) expect(settings).toEqual(RESTS_ON);
  });

  it('has committed into the log what is said to it before it tells the platform, and what became of an answer', async () => {
    const { bot, connection } = await openStage();
    const events: string[] = [];
    const size = (): number => statSync(logOf(bot.url)).size;
    const run = connection.executeRaw.bind(connection);
    vi.spyOn(connection, 'executeRaw').mockImplementation(async (query) => {
      const before = size();
      const changed = await run(query);
      if (query.sql === 'COMMIT') events.push(size() > before && isWhole(size()) ? 'in the log' : 'not in the log');
      return changed;
    });
    bot.platform.beforeDelivery = async () => void events.push('sent');
    const [report] = threeReports(bot);
    await bot.platform.deliver(report);
    events.push('taken');
    await bot.app.tick();
    // After a stop an answer would be sent again, claimed or not: of its claim the log need not know.
    expect(events).toEqual(['in the log', 'taken', 'sent', 'in the log']);
  });

  it('has in the file, before it is sent, the claim of what is never to be said twice', async () => {
    const { bot } = await openStage();
    const [report] = threeReports(bot);
    const states: unknown[][] = [];
    bot.platform.beforeDelivery = async (_, { text }) => {
      const kind = text.includes('已收') ? 'receipt' : 'reminder';
      states.push(...(await bot.rows(`SELECT DISTINCT kind, state FROM outbox WHERE kind = '${kind}'`)));
    };
    await bot.platform.deliver(report);
    await bot.walkTo('17:46');
    expect(states).toContainEqual(['receipt', 'pending']);
    expect(states).not.toContainEqual(['receipt', 'sending']);
    expect(states).toContainEqual(['reminder', 'sending']);
    expect(states).not.toContainEqual(['reminder', 'pending']);
  });
});

const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

// Where the system calls of a process can be watched, more than settings can be seen.
describe.runIf(canTrace)('a commit', () => {
  it('resolves when the last of it has been synced', { timeout: 60_000 }, () => {
    const url = tempDatabaseUrl();
    const trace = `${url.replace('file:', '')}.trace`;
    const child = fileURLToPath(new URL('../support/store-child.ts', import.meta.url));
    const calls = ['-f', '-y', '-e', 'trace=pwrite64,fsync,fdatasync,write', '-o', trace];
    const { status } = spawnSync('strace', [...calls, process.execPath, '--import', 'tsx', child, url, 'traced', '5']);
    expect(status).toBe(0);
    const seen = readFileSync(trace, 'utf8').split('\n').flatMap(callOf);
    const since = seen.slice(seen.indexOf('told') + 1);
    expect(since.join(' ')).toMatch(/^((written )+synced told( |$)){4}/);
  });
});

/** What a line of the trace says of the log, or that the child has told of a commit. */
function callOf(line: string): ('written' | 'synced' | 'told')[] {
  if (/ write\(1<[^>]*>, "\d+\\n"/.test(line)) return ['told'];
  if (!line.includes('gridbot.db-wal>')) return [];
  return [line.includes('pwrite64(') ? 'written' : 'synced'];
}
