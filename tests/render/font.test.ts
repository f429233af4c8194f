import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { svgOf } from '../../src/render/drawing.ts';
import { openFont, typeface } from '../../src/render/font.ts';

const { resolve } = createRequire(import.meta.url);
const fontFiles = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map((file) =>
  resolve(`@expo-google-fonts/noto-sans-sc/${file}`),
);

describe('outlines', () => {
  it.each([false, true])('are the very pixels that a renderer with the font draws (bold: %s)', async (bold) => {
    const text = '福山地村 0123456789 gé①·—…✓，迟报';
    const label = { text, x: 12, y: 56, size: 40, fill: '#123456', bold } as const;
    const drawing = { width: 900, height: 80, shapes: [label] };
    // Kerning is a font's own refinement that outlines leave out.
    const asText = svgOf(drawing, null).replace('<text ', '<text style="font-kerning:none" ');
    const asOutlines = svgOf(drawing, await typeface());

    const drawn = new Resvg(asText, { font: { fontFiles, loadSystemFonts: false } }).render().pixels;
    const outlined = new Resvg(asOutlines, { font: { loadSystemFonts: false } }).render().pixels;
    expect(drawn.some((byte) => byte !== 0)).toBe(true);
    expect(outlined.equals(drawn)).toBe(true);
  });

  it('have a box for a character the font does not know, and nothing for a space', async () => {
    const { regular } = await typeface();
    expect(regular.glyph(0x1f642)).toEqual(regular.glyph(0xe000));
    expect(regular.glyph(0x1f642).path).not.toBe('');
    expect(regular.glyph(0x20)).toMatchObject({ path: '' });
    expect(regular.glyph(0x20).advance).toBeGreaterThan(0);
  });

  it('are read from disk once', () => {
    expect(typeface()).toBe(typeface());
  });

  it('cannot be read from a file without the tables of a font', () => {
    expect(() => openFont(Buffer.alloc(64))).toThrow('no head table');
  });
});
