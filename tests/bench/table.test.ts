import { describe, expect, test } from 'vitest';
import type { Figures, SizeFigures } from '../../bench/figures.ts';
import { cellsOf, markdownTable, textTable, verdictsOf, verdictText } from '../../bench/table.ts';

const spread = { p50: 4, p99: 80, p999: 120, max: 200 };
const table = { tables: 10, median: 0.1, worst: 0.2 };

function size(grids: number, acknowledgedPerSecond: number, change: Partial<SizeFigures> = {}): SizeFigures {
  const cost = 1e6 / acknowledgedPerSecond;
  return {
    grids,
    throughput: {
      messages: 30_000,
      acknowledgedPerSecond,
      wallPerMessage: cost,
      cpuPerMessage: cost,
    },
    latency: { offered: 5_000, messages: 15_000, unanswered: 0, acknowledged: spread },
    memory: { rss: 600e6, peakRss: 650e6, heapUsed: 300e6, perGrid: 2_900 },
    ladder: {
      missing: grids / 10,
      steps: [{ at: '18:00', ms: 1_800, settledMs: 2_400, texts: 16_667, messages: 33_334 }],
    },
    tables: { village: table, township: table, county: table },
    start: { ms: 2_500, acknowledgedMs: 2_510 },
    bytesPerReport: 980,
    ...change,
  };
}

const figures: Figures = {
  machine: {
    cores: 2,
    cpu: 'Some CPU',
    memory: 8 * 2 ** 30,
    node: 'v20',
    platform: 'Linux',
    date: '2026-11-21T10:00:00Z',
  },
  baseline: { grids: 100_000, messages: 900, onePerSecond: 200, manyPerSecond: 300, perSecond: 300 },
  limit: { rows: 60_000, reports: 20_000, preparedPerSecond: 30_000, jsonPerSecond: 36_000, perSecond: 36_000 },
  sizes: [size(1_000, 20_000), size(100_000, 18_000)],
  seconds: 38,
};

const cell = (label: string, column: number, from = figures): string | undefined =>
  cellsOf(from).find(([name]) => name === label)?.[column];

describe('the table', () => {
  test('has a column per size, and every row as many cells as the heading', () => {
    const [heading = [], ...rows] = cellsOf(figures);
    expect(heading).toEqual(['grids', '1,000', '100,000', 'target', '']);
    expect(rows.every((row) => row.length === heading.length)).toBe(true);
  });

  test('sets what was measured beside the baseline and the limit of the same run', () => {
    expect(cell('… times the baseline', 2)).toBe('60.0 ×');
    expect(cell('… share of the limit', 2)).toBe('50.0 %');
    expect(textTable(figures)).toContain('baseline: 300 reports/s at 100,000 grids');
    expect(textTable(figures)).toContain('36,000 by json_each');
  });

  test('says by how much a target was met or missed', () => {
    expect(verdictText(18_000, 15_000, 'more')).toBe('met by 20 %');
    expect(verdictText(12_000, 15_000, 'more')).toBe('MISSED by 20 %');
    expect(verdictText(80, 100, 'less')).toBe('met by 20 %');
    expect(verdictText(450, 100, 'less')).toBe('MISSED by 4.5 ×');
    expect(verdictText(100, 100, 'less')).toBe('met by 0 %');
    expect(cell('18:00 sweep: all tables sent', 4)).toBe('MISSED by 20 %');
    expect(cell('acknowledged reports/s', 4)).toBe('met by 20 %');
  });

  test('judges the size that has the target, and no other', () => {
    const small = { ...figures, sizes: [size(1_000, 10)] };
    expect(verdictsOf(small)).toEqual([]);
    expect(cell('acknowledged reports/s', 2, small)).toBe('≥ 15,000');
  });

  test('judges growth between the smallest and the largest size', () => {
    const bare = { latency: null, ladder: null, tables: null, start: null };
    const grown = { ...figures, sizes: [size(1_000, 20_000), size(1_000_000, 10_000, bare)] };
    expect(cell('… against 1,000 grids', 2, grown)).toBe('2.00 ×');
    expect(verdictsOf(grown).map(({ grids, met }) => [grids, met])).toEqual([[1_000_000, false]]);
  });

  test('shows a dash where a size was not measured, and no row that has nothing', () => {
    const bare = size(1_000_000, 10_000, { latency: null, ladder: null, tables: null, start: null });
    expect(cell('… p99', 3, { ...figures, sizes: [...figures.sizes, bare] })).toBe('–');
    expect(cell('… p99', 1, { ...figures, sizes: [bare] })).toBeUndefined();
    expect(cell('… times the baseline', 1, { ...figures, baseline: null })).toBeUndefined();
  });

  test('names every target with what it belongs to', () => {
    expect(verdictsOf(figures).map(({ label }) => label)).toEqual([
      'acknowledged reports/s',
      'acknowledged reports/s … times the baseline',
      'acknowledged after, p50 … p99',
      '18:00 sweep: all tables sent',
      'village table, median … worst',
      'county table, median … worst',
      'resident memory after the load',
      'resident memory after the load … peak',
      'start on a full day, first message durable',
    ]);
  });

  test('on a page is a table of the same cells', () => {
    const lines = markdownTable(figures).split('\n');
    expect(lines[0]).toBe('| grids | 1,000 | 100,000 | target |  |');
    expect(lines[1]).toBe('| --- | ---: | ---: | ---: | --- |');
    expect(lines.filter((line) => line.startsWith('|')).length).toBe(cellsOf(figures).length + 1);
  });
});
