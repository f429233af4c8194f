import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RosterView } from '../../src/core/roster/view.ts';
import { sampleRoster } from '../../src/sample/county.ts';
import { imported, noRows, planOf } from '../support/roster.ts';

const planned = (rows: string[][]) => planOf(...rows.slice(1).map((row) => row.join(',')));
const viewOf = (rows: string[][]) => RosterView.on('2026-11-21', imported(noRows(), planned(rows), '2026-01-01'));

describe('the sample county', () => {
  it('begins with the places and people of every example', () => {
    const rows = sampleRoster({ seed: 3 });
    expect(rows[0]).toEqual(['县', '乡镇', '村', '网格', '职务', '姓名', '电话']);
    const view = viewOf(rows);
    const [village] = view.units('village');
    expect(view.path(village?.id ?? '')).toBe('林东镇/福山地村');
    const people = [view.county, ...view.units('township').slice(0, 1), village, ...view.children(village?.id ?? '')];
    expect(people.slice(0, 6).map((unit) => view.posts(unit?.id ?? '')[0]?.holder?.name)).toEqual([
      '赵一',
      '钱二',
      '孙三',
      '张三',
      '李四',
      '王五',
    ]);
    expect(view.findPersons('张三')[0]?.phone).toBe('13800000001');
  });

  it('is the same for the same seed and another for another', () => {
    const small = (seed: number) => sampleRoster({ seed, townships: 2, villagesPerTownship: 3 });
    expect(small(5)).toEqual(small(5));
    expect(small(5)).not.toEqual(small(6));
  });

  it('has all the places of its county when nothing else is asked for, and the numbers that are asked for otherwise', () => {
    const whole = viewOf(sampleRoster({ seed: 1 }));
    expect([whole.units('township').length, whole.units('village').length]).toEqual([11, 157]);
    const rows = sampleRoster({ seed: 1, townships: 16, villagesPerTownship: 15, gridsPerVillage: 1400 / 240 });
    const large = viewOf(rows);
    expect((['township', 'village', 'grid'] as const).map((level) => large.units(level).length)).toEqual([
      16, 240, 1400,
    ]);
    const phones = rows.slice(1).flatMap((row) => row[6] || []);
    expect(new Set(phones).size).toBe(phones.length);
    expect(rows.filter((row) => row[5] === '').length).toBeGreaterThan(5);
    expect(rows.filter((row) => row[4] === '网格员').length).toBeGreaterThan(50);
  });

  it('names only places that exist', () => {
    const real = readFileSync(new URL('../../src/sample/divisions.csv', import.meta.url), 'utf8');
    const names = new Set(real.split(/[,\r\n]+/));
    const view = viewOf(sampleRoster({ seed: 2, townships: 20, villagesPerTownship: 20, gridsPerVillage: 1 }));
    for (const level of ['county', 'township', 'village'] as const) {
      for (const { name } of view.units(level)) expect(names.has(name), name).toBe(true);
    }
  });

  it('can be of another county, and of no unknown one', () => {
    expect(viewOf(sampleRoster({ seed: 1, county: '巴林右旗', townships: 2 })).county?.name).toBe('巴林右旗');
    expect(() => sampleRoster({ seed: 1, county: '无名县' })).toThrow(RangeError);
    expect(() => sampleRoster({ seed: 1, townships: 1000 })).toThrow(RangeError);
    expect(() => sampleRoster({ seed: 1, villagesPerTownship: 10_000 })).toThrow(RangeError);
  });
});
