/** What happens to the two processes of a soak: kills, freezes, answers cut off, at moments that dice choose. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BotProcess } from './bot.ts';
import type { Dice } from './dice.ts';
import type { SoakPlatform } from './platforms.ts';

/** From the blow to the moment in which it had its whole effect, ms. */
export interface Span {
  from: number;
  to: number;
}

export interface Wounds {
  platformKills: Span[];
  /** From the moment in which the platform is there again to the first message that is kept; without kills upon kills. */
  secondsBack: number[];
  botKills: Span[];
  /** From the start of the bot that followed. */
  secondsBackOfBot: number[];
  freezes: Span[];
  cuts: number;
}

export interface Torment {
  platform: SoakPlatform;
  bot: BotProcess;
  dice: Dice;
  /** Of the platform. */
  kills: number;
  botKills: number;
  onProgress: (kills: number) => void;
}

/** Resolves when everything has been done and both processes are up again. */
export async function torment(deps: Torment): Promise<Wounds> {
  const { kills, botKills, onProgress, dice } = deps;
  const wounds: Wounds = {
    platformKills: [],
    secondsBack: [],
    botKills: [],
    secondsBackOfBot: [],
    freezes: [],
    cuts: 0,
  };
  for (let kill = 1; kill <= kills; kill += 1) {
    await sleep(dice.between(50, 900));
    if (dice.chance(0.5)) {
      await deps.platform.cut(dice.of(['lost answer', 'broken hearing', 'slow hearing']));
      wounds.cuts += 1;
      await sleep(dice.between(0, 300));
    }
    if (dice.chance(0.2)) await freeze(deps, wounds);
    // Spread evenly over the whole.
    if (Math.floor((kill * botKills) / kills) > Math.floor(((kill - 1) * botKills) / kills))
      await killBoth(deps, wounds);
    else await killPlatform(deps, wounds);
    onProgress(kill);
  }
  await deps.platform.clear();
  return wounds;
}

async function killPlatform({ platform, bot, dice }: Torment, wounds: Wounds): Promise<void> {
  await killed(platform, dice, wounds);
  const back = Date.now();
  // Now and then the next kill comes before the bot is back.
  if (dice.chance(0.15)) return;
  wounds.secondsBack.push(((await bot.takesAfter(back)) - back) / 1_000);
}

/** The bot dies before, or after, or in the midst of the platform's being away. */
async function killBoth({ platform, bot, dice }: Torment, wounds: Wounds): Promise<void> {
  const platformDies = sleep(dice.between(0, 800)).then(() => killed(platform, dice, wounds));
  const botDies = sleep(dice.between(0, 800)).then(async () => {
    wounds.botKills.push(await span(() => bot.kill()));
    const started = Date.now();
    await bot.start();
    return started;
  });
  const [started] = await Promise.all([botDies, platformDies]);
  wounds.secondsBackOfBot.push(((await bot.takesAfter(started)) - started) / 1_000);
}

async function killed(platform: SoakPlatform, dice: Dice, wounds: Wounds): Promise<void> {
  wounds.platformKills.push(await span(() => platform.kill()));
  await sleep(dice.between(0, 500));
  await platform.up();
}

async function freeze({ platform, dice }: Torment, wounds: Wounds): Promise<void> {
  // It may be killed while it stands still, too.
  const thaws = dice.chance(0.7);
  wounds.freezes.push(
    await span(async () => {
      platform.freeze();
      await sleep(dice.between(50, 2_500));
      if (thaws) platform.thaw();
    }),
  );
  if (thaws) await sleep(dice.between(0, 600));
}

async function span(blow: () => Promise<void>): Promise<Span> {
  const from = Date.now();
  await blow();
  return { from, to: Date.now() };
}
