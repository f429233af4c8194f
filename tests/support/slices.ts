/** Two townships, each with a health centre that is given the readings of its own people in the evening. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import excel from 'exceljs';
import type { County } from '../../src/core/county.ts';
import type { Playbook } from '../../src/core/playbook/index.ts';
import { type EntryRow, put, type Write } from '../../src/core/rows/index.ts';
import type { Instant } from '../../src/core/time.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { tempFolder } from './temp-database.ts';

export const CENTRES = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,林东镇,,,卫生院防疫员,白术,
巴林左旗,林东镇,,,干事,冯九,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,张三,
巴林左旗,林东镇,福山地村,二网格,网格长,李四,
巴林左旗,隆昌镇,,,书记,郑七,
巴林左旗,隆昌镇,,,隆昌卫生院联络员,方芷,
巴林左旗,隆昌镇,大新庄村,,书记,周五,
巴林左旗,隆昌镇,大新庄村,一网格,网格长,吴六,
`;

const SLICE = `
slices:
  health-centre:
    name: 卫生院名单
    form: temperature
    at: "18:30"
    in: township
    to: [卫生院]
    fields: [category, source]
`;

const REGISTERS = readFileSync(new URL('../playbook/registers.yaml', import.meta.url), 'utf8');

/** The registers of the tests with a slice, changed by `edit` where a test wants another. */
export async function playbookWithSlice(edit: (text: string) => string = (text) => text): Promise<Playbook> {
  const file = join(tempFolder(), 'slices.yaml');
  writeFileSync(file, `${REGISTERS}${edit(SLICE)}`);
  return loadPlaybook(file);
}

/** Somebody who is watched since the 20th of November 2026, in a unit named by its path. */
export function watched(county: County, at: Instant, path: string, name: string, more: Partial<EntryRow> = {}): Write {
  const [unit, ...others] = county.viewAt(at).findUnits(path);
  if (!unit || others.length > 0) throw new Error(`${path} is not one unit`);
  return put('entry', {
    id: `entry ${name}`,
    register: 'watched',
    unitId: unit.id,
    number: null,
    name,
    values: { category: '返乡', source: '武汉', phone: '13800009999' },
    coverId: null,
    since: '2026-11-20',
    until: null,
    erasedAt: null,
    ...more,
  });
}

/** The only sheet of a workbook, row by row; an empty cell is null. */
export async function sheetRows(bytes: Uint8Array | null | undefined): Promise<unknown[][]> {
  const book = new excel.Workbook();
  // exceljs declares a Buffer type of its own making; bytes are what it reads.
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
  const [sheet] = book.worksheets;
  if (!sheet) throw new Error('the workbook has no sheet');
  return Array.from({ length: sheet.rowCount }, (_, row) =>
    Array.from({ length: sheet.columnCount }, (_, column) => sheet.getCell(row + 1, column + 1).value),
  );
}
