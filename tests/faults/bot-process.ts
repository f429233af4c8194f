/** The bot's process as a test holds it: told what to do, limited, killed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { killNow } from '../support/sqlite.ts';
import type { Order, Report } from './bot-child.ts';

const SCRIPT = fileURLToPath(new URL('./bot-child.ts', import.meta.url));

export interface BotProcess {
  pid: number;
  /** @throws {Error} when the process ends instead of answering */
  order: (order: Order) => Promise<Report>;
  kill: () => Promise<void>;
}

/** Starts the bot on a furnished database of which no other process is the owner; it is killed after the test. */
export async function startBotProcess(url: string, now: number): Promise<BotProcess> {
  const child = fork(SCRIPT, [url, String(now)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  const kill = async (): Promise<void> => {
    if (isAlive()) await killNow(child);
  };
  onTestFinished(kill);
  await answerOf(child);
  return {
    pid: child.pid ?? 0,
    order: (order) => {
      const answer = answerOf(child);
      child.send(order);
      return answer;
    },
    kill,
  };
}

async function answerOf(child: ChildProcess): Promise<Report> {
  const over = new AbortController();
  const ended = once(child, 'exit', { signal: over.signal }).then(([code, signal]): never => {
    throw new Error(`the bot ended: ${code ?? signal}`);
  });
  try {
    const [report] = await Promise.race([once(child, 'message', { signal: over.signal }), ended]);
    return report as Report;
  } finally {
    over.abort();
    ended.catch(() => undefined);
  }
}
