import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../src/core/rollup.ts';
import { attachmentName, sheetName } from '../../src/render/attachment-name.ts';
import { everyState, tableFrom } from './tables.ts';

const village = tableFrom(everyState, '林东镇/福山地村');
const county = tableFrom(everyState, '');
const named = (unitName: string, name = '日报'): Table => ({ ...village, unitName, form: { id: 'daily', name } });

describe('the name of a file', () => {
  it('says unit, form and day', () => {
    expect(attachmentName(village, 'xlsx')).toBe('福山地村-日报-2026-11-23.xlsx');
    expect(attachmentName(village, 'png')).toBe('福山地村-日报-2026-11-23.png');
  });

  it("has the county's name where it is known", () => {
    expect(attachmentName(county, 'png')).toBe('全县-日报-2026-11-23.png');
    expect(attachmentName(county, 'png', '巴林左旗')).toBe('巴林左旗-日报-2026-11-23.png');
  });

  it('replaces what a file system does not take', () => {
    expect(attachmentName(named('../一/二:三*?'), 'png')).toBe('_一_二_三__-日报-2026-11-23.png');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (unit) => {
        const name = attachmentName(named(unit), 'xlsx');
        expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cs}]|^[. ]/u);
        expect(name).toMatch(/.-日报-2026-11-23\.xlsx$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }),
    );
  });
});

describe('the name of a sheet', () => {
  it('says unit, form and day', () => {
    expect(sheetName(village, '福山地村')).toBe('福山地村 日报 11-23');
  });

  it('is one that Excel takes, whatever the unit and the form are called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 20 }), (unit, form) => {
        const name = sheetName(named(unit, form), unit);
        expect(name.length).toBeLessThanOrEqual(31);
        expect(name).toMatch(/^[^[\]:*?/\\'\p{Cc}\p{Cs}]*11-23$/u);
      }),
    );
  });
});
