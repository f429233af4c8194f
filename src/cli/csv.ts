/** Tables for a spreadsheet. */

/** Without this mark Excel takes UTF-8 for the machine's own encoding. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as CSV that Excel opens as it is: UTF-8 with its mark, lines ended by CR LF, cells quoted where they must be. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

const cellText = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
