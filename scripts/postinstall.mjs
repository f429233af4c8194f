// Generates the database client from prisma/schema.prisma after an install.
//
// The generator itself is JavaScript, yet the prisma command first fetches a schema engine from a host of its own,
// which a machine with only a package registry cannot reach. Naming any executable as that engine skips the fetch;
// `generate` never starts it.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function fail(reason) {
  process.stderr.write(`gridbot: the database client could not be generated: ${reason}\n`);
  process.exit(1);
}

function prismaCommand() {
  try {
    const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
    return join(dirname(manifest), 'build', 'index.js');
  } catch {
    return fail('the package "prisma" is not installed; run "npm ci" without --omit.');
  }
}

const result = spawnSync(process.execPath, [prismaCommand(), 'generate', '--no-hints'], {
  cwd: root,
  encoding: 'utf8',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
});

if (result.error) fail(result.error.message);
if (result.status !== 0) fail(`"prisma generate" ended with ${result.status}.\n${result.stdout}${result.stderr}`);
