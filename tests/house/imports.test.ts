/** The house rules that can be read off the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SRC = join(ROOT, 'src');

interface Source {
  /** Relative to src/. */
  path: string;
  text: string;
  /** Modules it names: `core/time.ts` for own files, the package's name for others. */
  imports: string[];
}

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('store/generated'))
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });

function importsOf(path: string, text: string): string[] {
  const found = [...text.matchAll(/(?:from|import\(|import)\s*'([^']+)'/g)].map(([, name = '']) => name);
  return found.map((name) => (name.startsWith('.') ? relative(SRC, join(SRC, dirname(path), name)) : name));
}

/** The layer a source belongs to: its top folder, or its own name. */
const layerOf = (path: string): string => path.split('/')[0] ?? path;

/** Which layers each layer may import from, itself aside. `adapter` is the boundary's types in bots/adapter.ts. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  locales: ['core'],
  render: ['core', 'locales'],
  commands: ['core', 'locales'],
  jobs: ['core'],
  notices: ['core', 'locales', 'render', 'adapter'],
  bots: ['core', 'clock.ts'],
  store: ['core'],
  app: ['core', 'commands', 'jobs', 'notices', 'locales', 'store', 'adapter', 'clock.ts', 'app.ts'],
  'app.ts': ['app', 'core', 'commands', 'jobs', 'notices', 'locales', 'store', 'adapter', 'clock.ts'],
};

/** Packages the core may use: validation, and small libraries of text and dates. */
const CORE_PACKAGES = ['zod', 'opencc-js', 'pinyin-pro', 'fastest-levenshtein', 'chinese-days', 'node:crypto'];

const boundary = ['bots/adapter.ts', 'store/store.ts'];

describe('imports point inward', () => {
  test.each(sources.filter(({ path }) => layerOf(path) in MAY_IMPORT))('$path', ({ path, imports }) => {
    const layer = layerOf(path);
    const allowed = MAY_IMPORT[layer] ?? [];
    const wrong = imports.filter((name) => {
      if (!name.endsWith('.ts'))
        return layer === 'core' && !CORE_PACKAGES.some((each) => name === each || name.startsWith(`${each}/`));
      const target = layerOf(name);
      if (target === layer) return false;
      if (name === 'bots/adapter.ts') return !allowed.includes('adapter');
      // The app knows the store by its boundary only.
      if (target === 'store') return !allowed.includes('store') || !boundary.includes(name);
      return !allowed.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  test('an adapter never knows the store, the store never knows an adapter', () => {
    const crossing = sources.filter(
      ({ path, imports }) =>
        (path.startsWith('bots/') && imports.some((name) => name.startsWith('store/'))) ||
        (path.startsWith('store/') && imports.some((name) => name.startsWith('bots/'))),
    );
    expect(crossing.map(({ path }) => path)).toEqual([]);
  });
});

describe('the clock and the environment are read at the edges only', () => {
  const EDGES = ['main.ts', 'cli.ts', 'clock.ts', 'config.ts'];
  test.each(sources.filter(({ path }) => !EDGES.includes(path)))('$path', ({ text }) => {
    expect(text).not.toMatch(/\bDate\.now\(\)|\bnew Date\(\)|\bprocess\.env\b|\bMath\.random\(\)/);
  });
});

describe('a file has one subject', () => {
  test('no source is longer than 300 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 300).map(({ path }) => path);
    expect(long).toEqual([]);
  });
});

describe('what users see stands in the locales', () => {
  // The grammar, names and titles of the core and the sample's names are data to be read, not sentences to be said.
  const VOCABULARY = ['core/', 'locales/', 'sample/', 'web/static'];
  const spoken = sources.filter(({ path }) => !VOCABULARY.some((each) => path.startsWith(each)));
  test.each(spoken)('$path says nothing in Chinese by itself', ({ text }) => {
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
    expect(code.split('\n').filter((line) => /[\u4e00-\u9fff]/.test(line))).toEqual([]);
  });
});
