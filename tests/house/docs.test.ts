/** What the pages show must be true of the sources. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the compiler says of a source, as if it stood in src/bots. */
function compiled(source: string): Promise<string> {
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'docs-'));
  const at = (name: string): string => join(ROOT, 'src/bots', name);
  const moved = source.replace(/from '\.\/([\w-]+\.ts)'/g, (_, name: string) => `from '${at(name)}'`);
  writeFileSync(join(folder, 'example.ts'), moved);
  const config = { extends: join(ROOT, 'tsconfig.json'), include: [], files: ['example.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const args = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder, '--noEmit'];
  return new Promise<string>((resolve) => {
    execFile(process.execPath, args, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`));
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
}

test('the example of an adapter compiles against the boundary', async () => {
  const page = readFileSync(join(ROOT, 'docs/adapters.md'), 'utf8');
  const [, source = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
  expect(source).toContain('implements ChatAdapter');
  // The page says that its limits are entered in limits.ts; here any will do.
  const withLimits = source.replace(
    "import { RELAY_LIMITS } from './limits.ts';",
    "import { CONSOLE_LIMITS as RELAY_LIMITS } from './limits.ts';",
  );
  expect(await compiled(withLimits)).toBe('');
});

test('an example that is wrong would be noticed', async () => {
  expect(
    await compiled("import type { ChatAdapter } from './adapter.ts';\nexport const a: ChatAdapter = {};\n"),
  ).toContain('error TS');
});

test('links between the pages lead somewhere', () => {
  const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)];
  const broken = pages
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const text = readFileSync(join(ROOT, name), 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
      return links.filter((link) => !exists(join(ROOT, name, '..', link))).map((link) => `${name}: ${link}`);
    });
  expect(broken).toEqual([]);
});

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR';
  }
}
