/** Names of the files and sheets that tables are sent in. */
import type { Table } from '../core/rollup.ts';
import { tableWords } from '../locales/table.ts';
import { plainText } from './text.ts';

/** A file system takes 255 bytes of a name; a Chinese character is three of them, and the day needs its room. */
const UNIT_LIMIT = 40;
/** Excel's limit, in UTF-16 code units. */
const SHEET_LIMIT = 31;
/** Of which the form's name may take so many, to leave room for the unit and the day. */
const FORM_LIMIT = 15;

/**
 * The name of a table's file, e.g. `福山地村-日报-2026-11-23.xlsx`, fit for every file system.
 * @param countyName heads the county's own table, which does not know its name; 全县 without it
 */
export function attachmentName(table: Table, extension: 'png' | 'xlsx', countyName = ''): string {
  const unit = fileSafe(table.unitName ?? '') || fileSafe(countyName) || tableWords.wholeCounty;
  return fileNamed(unit, table.form.name, table.period.key, extension);
}

/** The name of a file about a unit: unit, what it is and of when, fit for every file system. */
export function fileNamed(unit: string, what: string, key: string, extension: 'png' | 'xlsx'): string {
  return `${cut(fileSafe(unit), UNIT_LIMIT)}-${fileSafe(what)}-${key}.${extension}`;
}

/**
 * The name of a table's sheet: unit, form and day, within Excel's 31 characters and without those it forbids.
 * @param unit the unit the table is about, as it is shown
 */
export function sheetName(table: Table, unit: string): string {
  return sheetNamed(unit, table.form.name, table.period.key);
}

/** See {@link sheetName}; `key` begins with a civil day. */
export function sheetNamed(unit: string, what: string, key: string): string {
  const tail = `${cut(sheetSafe(what), FORM_LIMIT)} ${key.slice(5)}`.trim();
  return `${cut(sheetSafe(unit), SHEET_LIMIT - tail.length - 1)} ${tail}`.trim();
}

/** Removes what Windows, the strictest of file systems, takes for something else. */
function fileSafe(text: string): string {
  return plainText(text)
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[. ]+/, '');
}

/** Excel takes an apostrophe at the beginning or the end for a quoted name, so none is kept. */
const sheetSafe = (text: string): string => plainText(text.replace(/[[\]:*?/\\']/g, ' '));

/** At most `limit` UTF-16 code units of the text's beginning; a character is never cut in half. */
const cut = (text: string, limit: number): string => plainText(text.slice(0, Math.max(0, limit)));
