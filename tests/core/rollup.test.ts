import { describe, expect, it } from 'vitest';
import { PeriodBook } from '../../src/core/book.ts';
import type { Form } from '../../src/core/playbook/index.ts';
import { rowsWithGap, tableOf } from '../../src/core/rollup.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { exemption, obligation, PERIOD, version } from './book-rows.ts';

const FORM = (await loadPlaybook('epidemic')).forms.daily as Form;
const AS_OF = 2_000;
const PATHS = ['甲镇/一村/1', '甲镇/一村/2', '甲镇/二村/1', '乙镇/三村/1'];

function book(): PeriodBook {
  const made = new PeriodBook(PERIOD);
  for (const path of PATHS) made.addObligation(obligation(path), null);
  made.addVersion(
    version('a', { subject: '甲镇/一村/1', values: { abnormal: 2, fever: 0 }, via: 'phone', note: '已核实' }),
  );
  made.addVersion(version('b', { subject: '甲镇/二村/1', sentAt: 1_500, values: { abnormal: 1 } }));
  made.exempt('乙镇/三村/1', exemption('x', '乙镇/三村/1'));
  return made;
}

describe('a table', () => {
  it.each([
    ['', 'county', null, ['甲镇', '乙镇']],
    ['甲镇', 'township', '甲镇', ['一村', '二村']],
    ['甲镇/一村', 'village', '一村', ['1', '2']],
    ['甲镇/一村/1', 'grid', '1', ['1']],
  ] as const)('of %o has one row for each unit directly below', (unitId, level, unitName, names) => {
    const table = tableOf(book(), FORM, unitId, AS_OF);
    expect([table?.level, table?.unitName]).toEqual([level, unitName]);
    expect(table?.rows.map(({ name }) => name)).toEqual(names);
  });

  it('adds up on every level: its total is the sum of its rows', () => {
    for (const unitId of ['', '甲镇', '甲镇/一村', '乙镇']) {
      const table = tableOf(book(), FORM, unitId, AS_OF);
      for (const key of ['expected', 'reported', 'late', 'exempt', 'missing'] as const) {
        const sum = (table?.rows ?? []).reduce((all, row) => all + row.counts[key], 0);
        expect([unitId, key, table?.total.counts[key]]).toEqual([unitId, key, sum]);
      }
    }
  });

  it('leaves blank what nobody gave, and writes 0 where 0 was given', () => {
    const table = tableOf(book(), FORM, '甲镇', AS_OF);
    expect(Object.fromEntries(table?.total.values ?? [])).toEqual({ abnormal: 3, fever: 0 });
    expect(Object.fromEntries(table?.rows[1]?.values ?? [])).toEqual({ abnormal: 1 });
  });

  it('says of a single grid how and when it came, and of an exempt one why', () => {
    const [grid] = tableOf(book(), FORM, '甲镇/一村', AS_OF)?.rows ?? [];
    expect(grid?.detail).toEqual({ state: 'reported', unparsed: false, via: 'phone', sentAt: 500, note: '已核实' });
    const [exempt] = tableOf(book(), FORM, '乙镇/三村', AS_OF)?.rows ?? [];
    expect(exempt?.detail).toMatchObject({ state: 'exempt', note: '整组搬迁' });
  });

  it('says nothing of single reports above the village', () => {
    for (const unitId of ['', '甲镇'])
      expect(tableOf(book(), FORM, unitId, AS_OF)?.rows.every(({ detail }) => detail === null)).toBe(true);
  });

  it('knows the rows of which something is missing', () => {
    expect(rowsWithGap(tableOf(book(), FORM, '甲镇', AS_OF) ?? expect.fail()).map(({ name }) => name)).toEqual([
      '一村',
    ]);
    expect(rowsWithGap(tableOf(book(), FORM, '乙镇', AS_OF) ?? expect.fail())).toEqual([]);
  });

  it('does not exist for a unit that owed nothing', () => {
    expect(tableOf(book(), FORM, '丙镇', AS_OF)).toBeNull();
  });
});
