/** The evening of a whole county: 240 villages, 1,400 grids, everyone between 17:30 and 18:10, 3 % never. */
import { expect, test } from 'vitest';
import { lineOf, type SentLine } from '../../src/cli/rehearse.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { rehearse } from '../../src/rehearse/play.ts';
import { parseScript } from '../../src/rehearse/script.ts';
import { sampleRoster } from '../../src/sample/county.ts';

const SEED = 20261123;
const clock = (seconds: number): string =>
  [seconds / 3600, (seconds % 3600) / 60, seconds % 60].map((n) => String(Math.floor(n)).padStart(2, '0')).join(':');
const at = (time: string): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const FIRST = at('17:30:00');
const LAST = at('18:10:00');
const DUE = at('18:00:00');

/** A small generator of the test's own; the same seed gives the same evening. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface Grid {
  path: string;
  village: string;
  township: string;
  /** Seconds of the day; null for those who never report. */
  saysAt: number | null;
}

function evening(): { roster: string[][]; grids: Grid[]; steps: string[] } {
  const random = randoms(SEED);
  const roster = sampleRoster({ seed: SEED, townships: 16, villagesPerTownship: 15, gridsPerVillage: 1400 / 240 });
  const leaders = roster.slice(1).filter(([, , , grid, title]) => grid && title === '网格长');
  const grids: Grid[] = [];
  const steps: string[] = [];
  for (const [, township = '', village = '', grid = '', , name = ''] of leaders) {
    const path = `${township}/${village}/${grid}`;
    const reports = name !== '' && random() >= 0.03;
    const saysAt = reports ? FIRST + Math.floor(random() * (LAST - FIRST)) : null;
    grids.push({ path, village: `${township}/${village}`, township, saysAt });
    if (saysAt === null) continue;
    steps.push(`  - { at: "${clock(saysAt)}", in: ${township}/${village}, from: ${name}@${path}, say: "/日报 0" }`);
  }
  return { roster, grids, steps };
}

/** `按时… 迟报… 未报…` as it must stand in a table made at a moment. */
function counts(grids: readonly Grid[], moment: string): string {
  const said = grids.filter(({ saysAt }) => saysAt !== null && saysAt <= at(moment));
  const late = said.filter(({ saysAt }) => (saysAt ?? 0) > DUE).length;
  return `应报${grids.length} 按时${said.length - late} 迟报${late} 免报0 未报${grids.length - said.length}`;
}

test(`every level's table is right in a county of 1,400 grids (seed ${SEED})`, { timeout: 90_000 }, async () => {
  const { roster, grids, steps } = evening();
  expect(grids).toHaveLength(1_400);
  const heard: SentLine[] = [];
  const script = parseScript(
    [
      'start: 2026-11-23T17:20:00+08:00',
      'end: 2026-11-23T19:40:00+08:00',
      'playbook: epidemic',
      'roster: none',
      'steps:',
      ...steps,
    ].join('\n'),
  );
  const summary = await rehearse({
    script,
    playbook: await loadPlaybook('epidemic'),
    roster,
    onAccepted: (accepted, view) => heard.push(lineOf(accepted, view)),
    log: () => undefined,
  });

  const tables = heard.filter(({ attachments }) => attachments.length > 0);
  const tableAt = (chat: string): SentLine[] => tables.filter((line) => line.chat === chat);
  const villages = [...new Set(grids.map(({ village }) => village))];
  const townships = [...new Set(grids.map(({ township }) => township))];
  expect(villages).toHaveLength(240);
  expect(tables).toHaveLength(240 + 16 + 1);

  for (const path of villages) {
    const own = grids.filter(({ village }) => village === path);
    const [, name = ''] = path.split('/');
    const found = [...tableAt(name), ...tableAt(path)].filter(({ text }) => text.includes(counts(own, '18:00:00')));
    expect(found.length, `${path} ${counts(own, '18:00:00')}`).toBeGreaterThan(0);
  }
  for (const name of townships) {
    const own = grids.filter(({ township }) => township === name);
    expect(tableAt(name).map(({ text }) => text.split('\n')[1])).toEqual([counts(own, '18:30:00')]);
  }
  expect(tableAt('巴林左旗').map(({ text }) => text.split('\n')[1])).toEqual([counts(grids, '19:30:00')]);

  const day = summary.forms.daily?.['2026-11-23'];
  const onTime = grids.filter(({ saysAt }) => saysAt !== null && saysAt <= DUE).length;
  const missing = grids.filter(({ saysAt }) => saysAt === null).length;
  expect(day).toMatchObject({ expected: 1_400, reported: onTime, late: 1_400 - onTime - missing, exempt: 0, missing });
  expect(summary.undelivered).toBe(0);
});
