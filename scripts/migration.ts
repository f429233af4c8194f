/**
 * Authors migrations: writes what changed between `prisma/migrations` and `prisma/schema.prisma`.
 *
 *     npx tsx scripts/migration.ts add_points    # writes the next migration
 *     npx tsx scripts/migration.ts --check       # fails when a migration is missing
 *
 * Runs Prisma's schema engine as WebAssembly inside this process, on scratch databases: nothing is downloaded and no
 * real database is touched.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const schemaFile = join(root, 'prisma', 'schema.prisma');
const folder = join(root, 'prisma', 'migrations');
const lockFile = join(folder, 'migration_lock.toml');
const LOCK = '# Written by scripts/migration.ts; the database these migrations are for.\nprovider = "sqlite"\n';

/** What this file uses of WebAssembly, which the types of Node 20 leave out. */
interface WebAssemblyApi {
  instantiate(
    source: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/** The module and its glue are shipped apart, so that every bundler can join them in its own way. */
async function loadEngine(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const source = readFileSync(join(dirname(glue), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(source, { './schema_engine_bg.js': engine });
  const start = instance.exports.__wbindgen_start;
  if (typeof start !== 'function') throw new Error('the schema engine has another shape than expected');
  (engine as unknown as { __wbg_set_wasm(exports: unknown): void }).__wbg_set_wasm(instance.exports);
  start();
}

/**
 * Databases in files: one in memory would lose its tables whenever the adapter takes another connection. The engine
 * hands a whole migration over as one statement, of which the driver would run the first and drop the rest unsaid,
 * so it is run as the script it is. It also names an index in double quotes where a text is meant, which the driver does
 * not put up with.
 */
function scratchDatabases(scratch: string): SqlMigrationAwareDriverAdapterFactory {
  const open = async (name: string) => {
    const adapter = await new PrismaLibSql({ url: `file:${join(scratch, name)}` }).connect();
    adapter.executeRaw = async ({ sql }) => {
      await adapter.executeScript(sql);
      return 0;
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = (query) => queryRaw({ ...query, sql: query.sql.replace(/ name = "(\w+)"/, " name = '$1'") });
    return adapter;
  };
  return {
    provider: 'sqlite',
    adapterName: '@prisma/adapter-libsql',
    connect: () => open('main.db'),
    connectToShadowDb: () => open('shadow.db'),
  };
}

function committedMigrations(): engine.MigrationDirectory[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
      },
    }));
}

/** The SQL that leads from the committed migrations to the schema; null when they agree. */
async function missingSql(scratch: string): Promise<string | null> {
  await loadEngine();
  const content = readFileSync(schemaFile, 'utf8');
  const schemaEngine = await engine.SchemaEngine.new(
    { datamodels: [[schemaFile, content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(scratchDatabases(scratch)),
  );
  const diff = await schemaEngine.diff({
    from: {
      tag: 'migrations',
      baseDir: folder,
      lockfile: { path: 'migration_lock.toml', content: LOCK },
      shadowDbInitScript: '',
      migrationDirectories: committedMigrations(),
    },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return diff.exitCode === 0 ? null : diff.stdout;
}

function write(name: string, sql: string): string {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const file = join(folder, `${stamp}_${name}`, 'migration.sql');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, sql);
  writeFileSync(lockFile, LOCK);
  return file;
}

async function main(argument: string | undefined): Promise<number> {
  if (argument !== '--check' && !/^[a-z][a-z0-9_]*$/.test(argument ?? '')) {
    process.stderr.write('usage: tsx scripts/migration.ts <name_in_lower_case> | --check\n');
    return 2;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'gridbot-migration-'));
  const sql = await missingSql(scratch).finally(() => rmSync(scratch, { recursive: true, force: true }));
  if (sql === null) {
    process.stdout.write('The schema and the migrations agree.\n');
    return 0;
  }
  if (argument === '--check') {
    process.stderr.write(`The schema has changes that no migration makes:\n\n${sql}`);
    return 1;
  }
  process.stdout.write(`${write(argument ?? '', sql)}\n`);
  return 0;
}

process.exitCode = await main(process.argv[2]);
