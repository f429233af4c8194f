import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { soon } from '../support/soon.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

/** A file that can be opened, on a disk that is full. */
const FULL = '/dev/full';
const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** As much of what the page shows as is looked at here. */
interface State {
  stage: { groups: { id: string }[]; people: { id: string }[] };
  messages: unknown[];
}

/** Starts the bot as an operator does, its log on a full disk; gives the address of its page. */
async function startWithFullLog(): Promise<string> {
  const log = openSync(FULL, 'w');
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, 'start'], {
    stdio: ['ignore', 'pipe', log],
    env: { ...process.env, DATABASE_URL: tempDatabaseUrl(), PORT: '0', LOG_LEVEL: 'info' },
  });
  closeSync(log);
  onTestFinished(() => void child.kill('SIGKILL'));
  if (!child.stdout) throw new Error('nobody hears what it says');
  const [started] = await once(child.stdout, 'data');
  const [url = ''] = /http:\/\/\S+?:\d+/.exec(String(started)) ?? [];
  return url;
}

describe.runIf(existsSync(FULL))('a bot whose log cannot be written', () => {
  it('goes on answering, though each answer would be logged', { timeout: 60_000 }, async () => {
    const url = await startWithFullLog();
    const state = async (): Promise<State> => (await fetch(`${url}/api/state`)).json() as Promise<State>;
    const { stage } = await state();
    const chat = { kind: 'group', id: stage.groups[0]?.id };
    for (const heard of [2, 4]) {
      await fetch(`${url}/api/say`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: url },
        body: JSON.stringify({ chat, from: stage.people[0]?.id, text: '/帮助' }),
      });
      await soon(async () => expect((await state()).messages).toHaveLength(heard), 20_000);
    }
  });
});
