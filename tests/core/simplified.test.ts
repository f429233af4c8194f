import fc from 'fast-check';
import { Converter, type DictLike, Locale } from 'opencc-js/t2cn';
import { describe, expect, it } from 'vitest';
import { isPlain, simplified } from '../../src/core/simplified.ts';

const convert = Converter({ from: 't', to: 'cn' });
const plainly = (text: string): string => convert(text).normalize('NFKC');

describe('a plain text', () => {
  it.each(['', '/日报 0', '一网格\n张三', '福山地村', '下不来'])('is %j', (text) => expect(isPlain(text)).toBe(true));

  it.each([
    ['a traditional character', '張三'],
    ['a character that changes beside another', '沈思'],
    ['a full-width one', '１'],
    ['a tabulator', '1\t2'],
    ['a space that is none of ASCII', '日报\u30000'],
    ['what takes no room', '日\u200b报'],
    ['an emoji', '好😀'],
    ['a compatibility character', '\uf900'],
  ])('is none with %s', (_, text) => expect(isPlain(text)).toBe(false));

  it('is what conversion leaves as it is, character by character', () => {
    for (let code = 0x4e00; code <= 0x9fff; code += 1) {
      const char = String.fromCharCode(code);
      if (isPlain(char)) expect(plainly(char)).toBe(char);
    }
  });

  it('is so however the characters of the dictionary stand together', () => {
    const phrases = (Locale.to.cn ?? [])
      .flat()
      .flatMap((dict: DictLike) => (typeof dict === 'string' ? dict.split(/[| ]/) : dict.flat()))
      .filter((phrase: string) => phrase.length > 1);
    expect(phrases.length).toBeGreaterThan(100);
    for (const phrase of phrases) if (isPlain(phrase)) expect(plainly(phrase)).toBe(phrase);
    const characters = [...new Set(phrases.join(''))];
    const text = fc.array(fc.constantFrom(...phrases, ...characters), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (made) => !isPlain(made) || plainly(made) === made),
      { numRuns: 5_000 },
    );
  });
});

describe('simplified', () => {
  it('knows phrases', () => expect(simplified('暗沈沈 日報 abc')).toBe('暗沉沉 日报 abc'));
});
