/**
 * The shipped practices, each rehearsed over several days, and all of them at once over one county. `rehearsal.yaml` is
 * what people do, `expected.txt` what they hear.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rehearseFile, type SentLine } from '../../../src/cli/rehearse.ts';
import type { Counts } from '../../../src/core/tally.ts';
import { loadPlaybook } from '../../../src/playbook-file.ts';
import type { Summary } from '../../../src/rehearse/summary.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const REHEARSALS = readdirSync(FOLDER, { withFileTypes: true }).flatMap((each) =>
  each.isDirectory() ? each.name : [],
);

async function rehearsed(name: string, json: boolean): Promise<string[]> {
  const lines: string[] = [];
  await rehearseFile(
    `${FOLDER}${name}/rehearsal.yaml`,
    json,
    (line) => lines.push(line),
    () => undefined,
  );
  return lines;
}

/** A rehearsal as JSON Lines, taken apart. */
async function played(name: string): Promise<{ said: SentLine[]; summary: Summary }> {
  const lines = (await rehearsed(name, true)).map((line) => JSON.parse(line) as unknown);
  const { summary } = lines.at(-1) as { summary: Summary };
  return { said: lines.slice(0, -1) as SentLine[], summary };
}

const COUNTS = ['expected', 'reported', 'late', 'exempt', 'missing'] as const satisfies (keyof Counts)[];

describe.each(REHEARSALS)('the rehearsal %s', (name) => {
  it('goes as written down', async () => {
    const transcript = (await rehearsed(name, false)).slice(0, -1);
    await expect(`${transcript.join('\n')}\n`).toMatchFileSnapshot(`${name}/expected.txt`);
  });

  it('ends in a summary that adds up on every level for every form, with nothing undelivered', async () => {
    const { summary } = await played(name);
    expect(summary.undelivered).toBe(0);
    for (const periods of Object.values(summary.forms)) {
      for (const [key, period] of Object.entries(periods)) {
        const { expected, reported, late, exempt, missing } = period;
        expect({ key, sum: reported + late + exempt + missing }).toEqual({ key, sum: expected });
        for (const level of [1, 2]) {
          const units = Object.entries(period.units).filter(([path]) => path.split('/').length === level);
          const total = Object.fromEntries(
            COUNTS.map((each) => [each, units.reduce((sum, [, counts]) => sum + counts[each], 0)]),
          );
          expect({ key, level, ...total }).toEqual({ key, level, expected, reported, late, exempt, missing });
        }
      }
    }
  });

  it('names nobody who is in a register in the groups of a township or the county', async () => {
    const { said } = await played(name);
    const above = said.filter(({ chat }) => chat !== null && /[镇旗]$/.test(chat));
    const named = above.filter(({ text }) =>
      /王奶奶|刘爷爷|马大娘|王小二|刘大|陈七|张大爷|李大娘|赵小虎|牛八/.test(text),
    );
    expect(named).toEqual([]);
  });
});

describe('all practices over one county', () => {
  it('count every form of every playbook in which something was owed or said', async () => {
    const { summary } = await played('together');
    const { forms } = await loadPlaybook(['epidemic', 'flood', 'forest-fire', 'elderly-care']);
    const owed = Object.entries(forms).filter(([, form]) => form.owed && !form.while && form.every.kind !== 'week');
    expect(Object.keys(summary.forms)).toEqual(
      expect.arrayContaining([
        'daily',
        'temperature',
        'flood-daily',
        'water',
        'water-red',
        'fire-daily',
        'patrol',
        'visit',
      ]),
    );
    expect(owed.length).toBeGreaterThan(5);
  });
});

describe('three forms over one grid', () => {
  it('are answered by one line, and nobody is reminded of what is known', async () => {
    const { said, summary } = await played('nets');
    const [first] = said.filter(({ text }) => text.includes('同时填好'));
    expect(first?.text).toMatch(/治安日报已收 .*同时填好:防汛日报、防火日报/);
    const reminded = said.filter(({ chat, text }) => chat === '福山地村' && text.startsWith('⏰'));
    expect(reminded).toEqual([]);
    for (const form of ['police', 'flood-daily', 'fire-daily']) {
      expect(summary.forms[form]?.['2026-07-10']?.units['林东镇/福山地村']).toMatchObject({ expected: 3, reported: 3 });
    }
  });
});
