/** The benchmark itself, on a county so small that it takes seconds. What it measures is looked at, never how fast it was. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Figures } from '../../bench/figures.ts';

const MAIN = fileURLToPath(new URL('../../bench/main.ts', import.meta.url));

interface Outcome {
  code: unknown;
  stdout: string;
  stderr: string;
}

function bench(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', MAIN, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

/** Every number of a value, by its path. */
function* numbersIn(value: unknown, path = ''): Generator<[string, number]> {
  if (typeof value === 'number') yield [path, value];
  else if (value !== null && typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) yield* numbersIn(each, `${path}.${key}`);
  }
}

test('a county of a hundred grids has every figure', { timeout: 180_000 }, async () => {
  const { code, stdout, stderr } = await bench('--quick', '--grids', '100', '--messages', '300', '--json');
  expect(code, stderr).toBe(0);
  const figures = JSON.parse(stdout) as Figures;
  expect(stderr).toContain('100 grids');

  // What could not be measured would be null, which JSON makes of NaN and infinity, too.
  const numbers = [...numbersIn(figures)];
  expect(JSON.stringify(figures)).not.toContain('null');
  expect(numbers.length).toBeGreaterThan(60);
  expect(numbers.filter(([, value]) => value < 0)).toEqual([]);

  const [size] = figures.sizes;
  expect(figures.sizes.length).toBe(1);
  expect(size?.grids).toBe(100);
  expect(size?.throughput.messages).toBe(300);
  expect(size?.throughput.acknowledgedPerSecond).toBeGreaterThan(0);
  expect(size?.latency).toMatchObject({ messages: 200, unanswered: 0 });
  expect(size?.ladder?.missing).toBe(10);
  // 17 villages, 2 townships, a county; a picture rides on its text, a workbook follows it.
  const counts = size?.ladder?.steps.map(({ at, texts, messages }) => [at, texts, messages]);
  expect(counts?.slice(2)).toEqual([
    ['18:00', 17, 34],
    ['18:30', 2, 4],
    ['19:30', 1, 2],
  ]);
  expect(counts?.[0]?.[1]).toBe(counts?.[1]?.[1]);
  expect(size?.tables).toMatchObject({ village: { tables: 17 }, township: { tables: 2 }, county: { tables: 20 } });
  expect(size?.bytesPerReport).toBeGreaterThan(200);
  expect(figures.baseline?.messages).toBeGreaterThan(0);
  expect(figures.limit?.reports).toBeGreaterThan(0);
  expect(figures.limit?.rows).toBe(3 * (figures.limit?.reports ?? 0));
});

test('help says how it is used', async () => {
  const { code, stdout } = await bench('--help');
  expect(code).toBe(0);
  expect(stdout).toContain('--million');
});

test('a wrong option is refused with the usage', async () => {
  const { code, stderr } = await bench('--grids', '9');
  expect(code).toBe(2);
  expect(stderr).toContain('--grids takes a whole number from 10');
});
