/**
 * The kill tests: the bot under a talking county, killed with SIGKILL at least fifty times.
 *
 *     npx tsx scripts/crash.ts [--kills 50] [--grids 300] [--seed 1]
 *
 * `CRASH_SEED` stands in for `--seed`. The same seed makes the same people say the same things and draws the same
 * moments; which instruction a kill hits is up to the machine. Ends with 1 when anything acknowledged was lost, took
 * effect twice, was not answered, or made a table wrong; the files are kept then.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crash } from '../tests/crash/crash.ts';
import { type CrashResult, MOMENTS } from '../tests/crash/result.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    grids: { type: 'string', default: '300' },
    seed: { type: 'string', default: process.env.CRASH_SEED ?? String(Math.floor(Math.random() * 1_000_000)) },
  },
});
const [kills, grids, seed] = [values.kills, values.grids, values.seed].map(Number) as [number, number, number];
if (!(Number.isInteger(kills) && kills > 0 && Number.isInteger(grids) && grids >= 6 && Number.isInteger(seed))) {
  process.stderr.write('usage: crash [--kills 50] [--grids 300] [--seed 1]\n');
  process.exit(2);
}

const began = performance.now();
const say = (text: string): void =>
  void process.stdout.write(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'gridbot-crash-'));
say(`${kills} kills, ${grids} grids, seed ${seed}`);
const result = await crash({
  kills,
  grids,
  seed,
  folder,
  onKill: (done, { said, acknowledged }) => {
    if (done % 10 === 0) say(`${done} kills, ${said} messages said, ${acknowledged} acknowledged`);
  },
});
process.stdout.write(`${tableOf(result)}\n`);
if (result.faults.length > 0) {
  for (const fault of result.faults) process.stderr.write(`✗ ${fault}\n`);
  process.stderr.write(`seed ${seed}; the database and what was looked at are kept in ${folder}\n`);
  process.exitCode = 1;
} else {
  rmSync(folder, { recursive: true, force: true });
  say('nothing acknowledged was lost, nothing took effect twice, every table is as recomputed');
}

function tableOf({ byMoment, starts, ...result }: CrashResult): string {
  const sorted = [...starts].sort((a, b) => a - b);
  const rows: [string, string | number][] = [
    ['kills', result.kills],
    ...MOMENTS.map((moment): [string, number] => [`  ${moment}`, byMoment[moment]]),
    ['left a log half brought into the file', result.midCheckpoint],
    ['messages said', result.said],
    ['  acknowledged', result.acknowledged],
    ['delivered again', result.redelivered],
    ['  what had been kept, and took no second effect', result.refused],
    ['answers doubled', result.doubled],
    ['reminders', result.reminders],
    ['  grids named in them', result.reminded],
    ['steps of the ladder skipped', result.skipped],
    ['start, ms: median', (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(0)],
    ['  worst', (sorted.at(-1) ?? 0).toFixed(0)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(50)}${String(value).padStart(10)}`).join('\n');
}
