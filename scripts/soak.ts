/**
 * The long trial: the whole bot against each platform's counterpart, while people report without a pause, the
 * counterpart is killed over and over, stands still, loses answers, and the bot itself is killed, too.
 *
 *     npx tsx scripts/soak.ts [--kills 50] [--platform telegram|wechat] [--seed 1]
 *
 * Prints one table, and ends with 1 when anything was lost, took effect twice, was not answered, or was answered twice
 * where no answer of the platform was lost. What it is doing goes to standard error.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultsOf } from '../tests/soak/ledger.ts';
import { telegramToSoak, wechatToSoak } from '../tests/soak/platforms.ts';
import { type Result, soak } from '../tests/soak/soak.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, platform: { type: 'string' }, seed: { type: 'string' } },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const chosen = [telegramToSoak, wechatToSoak].filter((_, at) =>
  values.platform === undefined ? true : ['telegram', 'wechat'][at] === values.platform,
);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed) || chosen.length === 0) {
  process.stderr.write('usage: soak [--kills 50] [--platform telegram|wechat] [--seed 1]\n');
  process.exit(2);
}

const began = Date.now();
const say = (text: string): void =>
  void process.stderr.write(`${((Date.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${text}\n`);
say(`${kills} kills, seed ${seed}`);
const folder = mkdtempSync(join(tmpdir(), 'gridbot-soak-'));
try {
  const results = await Promise.all(chosen.map((open, at) => soak({ open, kills, seed: seed + at, folder, say })));
  process.stdout.write(`${tableOf(results)}\n`);
  const faults = results.flatMap(({ platform, ledger, complaints }) =>
    [...faultsOf(ledger), ...complaints].map((fault) => `${platform}: ${fault}`),
  );
  for (const fault of faults) process.stderr.write(`✗ ${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function tableOf(results: readonly Result[]): string {
  const rows: [string, (result: Result) => string | number][] = [
    ['', ({ platform }) => platform],
    ['counterpart killed', ({ wounds }) => wounds.platformKills.length],
    ['bot killed', ({ wounds }) => wounds.botKills.length],
    ['frozen', ({ wounds }) => wounds.freezes.length],
    ['answers or hearing cut', ({ wounds }) => wounds.cuts],
    ['messages said', ({ ledger }) => ledger.said],
    ['heard (in the database)', ({ ledger }) => ledger.heard],
    ['lost', ({ ledger }) => ledger.lost.length],
    ['not delivered by the platform', ({ ledger }) => ledger.notDelivered],
    ['on a broken stream at that moment', ({ ledger }) => ledger.cutOff],
    ['took effect twice', ({ ledger }) => ledger.twice.length],
    ['answers sent', ({ ledger }) => ledger.answered],
    ['answers lost', ({ ledger }) => ledger.unanswered.length],
    ['answers doubled', ({ ledger }) => ledger.doubled],
    ['  where the platform lost its answer', ({ ledger }) => ledger.ambiguous],
    ['outages told', ({ outages }) => outages],
    ['s until heard again: median', ({ wounds }) => quantile(wounds.secondsBack, 0.5)],
    ['  90th of a hundred', ({ wounds }) => quantile(wounds.secondsBack, 0.9)],
    ['  worst', ({ wounds }) => quantile(wounds.secondsBack, 1)],
    ['  after the bot was killed: worst', ({ wounds }) => quantile(wounds.secondsBackOfBot, 1)],
  ];
  return rows
    .map(([name, cell]) => `${name.padEnd(40)}${results.map((result) => String(cell(result)).padStart(12)).join('')}`)
    .join('\n');
}

function quantile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[at]?.toFixed(2) ?? '–';
}
