/** One platform's soak, from an empty database to the ledger. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rawSql } from '../support/sqlite.ts';
import { BotProcess } from './bot.ts';
import { foundCounty, type Reporter } from './county.ts';
import { Dice } from './dice.ts';
import { type Kept, type Ledger, ledgerOf, type Report } from './ledger.ts';
import type { SoakPlatform } from './platforms.ts';
import { torment, type Wounds } from './torment.ts';

export interface Result {
  platform: string;
  ledger: Ledger;
  wounds: Wounds;
  outages: number;
  complaints: string[];
}

export interface SoakOptions {
  open: () => Promise<SoakPlatform>;
  kills: number;
  seed: number;
  /** For the database. */
  folder: string;
  say: (text: string) => void;
}

/** Messages of the bot that it has given up, by what the platform said last. */
const GIVEN_UP = `SELECT error, count(*) FROM outbox WHERE state = 'dead' GROUP BY error`;

/** How long everything that waits may take to leave once nothing breaks any more, ms. */
const DRAIN = 100_000;
/** One kill of the bot for so many of the platform. */
const PLATFORM_KILLS_PER_BOT_KILL = 8;

export async function soak({ open, kills, seed, folder, say }: SoakOptions): Promise<Result> {
  const platform = await open();
  const databaseUrl = `file:${join(folder, `${platform.id}.db`)}`;
  const { groups, reporters } = await foundCounty(databaseUrl, platform.id, platform.naming);
  await platform.furnish(groups, reporters);
  const bot = new BotProcess({ databaseUrl, platform: platform.id, environment: platform.environment });
  try {
    await bot.start();
    const dice = new Dice(seed);
    const talk = new Talk(platform, reporters, new Dice(seed + 1_000));
    await bot.takesAfter(0);
    say(`${platform.id}: the bot hears`);
    const onProgress = (done: number): void => {
      if (done % 10 === 0) say(`${platform.id}: ${done} kills, ${talk.reports.length} reports`);
    };
    const botKills = Math.ceil(kills / PLATFORM_KILLS_PER_BOT_KILL);
    const wounds = await torment({ platform, bot, dice, kills, botKills, onProgress });
    await bot.takesAfter(Date.now());
    await talk.end();
    await drained(platform, databaseUrl, talk.reports, say);
    await bot.stop();
    for (const [error, count] of await rawSql(databaseUrl, GIVEN_UP))
      say(`${platform.id}: ${count} given up (${error})`);
    const ledger = ledgerOf({
      reports: talk.reports,
      saidThere: await platform.said(),
      kept: await keptIn(databaseUrl),
      sent: await platform.sent(),
      wounds,
      bot,
    });
    return { platform: platform.id, ledger, wounds, outages: bot.outages.length, complaints: bot.complaints };
  } finally {
    await bot.kill();
    await platform.end();
  }
}

/** People who report all the time, each time another number. */
class Talk {
  readonly reports: Report[] = [];
  readonly #platform: SoakPlatform;
  readonly #reporters: readonly Reporter[];
  readonly #dice: Dice;
  readonly #talking: Promise<void>;
  #isOn = true;

  constructor(platform: SoakPlatform, reporters: readonly Reporter[], dice: Dice) {
    this.#platform = platform;
    this.#reporters = reporters;
    this.#dice = dice;
    this.#talking = this.#talk();
  }

  async end(): Promise<void> {
    this.#isOn = false;
    await this.#talking;
  }

  async #talk(): Promise<void> {
    while (this.#isOn) {
      await sleep(this.#dice.between(5, 60));
      if (!this.#platform.running) continue;
      const reporter = this.#reporters[Math.floor(this.#dice.throw() * this.#reporters.length)];
      if (!reporter) continue;
      const number = this.reports.length + 1;
      const report: Report = { number, group: reporter.group, from: Date.now(), confirmedAt: null };
      this.reports.push(report);
      try {
        await this.#platform.says({ reporter, text: `/日报 ${number}` });
        report.confirmedAt = Date.now();
      } catch {
        // The platform died over it; what it remembers of it will be seen.
      }
    }
  }
}

/** Waits until everything said has been fetched, and everything to be said has left. */
async function drained(
  platform: SoakPlatform,
  databaseUrl: string,
  reports: readonly Report[],
  say: (text: string) => void,
): Promise<void> {
  const last = reports.findLast(({ confirmedAt }) => confirmedAt !== null)?.number ?? 0;
  for (const deadline = Date.now() + DRAIN; Date.now() < deadline; await sleep(300)) {
    const [[waiting] = []] = await rawSql(
      databaseUrl,
      "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending') AND kind IN ('receipt', 'answer')",
    );
    const isHeard = (await keptIn(databaseUrl)).some(({ number }) => number === last);
    if (Number(waiting) === 0 && isHeard && (await platform.waiting()) === 0) return;
  }
  say(`${platform.id}: something still waits`);
}

async function keptIn(databaseUrl: string): Promise<Kept[]> {
  const rows = await rawSql(databaseUrl, 'SELECT "values", received_at FROM report');
  return rows.map(([values, receivedAt]) => {
    const { abnormal = 0 } = JSON.parse(String(values)) as { abnormal?: number };
    return { number: abnormal, receivedAt: Date.parse(String(receivedAt)) };
  });
}
