import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { cliText } from '../../src/locales/cli.ts';
import { becomeOwner } from '../../src/store/owner.ts';
import { openStore } from '../../src/store/prisma.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

type Child = ChildProcessByStdio<null, Readable, Readable>;
const children: Child[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function run(script: string, args: string[], env: Record<string, string> = {}): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  children.push(child);
  return child;
}

describe('the owner of a database', () => {
  it('is one at a time, and leaves room for short commands', async () => {
    const url = tempDatabaseUrl();
    const letGo = await becomeOwner(url);
    await expect(becomeOwner(url)).rejects.toMatchObject({ name: 'StoreError', code: 'owned' });
    await (await openStore({ url })).close();
    await letGo();
    await (await becomeOwner(url))();
  });

  it('may be another process, and is nobody any more once that is killed', async () => {
    const url = tempDatabaseUrl();
    const child = run('../support/owner-child.ts', [url]);
    await once(child.stdout, 'data');
    await expect(becomeOwner(url)).rejects.toMatchObject({ code: 'owned' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await becomeOwner(url))();
  });

  it('keeps a second bot from starting, which says why and leaves the database alone', async () => {
    const url = tempDatabaseUrl();
    const letGo = await becomeOwner(url);
    const second = run('../../src/cli.ts', ['start'], { DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'silent' });
    let said = '';
    second.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    const [code] = await once(second, 'close');
    expect([code, said.trim()]).toEqual([1, cliText.alreadyRunning]);
    await letGo();
  });
});
