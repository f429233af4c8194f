/** A look at a database file past the store, and children that use it from another process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PrismaLibSql } from '@prisma/adapter-libsql';

/** Runs statements on a bare connection of its own; the rows of the last one. */
export async function rawSql(url: string, ...statements: string[]): Promise<unknown[][]> {
  const connection = await new PrismaLibSql({ url, timeout: 5_000 }).connect();
  try {
    let rows: unknown[][] = [];
    for (const sql of statements) rows = (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
    return rows;
  } finally {
    await connection.dispose();
  }
}

/** Every column of every table in which a text stands anywhere: `inbound.text`. */
export async function columnsWith(url: string, text: string): Promise<string[]> {
  const columns = await rawSql(
    url,
    `SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'`,
  );
  const looks = columns.map(
    ([table, column]) =>
      `SELECT '${table}.${column}' WHERE EXISTS (SELECT 1 FROM "${table}" WHERE instr("${column}", '${text}') > 0)`,
  );
  const found: string[] = [];
  // One statement may not be of too many parts.
  for (let at = 0; at < looks.length; at += 50) {
    const rows = await rawSql(url, looks.slice(at, at + 50).join(' UNION ALL '));
    found.push(...rows.map(([place]) => String(place)));
  }
  return found;
}

/** Starts `tests/support/store-child.ts` with these arguments; its output is piped. */
export function spawnStoreChild(...args: string[]): ChildProcess {
  const script = fileURLToPath(new URL('./store-child.ts', import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What a child printed, line by line, until it ends or `enough` says so. */
export async function linesOf(
  child: ChildProcess,
  enough: (lines: string[]) => boolean = () => false,
): Promise<string[]> {
  let printed = '';
  let failed = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    failed += chunk;
  });
  const complete = () => printed.split('\n').slice(0, -1);
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      if (enough(complete())) resolve(complete());
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(complete());
      else reject(new Error(`the child ended with ${code}: ${failed}`));
    });
  });
}

/** Kills a child as `kill -9` does, and waits until it is gone. */
export async function killNow(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
