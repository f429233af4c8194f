/** Every table a county can show, as lines that can be compared: what memory has, what a file has, what should be. */
import type { County } from '../../src/core/county.ts';
import type { Form } from '../../src/core/playbook/index.ts';
import { tableOf } from '../../src/core/rollup.ts';
import type { Counts } from '../../src/core/tally.ts';
import type { Instant } from '../../src/core/time.ts';

/** By `day unit` the tally, by `day unit > row` a row of the unit's table, by `day unit =` its total. */
export type Lines = Record<string, string>;

/** `5 = 2+1+0+2 abnormal 17`: expected; in time, late, exempt, missing; the sums of the fields that were given. */
export function lineOf(counts: Counts, sums: ReadonlyMap<string, string | number>): string {
  const { expected, reported, late, exempt, missing } = counts;
  const fields = [...sums].map(([field, sum]) => `${field} ${sum}`).sort();
  return [`${expected} = ${reported}+${late}+${exempt}+${missing}`, ...fields].join(' ');
}

/** The standing of one grid, as a village's table tells it. */
export function detailOf(state: string, unparsed: boolean, sentAt: Instant | null): string {
  return ` ${state}${unparsed ? ' unparsed' : ''} ${sentAt ?? '–'}`;
}

export function tablesOf(county: County, form: Form, asOf: Instant): Lines {
  const lines: Lines = {};
  for (const book of county.books()) {
    for (const { id } of book.units()) {
      const key = `${book.period.key} ${id}`;
      const tally = book.tally(id);
      lines[key] = lineOf(
        tally,
        new Map([...tally.sums].map(([field, { sum, given }]) => [field, `${sum} of ${given}`])),
      );
      const table = tableOf(book, form, id, asOf);
      if (!table) continue;
      lines[`${key} =`] = lineOf(table.total.counts, table.total.values);
      for (const { unitId, counts, values, detail } of table.rows) {
        const said = detail ? detailOf(detail.state, detail.unparsed, detail.sentAt) : '';
        lines[`${key} > ${unitId}`] = `${lineOf(counts, values)}${said}`;
      }
    }
  }
  return lines;
}

/** The first few lines in which two sets differ, in words; empty when they are equal. */
export function differences(found: Lines, expected: Lines): string[] {
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const different = keys.filter((key) => found[key] !== expected[key]);
  const shown = different.slice(0, 5).map((key) => `${key}: is ${found[key]}, should be ${expected[key]}`);
  return different.length > shown.length ? [...shown, `and ${different.length - shown.length} more`] : shown;
}
