/** A table as a picture for the group. */
import { renderAsync } from '@resvg/resvg-js';
import type { Table } from '../core/rollup.ts';
import { type Drawing, svgOf } from './drawing.ts';
import { typeface } from './font.ts';
import { drawTable } from './layout.ts';

/**
 * The picture's SVG with its text as text, headed by the county's name where the table is the county's own.
 * Zero stands as 0, a field nobody gave as a dash; every state has a word or sign besides its colour.
 */
export function tableSvg(table: Table, countyName: string): string {
  return svgOf(drawingOf(table, countyName), null);
}

/**
 * The same as a PNG, about 720 pixels wide for up to 100 rows. The pixels are made on another thread.
 * Rejects when the font files cannot be read.
 */
export async function tablePicture(table: Table, countyName: string): Promise<Uint8Array> {
  const svg = svgOf(drawingOf(table, countyName), await typeface());
  const image = await renderAsync(svg, { font: { loadSystemFonts: false }, logLevel: 'off' });
  return image.asPng();
}

function drawingOf(table: Table, countyName: string): Drawing {
  return table.unitName === null ? drawTable(table, countyName, null) : drawTable(table, table.unitName, countyName);
}
