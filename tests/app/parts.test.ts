import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf, splitText } from '../../src/app/parts.ts';

describe('a text longer than one message may be', () => {
  it('is cut at the ends of lines, then at commas, then anywhere', () => {
    expect(splitText('一二三\n四五\n六', 6)).toEqual(['一二三\n四五', '六']);
    expect(splitText('张三、李四、王五', 6)).toEqual(['张三、李四、', '王五']);
    expect(splitText('一二三四五', 2)).toEqual(['一二', '三四', '五']);
  });

  it('loses nothing, keeps to the limit and breaks no character', () => {
    const unit = fc.constantFrom('网', '格', '、', '\n', ' ', '😷', 'a');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 80 }), fc.integer({ min: 2, max: 30 }), (text, limit) => {
        const parts = splitText(text, limit);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(Buffer.from(part).toString()).toBe(part);
        }
        const bare = (said: string): string => said.replace(/\s/g, '');
        expect(bare(parts.join(''))).toBe(bare(text));
      }),
    );
  });

  it('has its files on the first part and each mention where the name stands', () => {
    const file = { kind: 'picture', name: '表.png', content: async () => Uint8Array.of(1) } as const;
    const mentions = ['张三', '李四', '王五'].map((name) => ({ id: name, name }));
    const parts = partsOf({ text: '@张三 甲\n@李四 乙', mentions, attachments: [file] }, 6);
    expect(parts.map((part) => [part.text, part.mentions.map(({ id }) => id), part.attachments.length])).toEqual([
      ['@张三 甲', ['张三', '王五'], 1],
      ['@李四 乙', ['李四'], 0],
    ]);
  });

  it('is one message when it is short or empty', () => {
    expect([splitText('好', 4_000), splitText('', 4_000)]).toEqual([['好'], ['']]);
  });
});
