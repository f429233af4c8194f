import { describe, expect, it } from 'vitest';
import { County } from '../../src/core/county.ts';
import type { Playbook } from '../../src/core/playbook/index.ts';
import { type EntryRow, put, type Write } from '../../src/core/rows/index.ts';
import { erase } from '../../src/jobs/erase.ts';
import type { JobFacts, PastReads } from '../../src/jobs/job.ts';
import { playbookOf, unitForm, WATCHED } from '../support/forms.ts';
import { shanghai } from './facts.ts';

const KEEPING = playbookOf({ daily: unitForm('日报') }, { watched: { ...WATCHED, keep: '30d' } });
const NIGHT = shanghai('2027-01-06T03:00');

/** Nothing was ever said. */
const SILENT: PastReads = {
  nextLocked: () => Promise.resolve(null),
  periods: () => Promise.resolve([]),
  reportsIn: () => Promise.resolve([]),
  reportsAbout: () => Promise.resolve([]),
  heard: () => Promise.resolve([]),
  settled: () => Promise.resolve([]),
};

const entry = (id: string, more: Partial<EntryRow> = {}): EntryRow => ({
  id,
  register: 'watched',
  unitId: 'grid',
  number: null,
  name: '王小明',
  values: {},
  coverId: null,
  since: '2026-11-23',
  until: '2026-12-07',
  erasedAt: null,
  ...more,
});

function factsWith(entries: readonly EntryRow[], playbook: Playbook = KEEPING): JobFacts {
  const county = new County();
  county.apply([put('meta', { id: 'erasedOn', value: '2027-01-05' }), ...entries.map((row) => put('entry', row))]);
  return { county, playbook, now: NIGHT };
}

/** Does what is due until nothing is; the writes of each step. */
async function steps(facts: JobFacts): Promise<Write[][]> {
  const made: Write[][] = [];
  while ((erase.nextDue(facts) ?? Number.POSITIVE_INFINITY) <= facts.now) {
    const { writes } = erase.decide(facts, await erase.load?.(facts, SILENT));
    facts.county.apply(writes);
    made.push([...writes]);
    if (made.length > 20) throw new Error('it comes to no end');
  }
  return made;
}

describe('erasing', () => {
  it('is never due where nothing says how long it is kept', () => {
    const playbook = playbookOf({ daily: unitForm('日报') }, { watched: WATCHED });
    expect(erase.nextDue(factsWith([entry('e')], playbook))).toBeNull();
  });

  it('decides nothing without what it has loaded', () => {
    expect(erase.decide(factsWith([entry('e')]))).toEqual({ writes: [], notices: [] });
  });

  it('records each portion by itself, and is done for that night', async () => {
    const facts = factsWith(Array.from({ length: 450 }, (_, i) => entry(`${i}`)));
    const made = await steps(facts);
    const records = made.flatMap((writes) => writes.flatMap(({ table, row }) => (table === 'erasure' ? [row] : [])));
    expect(records.map((row) => 'entries' in row && row.entries)).toEqual([200, 200, 50]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(3);
    expect(erase.nextDue(facts)).toBe(shanghai('2027-01-07T03:00'));
  });

  it('leaves alone who goes on after all, though it was read before', async () => {
    const facts = factsWith([entry('e'), entry('f')]);
    const loaded = await erase.load?.(facts, SILENT);
    facts.county.apply([put('entry', entry('e', { until: null }))]);
    expect(erase.decide(facts, loaded).writes).toEqual([]);
    await steps(facts);
    expect(facts.county.entries.of('watched').map(({ name }) => name)).toEqual(['王小明', '']);
  });
});
