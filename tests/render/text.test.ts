import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typeface } from '../../src/render/font.ts';
import { escapeXml, plainText, shorten, widthOf } from '../../src/render/text.ts';

describe('plain text', () => {
  it('keeps what is read and drops what is not', () => {
    expect(plainText(' 张三\t李四\r\n王五\u200b\u202e\u0000\ud800\ufffe ')).toBe('张三 李四 王五');
    expect(plainText('𠮷野家 é')).toBe('𠮷野家 é');
  });

  it('is taken by XML, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const text = escapeXml(plainText(typed));
        expect(text).not.toMatch(/[<>"\p{Cc}\p{Cs}\ufffe\uffff]|&(?!amp;|lt;|gt;|quot;)/u);
      }),
    );
  });
});

describe('shortening', () => {
  it('leaves what fits and ends the rest with …', () => {
    expect(shorten('一网格', 20, 60)).toBe('一网格');
    expect(shorten('一二三四五网格', 20, 80)).toBe('一二三…');
  });

  it('never cuts a character in half and never exceeds the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 30, max: 300 }), (text, width) => {
        const short = shorten(text, 20, width);
        expect(widthOf(short, 20)).toBeLessThanOrEqual(width);
        expect(text.startsWith(short.replace(/…$/, ''))).toBe(true);
        expect(short).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('measures no character narrower than the font draws it', async () => {
    const { regular } = await typeface();
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
    for (const char of [...ascii, ...'网格—…·①é✓，']) {
      const drawn = regular.glyph(char.codePointAt(0) ?? 0).advance / regular.unitsPerEm;
      expect(drawn, char).toBeLessThanOrEqual(widthOf(char, 1) + 0.001);
    }
  });
});
