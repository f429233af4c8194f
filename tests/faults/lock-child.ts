/**
 * A process that holds a database as somebody's SQL client may: `lock-child.ts URL` says `held` once nobody else can
 * write. As long after it hears a number on standard input as that says, ms, it commits a meta row and lets go.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaLibSql } from '@prisma/adapter-libsql';

const [url = ''] = process.argv.slice(2);
const connection = await new PrismaLibSql({ url, timeout: 10_000 }).connect();
const run = (sql: string) => connection.executeRaw({ sql, args: [], argTypes: [] });
await run('BEGIN EXCLUSIVE');
writeSync(1, 'held\n');
const [ms] = await once(process.stdin, 'data');
await sleep(Number(ms));
await run(`INSERT INTO meta (id, value) VALUES ('from outside', '1')`);
await run('COMMIT');
await connection.dispose();
process.stdin.destroy();
