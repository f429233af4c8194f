/** A drawing of boxes and text, and its SVG. */
import type { Font, Typeface } from './font.ts';
import { escapeXml } from './text.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
  /** Radius of the corners; sharp by default. */
  radius?: number;
}

export interface Label {
  text: string;
  /** Where the text starts, ends or has its middle, as `anchor` says; `start` by default. */
  x: number;
  /** The baseline. */
  y: number;
  size: number;
  fill: string;
  anchor?: 'start' | 'middle' | 'end';
  bold?: boolean;
}

/** Pixels, from the top left corner; later shapes lie on earlier ones. */
export interface Drawing {
  width: number;
  height: number;
  shapes: (Box | Label)[];
}

/**
 * The drawing as an SVG document. Without a typeface its text stays text, for a reader with fonts; with one it is
 * drawn as outlines and needs none.
 */
export function svgOf({ width, height, shapes }: Drawing, face: Typeface | null): string {
  const drawn = shapes.map((shape) => {
    if (!('text' in shape)) return boxSvg(shape);
    if (shape.text === '') return '';
    return face ? outlineSvg(shape, shape.bold ? face.bold : face.regular) : textSvg(shape);
  });
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="'Noto Sans SC',sans-serif">${drawn.join('')}</svg>`;
}

function boxSvg({ x, y, width, height, fill, radius }: Box): string {
  const corners = radius === undefined ? '' : ` rx="${radius}"`;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}"${corners} fill="${fill}"/>`;
}

function textSvg({ text, x, y, size, fill, anchor, bold }: Label): string {
  const aligned = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
  const weight = bold ? ' font-weight="700"' : '';
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${aligned}${weight}>${escapeXml(text)}</text>`;
}

function outlineSvg({ text, x, y, size, fill, anchor = 'start' }: Label, font: Font): string {
  let pen = 0;
  let path = '';
  for (const char of text) {
    const glyph = font.glyph(char.codePointAt(0) ?? 0);
    if (glyph.path !== '') path += `M${pen} 0${glyph.path}`;
    pen += glyph.advance;
  }
  const scale = size / font.unitsPerEm;
  const left = x - (anchor === 'start' ? 0 : anchor === 'end' ? pen : pen / 2) * scale;
  return `<path transform="translate(${left} ${y}) scale(${scale} ${-scale})" fill="${fill}" d="${path}"/>`;
}
