/** One full day of the sample county, read like a story: day.yaml is what people do, expected.txt what they hear. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rehearseFile } from '../../../src/cli/rehearse.ts';
import type { Counts } from '../../../src/core/tally.ts';
import type { Summary } from '../../../src/rehearse/summary.ts';

const DAY = fileURLToPath(new URL('day.yaml', import.meta.url));

async function rehearsed(json: boolean): Promise<string[]> {
  const lines: string[] = [];
  await rehearseFile(
    DAY,
    json,
    (line) => lines.push(line),
    () => undefined,
  );
  return lines;
}

test('the day goes as written down', async () => {
  await expect(`${(await rehearsed(false)).join('\n')}\n`).toMatchFileSnapshot('expected.txt');
});

test('with --json the same day is JSON Lines that end in a summary which adds up', async () => {
  const lines = (await rehearsed(true)).map((line) => JSON.parse(line) as Record<string, unknown>);
  const { summary } = lines.at(-1) as unknown as { summary: Summary };
  for (const line of lines.slice(0, -1)) {
    expect(Object.keys(line)).toEqual(['at', 'chat', 'to', 'text', 'mentions', 'attachments']);
    expect(line.at).toMatch(/^2026-11-2[34]T\d\d:\d\d:\d\d\+08:00$/);
    expect([line.chat, line.to].filter((each) => each === null)).toHaveLength(1);
  }
  const day = summary.forms.daily?.['2026-11-23'];
  expect(day).toMatchObject({ expected: 24, reported: 17, late: 6, exempt: 1, missing: 0 });
  for (const level of [1, 2, 3]) {
    const units = Object.entries(day?.units ?? {}).filter(([path]) => path.split('/').length === level);
    const total = (key: keyof Counts): number => units.reduce((sum, [, counts]) => sum + counts[key], 0);
    expect({ level, expected: total('expected'), reported: total('reported'), late: total('late') }).toEqual({
      level,
      expected: 24,
      reported: 17,
      late: 6,
    });
  }
  expect(summary.undelivered).toBe(0);
});
