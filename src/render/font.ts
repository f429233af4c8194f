/**
 * Reads glyph outlines from a TrueType file, so that text can be drawn as plain shapes. The picture renderer parses
 * the whole font again for every piece of text it is given (about 11 ms each with ten megabytes of Chinese glyphs);
 * outlines taken from here cost it nothing, and every picture looks the same on every machine.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export interface Glyph {
  /** How far the pen moves on, in font units. */
  advance: number;
  /** SVG path data relative to the glyph's origin, y upwards, in font units; empty for a space. */
  path: string;
}

export interface Font {
  unitsPerEm: number;
  /** The outline of a code point; the font's own placeholder box where it has none. */
  glyph(codePoint: number): Glyph;
}

export interface Typeface {
  regular: Font;
  bold: Font;
}

const FILES = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;

let loading: Promise<Typeface> | null = null;

/** The typeface of all pictures; read from disk on first use, once per process. Rejects when a file is not there. */
export function typeface(): Promise<Typeface> {
  loading ??= load().catch((error: unknown) => {
    // A failed read must not be remembered: the next picture tries again.
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<Typeface> {
  const { resolve } = createRequire(import.meta.url);
  const [regular, bold] = await Promise.all([readFile(resolve(FILES.regular)), readFile(resolve(FILES.bold))]);
  return { regular: openFont(regular), bold: openFont(bold) };
}

/**
 * Opens a TrueType font whose glyphs are simple outlines (no composites) and whose code points are mapped by a
 * format 12 table, as Noto Sans SC has them. Glyphs are decoded when first asked for and kept.
 * @throws {Error} when a table it needs is not there
 */
export function openFont(file: Buffer): Font {
  const tables = new Map<string, number>();
  for (let i = 0; i < file.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i;
    tables.set(file.toString('latin1', entry, entry + 4), file.readUInt32BE(entry + 8));
  }
  const table = (tag: string): number => {
    const at = tables.get(tag);
    if (at === undefined) throw new Error(`the font has no ${tag} table`);
    return at;
  };
  const [head, hmtx, loca, glyf] = [table('head'), table('hmtx'), table('loca'), table('glyf')];
  const metrics = file.readUInt16BE(table('hhea') + 34);
  const offset = file.readInt16BE(head + 50) === 1 ? longOffset : shortOffset;
  const groups = codePointGroups(file, table('cmap'));
  const known = new Map<number, Glyph>();

  const decode = (codePoint: number): Glyph => {
    const id = glyphId(file, groups, codePoint);
    const start = offset(file, loca, id);
    return {
      advance: file.readUInt16BE(hmtx + 4 * Math.min(id, metrics - 1)),
      path: offset(file, loca, id + 1) > start ? outline(file, glyf + start) : '',
    };
  };
  return {
    unitsPerEm: file.readUInt16BE(head + 18),
    glyph(codePoint) {
      const glyph = known.get(codePoint) ?? decode(codePoint);
      known.set(codePoint, glyph);
      return glyph;
    },
  };
}

const longOffset = (file: Buffer, loca: number, id: number): number => file.readUInt32BE(loca + 4 * id);
const shortOffset = (file: Buffer, loca: number, id: number): number => 2 * file.readUInt16BE(loca + 2 * id);

/** Where the format 12 table's groups (first, last, glyph of first; 12 bytes each, ascending) stand, and how many. */
function codePointGroups(file: Buffer, cmap: number): { at: number; count: number } {
  for (let i = 0; i < file.readUInt16BE(cmap + 2); i++) {
    const at = cmap + file.readUInt32BE(cmap + 8 + 8 * i);
    if (file.readUInt16BE(at) === 12) return { at: at + 16, count: file.readUInt32BE(at + 12) };
  }
  throw new Error('the font has no format 12 cmap table');
}

/** The glyph of a code point, by halving the groups; 0, the placeholder box, when there is none. */
function glyphId(file: Buffer, groups: { at: number; count: number }, codePoint: number): number {
  let [low, high] = [0, groups.count - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const group = groups.at + 12 * middle;
    const first = file.readUInt32BE(group);
    if (codePoint < first) high = middle - 1;
    else if (codePoint > file.readUInt32BE(group + 4)) low = middle + 1;
    else return file.readUInt32BE(group + 8) + codePoint - first;
  }
  return 0;
}

interface Point {
  x: number;
  y: number;
  onCurve: boolean;
}

/** The outline of one simple glyph, as the glyf table packs it: contour ends, flags with repeats, x deltas, y deltas. */
function outline(file: Buffer, glyph: number): string {
  const contours = file.readInt16BE(glyph);
  if (contours <= 0) return '';
  const ends = Array.from({ length: contours }, (_, i) => file.readUInt16BE(glyph + 10 + 2 * i));
  const count = (ends.at(-1) ?? -1) + 1;
  const hinting = glyph + 10 + 2 * contours;
  let at = hinting + 2 + file.readUInt16BE(hinting);

  const flags: number[] = [];
  while (flags.length < count) {
    const flag = file.readUInt8(at++);
    flags.push(flag);
    if (flag & 8) for (let repeats = file.readUInt8(at++); repeats > 0; repeats--) flags.push(flag);
  }
  // A delta is one byte with its sign in a flag, or two bytes, or left out because it is 0.
  const axis = (short: number, same: number): number[] => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? file.readUInt8(at++) : -file.readUInt8(at++);
      else if (!(flag & same)) {
        value += file.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = axis(2, 16);
  const ys = axis(4, 32);
  const points = flags.map((flag, i): Point => ({ x: xs[i] ?? 0, y: ys[i] ?? 0, onCurve: (flag & 1) === 1 }));

  let from = { x: 0, y: 0 };
  let path = '';
  ends.forEach((end, i) => {
    const contour = points.slice(i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, end + 1);
    const drawn = contourPath(contour, from);
    if (drawn) {
      path += drawn.path;
      from = drawn.start;
    }
  });
  return path;
}

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, onCurve: true });

/** One closed contour of quadratic curves; two control points in a row have a point of the curve half-way between. */
function contourPath(contour: readonly Point[], from: { x: number; y: number }): { path: string; start: Point } | null {
  const [first, last] = [contour[0], contour.at(-1)];
  if (!first || !last) return null;
  const start = first.onCurve ? first : last.onCurve ? last : between(first, last);
  let pen = start;
  let control: Point | null = null;
  let path = `m${start.x - from.x} ${start.y - from.y}`;
  const to = (point: Point): void => {
    path += control
      ? `q${control.x - pen.x} ${control.y - pen.y} ${point.x - pen.x} ${point.y - pen.y}`
      : `l${point.x - pen.x} ${point.y - pen.y}`;
    pen = point;
    control = null;
  };
  for (const point of first.onCurve ? contour.slice(1) : contour) {
    if (point.onCurve) to(point);
    else {
      if (control) to(between(control, point));
      control = point;
    }
  }
  if (control) to(start);
  return { path: `${path}z`, start };
}
