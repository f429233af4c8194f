import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Played, play } from '../../support/rehearsal.ts';
import {
  type Act,
  acts,
  countsFrom,
  MODEL_ROSTER,
  statesAt,
  stepsOf,
  toActAtAll,
  toActBelow,
  toActIn,
} from './model.ts';
import { breaks, type Counts, countsOf, inMinute, says, sorted, tablesOf } from './script.ts';

const HOUR = 3600;
const EVENING = '2026-11-23T21:00:00+08:00';

/** The summary in the model's shape. */
function summed({ summary }: Played): Map<string, Counts> {
  const { units = {}, ...county } = summary.forms.daily?.['2026-11-23'] ?? {
    expected: 0,
    reported: 0,
    late: 0,
    exempt: 0,
    missing: 0,
  };
  return new Map([['', county], ...Object.entries(units)]);
}

/** Steps with faults between them, in the order of their times. */
function withFaults(steps: readonly string[], faults: readonly string[]): string[] {
  const key = (step: string) => {
    const { day = 0, at } = JSON.parse(step) as { day?: number; at: string };
    return `${day} ${at.length === 5 ? `${at}:00` : at}`;
  };
  return [...steps, ...faults].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const minutes = fc.integer({ min: 7 * 60 + 10, max: 20 * 60 + 40 }).map((m) => {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(m / 60))}:${two(m % 60)}:50`;
});

describe('the summary', () => {
  it('has the same five counts for the county and for every unit below it', async () => {
    const { summary } = await play({ steps: [says('08:00', '福山地村', '张三', '/日报 0')] });
    const { units, ...county } = summary.forms.daily?.['2026-11-23'] ?? {};
    expect(county).toEqual({ expected: 4, reported: 1, late: 0, exempt: 0, missing: 3 });
    for (const counts of Object.values(units ?? {})) {
      expect(Object.keys(counts).sort()).toEqual(['exempt', 'expected', 'late', 'missing', 'reported']);
    }
  });

  it('has one period for each day that began, the one that holds the start open already', async () => {
    const played = await play({ start: '2026-11-23T23:00:00+08:00', end: '2026-11-25T01:00:00+08:00' });
    expect(Object.keys(played.summary.forms.daily ?? {}).sort()).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
    expect(countsOf(played, undefined, '2026-11-25')).toMatchObject({ expected: 4, missing: 4 });
  });

  it('counts as missing what is not in, locked or not', async () => {
    const played = await play({ start: '2026-11-23T20:00:00+08:00', end: '2026-11-24T13:00:00+08:00' });
    expect(countsOf(played)).toMatchObject({ expected: 4, missing: 4 });
    expect(countsOf(played, undefined, '2026-11-24')).toMatchObject({ expected: 4, missing: 4 });
  });

  it('follows a step to a later day by its day', async () => {
    const steps = [
      says('08:00', '福山地村', '张三', '/日报 0', { day: 1 }),
      says('08:00', '福山地村', '李四', '/日报 0', { day: 2 }),
    ];
    const played = await play({ steps, start: '2026-11-23T20:00:00+08:00', end: '2026-11-25T09:00:00+08:00' });
    expect(['2026-11-23', '2026-11-24', '2026-11-25'].map((day) => countsOf(played, undefined, day).reported)).toEqual([
      0, 1, 1,
    ]);
  });

  it('equals the model on every level, and so do the mentions of every reminder and table, on any day without faults', async () => {
    await fc.assert(
      fc.asyncProperty(acts(), async (list) => {
        const { steps, acts: kept } = stepsOf(list);
        const played = await play({ steps, roster: MODEL_ROSTER, end: EVENING });
        expect(summed(played)).toEqual(countsFrom(statesAt(kept, 21 * HOUR)));
        expectMentions(played, kept);
      }),
      { numRuns: 16 },
    );
  });

  it('equals the model on every level when the bot is stopped, killed or cannot send at any time', async () => {
    const faults = fc.array(
      fc.tuple(minutes, fc.constantFrom('restart', 'kill', { sendFails: '7m' }, { sendFails: '80m' })),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(acts(), faults, async (list, broken) => {
        const { steps, acts: kept } = stepsOf(list.filter(({ kind }) => kind !== 'redeliver'));
        const all = withFaults(
          steps,
          broken.map(([at, fault]) => breaks(at, fault as 'kill')),
        );
        const played = await play({ steps: all, roster: MODEL_ROSTER, end: EVENING });
        expect(summed(played)).toEqual(countsFrom(statesAt(kept, 21 * HOUR)));
      }),
      { numRuns: 8 },
    );
  });

  it('equals the model on every level when the bot is offline at any time', async () => {
    await fc.assert(
      fc.asyncProperty(acts(), minutes, fc.constantFrom('10m', '70m', '3h'), async (list, at, offline) => {
        const { steps, acts: kept } = stepsOf(list.filter(({ kind }) => kind !== 'redeliver'));
        const played = await play({
          steps: withFaults(steps, [breaks(at, { offline })]),
          roster: MODEL_ROSTER,
          end: '2026-11-23T23:59:00+08:00',
        });
        expect(summed(played)).toEqual(countsFrom(statesAt(kept, 24 * HOUR)));
      }),
      { numRuns: 8 },
    );
  });

  it('equals the model on every level past midnight and up to the lock', async () => {
    await fc.assert(
      fc.asyncProperty(acts(35 * HOUR), async (list) => {
        const { steps, acts: kept } = stepsOf(list);
        const played = await play({ steps, roster: MODEL_ROSTER, end: '2026-11-24T11:59:00+08:00' });
        expect(summed(played)).toEqual(countsFrom(statesAt(kept, 35 * HOUR)));
      }),
      { numRuns: 8 },
    );
  });
});

function expectMentions(played: Played, kept: readonly Act[]): void {
  for (const village of ['福山地村', '大新庄村', '白音沟村']) {
    for (const [minute, at] of [
      ['17:00', 17 * HOUR],
      ['17:45', 17.75 * HOUR],
    ] as const) {
      const due = toActIn(village, statesAt(kept, at));
      const reminders = inMinute(played, village, minute).filter(({ mentions }) => mentions.length > 0);
      expect(reminders.map(({ mentions }) => sorted(mentions))).toEqual(due.length > 0 ? [due] : []);
    }
    expect(mentionsAt(played, village, '18:00')).toEqual([toActIn(village, statesAt(kept, 18 * HOUR))]);
  }
  for (const township of ['林东镇', '隆昌镇']) {
    expect(mentionsAt(played, township, '18:30')).toEqual([toActBelow(township, statesAt(kept, 18.5 * HOUR))]);
  }
  expect(mentionsAt(played, '巴林左旗', '19:30')).toEqual([toActAtAll(statesAt(kept, 19.5 * HOUR))]);
}

function mentionsAt(played: Played, unit: string, minute: string): string[][] {
  const tables = tablesOf(played, unit).filter(({ at }) => at.slice(11, 16) === minute);
  return tables.map(({ mentions }) => sorted(mentions));
}
