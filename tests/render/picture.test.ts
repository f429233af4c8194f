import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { tablePicture, tableSvg } from '../../src/render/picture.ts';
import { everyState, type Said, tableFrom } from './tables.ts';

const VILLAGE = '林东镇/福山地村';
const village = tableFrom(everyState, VILLAGE);

/** The picture's texts, top to bottom and left to right, those on one height together. */
function linesOf(svg: string): string[][] {
  const lines = new Map<number, { x: number; text: string }[]>();
  for (const [, x, y, text] of svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<\/text>/g)) {
    // Texts of one row differ by a pixel or two in their baselines.
    const band = Math.round(Number(y) / 26);
    lines.set(band, [...(lines.get(band) ?? []), { x: Number(x), text: text ?? '' }]);
  }
  const ordered = [...lines].sort(([a], [b]) => a - b);
  return ordered.map(([, line]) => line.sort((a, b) => a.x - b.x).map(({ text }) => text));
}

const lineOf = (svg: string, name: string): string[] | undefined => linesOf(svg).find((line) => line.includes(name));

/** The ground on which a text of the picture stands: the fill of the box drawn just before it. */
const groundOf = (svg: string, text: string): string | undefined =>
  new RegExp(`fill="(#[0-9a-f]{6})"/><text [^>]*>${text}</text>`).exec(svg)?.[1];

const grids = (count: number, said: (i: number) => Partial<Said>): Said[] =>
  Array.from({ length: count }, (_, i) => ({ path: `${VILLAGE}/第${i + 1}网格`, ...said(i) }));

describe("the picture of a village's table", () => {
  const svg = tableSvg(village, '巴林左旗');

  it('is headed by unit, form, county, day and cut-off', () => {
    expect(svg).toContain('>福山地村 日报</text>');
    expect(svg).toContain('>巴林左旗</text>');
    expect(svg).toContain('>2026年11月23日 周一 · 截止 18:00 · 18:03 统计</text>');
  });

  it('says the five counts of the whole', () => {
    const tiles = [...svg.matchAll(/font-size="20"[^>]*>(..)<\/text><text [^>]*font-size="40"[^>]*>(\d+)</g)];
    expect(tiles.map(([, name, count]) => [name, count])).toEqual([
      ['应报', '6'],
      ['按时', '2'],
      ['迟报', '1'],
      ['免报', '1'],
      ['未报', '2'],
    ]);
  });

  it('tells every state, zero and blank apart in words', () => {
    expect(lineOf(svg, '一网格')).toEqual(['一网格', '✓ 零', '17:30', '0', '—', '—', '—']);
    expect(lineOf(svg, '二网格')).toEqual(['二网格', '✓ 有情况', '16:00', '2', '1', '1', '—']);
    expect(lineOf(svg, '三网格')).toEqual(['三网格', '迟报', '18:30', '0', '0', '—', '—']);
    expect(lineOf(svg, '四网格')).toEqual(['四网格', '免报', '—', '—', '—', '—']);
    expect(lineOf(svg, '五网格')).toEqual(['五网格', '未报', '—', '—', '—', '—']);
    expect(lineOf(svg, '六网格')).toEqual(['六网格', '未报·有一条没看懂', '—', '—', '—', '—']);
    expect(lineOf(svg, '合计')).toEqual(['合计', '已报 3/5', '2', '1', '1', '—']);
  });

  it('gives every state a colour of its own', () => {
    const words = ['✓ 零', '✓ 有情况', '迟报', '免报', '未报', '未报·有一条没看懂'];
    const grounds = words.map((word) => groundOf(svg.slice(svg.indexOf('>一网格<')), word));
    expect(grounds).not.toContain(undefined);
    expect(new Set(grounds).size).toBe(words.length);
  });

  it('aligns numbers to the right, one below the other', () => {
    const ends = [...svg.matchAll(/<text x="([\d.]+)"[^>]*font-size="25"[^>]*text-anchor="end"/g)].map(([, x]) => x);
    expect(ends.length).toBe(4 * 7);
    expect(new Set(ends).size).toBe(4);
  });

  it('says the day of a report sent on another', () => {
    const late = tableFrom([{ path: `${VILLAGE}/一网格`, values: { abnormal: 0 }, at: 33.25 }], VILLAGE);
    expect(lineOf(tableSvg(late, '巴林左旗'), '一网格')).toContain('11月24日 09:15');
  });

  it('takes any name: marks are escaped, control characters dropped, long ones cut', () => {
    const paths = ['<b>&"张三\u0000\u202e', '第一百二十三超级长长长长长长长网格'];
    const table = tableFrom(
      paths.map((name) => ({ path: `${VILLAGE}/${name}` })),
      VILLAGE,
    );
    const hostile = tableSvg(table, '<巴林左旗>');
    expect(hostile).toContain('>&lt;b&gt;&amp;&quot;张三</text>');
    expect(hostile).toContain('>&lt;巴林左旗&gt;</text>');
    expect(hostile).toContain('>第一百二十三超级长长…</text>');
    expect(new Resvg(hostile, { font: { loadSystemFonts: false } }).width).toBe(720);
  });
});

describe("the picture of a county's table", () => {
  const county = tableFrom(
    [
      ...everyState,
      { path: '隆昌镇/东村/一网格', values: { abnormal: 0 } },
      { path: '三山乡/西村/一网格', exempt: '整村搬迁' },
    ],
    '',
  );
  const svg = tableSvg(county, '巴林左旗');

  it('is headed by the county, once', () => {
    expect(svg.match(/巴林左旗/g)).toHaveLength(1);
    expect(svg).toContain('>巴林左旗 日报</text>');
  });

  it('marks what is complete, what has a gap and what is exempt', () => {
    expect(lineOf(svg, '林东镇')).toEqual(['林东镇', '缺', '6', '2', '1', '1', '2', '2', '1', '1', '—']);
    expect(lineOf(svg, '隆昌镇')).toEqual(['隆昌镇', '✓', '1', '1', '0', '0', '0', '0', '—', '—', '—']);
    expect(lineOf(svg, '三山乡')).toEqual(['三山乡', '免', '1', '0', '0', '1', '0', '—', '—', '—', '—']);
    expect(lineOf(svg, '合计')).toEqual(['合计', '8', '3', '1', '2', '2', '2', '1', '1', '—']);
    expect(new Set(['缺', '✓', '免'].map((mark) => groundOf(svg, mark))).size).toBe(3);
  });
});

describe('the picture of a long table', () => {
  it('stands in blocks side by side, every row in one of them', () => {
    const svg = tableSvg(
      tableFrom(
        grids(300, () => ({ values: { abnormal: 0 } })),
        VILLAGE,
      ),
      '巴林左旗',
    );
    expect(svg.match(/>第\d+网格</g)).toHaveLength(300);
    expect(svg.match(/>网格</g)).toHaveLength(3);
    expect(svg.match(/>合计</g)).toHaveLength(1);
    expect(svg).not.toContain('还有');
  });

  it('leaves out complete rows, never missing ones, and says how many', () => {
    const table = tableFrom(
      grids(320, (i) => (i === 319 ? {} : { values: { abnormal: 0 } })),
      VILLAGE,
    );
    const svg = tableSvg(table, '巴林左旗');
    expect(svg.match(/>第\d+网格</g)).toHaveLength(300);
    expect(svg).toContain('>第320网格<');
    expect(svg).toContain('还有 20 行');
  });
});

describe('the PNG', () => {
  const sizeOf = (png: Uint8Array): [number, number] => {
    const view = new DataView(png.buffer, png.byteOffset);
    return [view.getUint32(16), view.getUint32(20)];
  };

  it("has a phone's width and the height of its rows", async () => {
    const png = await tablePicture(village, '巴林左旗');
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const [width, height] = sizeOf(png);
    expect(width).toBe(720);
    expect(tableSvg(village, '巴林左旗')).toContain(`width="720" height="${height}"`);
  });

  it('shows a difference between any two states', async () => {
    const pictures = await Promise.all(
      everyState.map(({ path: _, ...said }) =>
        tablePicture(tableFrom([{ ...said, path: `${VILLAGE}/一网格` }], VILLAGE), '巴林左旗'),
      ),
    );
    expect(new Set(pictures.map((png) => Buffer.from(png).toString('base64'))).size).toBe(everyState.length);
  });
});
