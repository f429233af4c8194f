/** A bot over two villages with registers of every kind, for what is said about entries. */
import { fileURLToPath } from 'node:url';
import { loadPlaybook } from '../../../src/playbook-file.ts';
import { type Bot, type BotOptions, startBot } from '../../support/bot.ts';

const FILE = fileURLToPath(new URL('../../playbook/registers.yaml', import.meta.url));

export const playbookWithRegisters = () => loadPlaybook(FILE);

export async function startWithRegisters(options: BotOptions = {}): Promise<Bot> {
  return startBot({ start: '2026-11-23T08:00:00+08:00', playbook: await playbookWithRegisters(), ...options });
}

/** Says lines one after the other; the last one's answers. */
export async function sayAll(bot: Bot, lines: readonly (readonly [string, string, string])[]): Promise<string[]> {
  let heard: string[] = [];
  for (const [who, where, line] of lines) heard = await bot.says(who, where, line);
  return heard;
}

/** Three households of 一网格 and one of 二网格. */
export const HOUSEHOLDS = [
  ['孙三', '福山地村', '/加户 一网格 1 张大爷 人口3'],
  ['孙三', '福山地村', '/加户 一网格 2 李大娘'],
  ['孙三', '福山地村', '/加户 一网格 3 王二'],
  ['孙三', '福山地村', '/加户 二网格 1 赵老四'],
] as const;
