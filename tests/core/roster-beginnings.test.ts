import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RosterView } from '../../src/core/roster/view.ts';
import type { UnitRow } from '../../src/core/rows/index.ts';
import { normalise } from '../../src/core/text.ts';
import { sampleRoster } from '../../src/sample/county.ts';
import { imported, noRows, planOf } from '../support/roster.ts';
import { DAY } from '../support/roster-county.ts';

const one = (...of: string[]) => fc.constantFrom(...of);
const oneOf = (words: string) => one(...words.split(' '));
/** At the beginning of names and within them; many a village is called after a day or a unit of the army. */
const NUMBER = fc.oneof(
  oneOf('一 二 十 十三 二十一 八一 三八 一百二 一百零五 二〇二 九十九万 十万 两 万 俩 廿三 壹 贰拾 亿'),
  oneOf('3 03 12 105 1234567'),
);
const WORD = oneOf('福山地 大新庄 林 东风 乾安 瞭望 于家 萬 贰道 𠮷 A b2 Ω · (北) #');
const ENDING = one('村', '网格', '镇', '号', '号楼', '单元', '区', '');
const SPACE = one('', '', '', ' ');
const NAME = fc
  .tuple(fc.array(fc.oneof(NUMBER, WORD, WORD), { minLength: 1, maxLength: 3 }), SPACE, ENDING)
  .map(([words, space, ending]) => `${words.join(space)}${ending}`);
const PERSON = fc.oneof(
  one('张三', '張三', '王', '万二', '欧阳 娜娜', 'Bill', 'bill Gates', '十三', '𠮷田', '7'),
  NAME,
);

/** A county of some units below one another, most of them held by somebody. */
const COUNTY = fc
  .record({
    county: NAME,
    below: fc.array(fc.tuple(NAME, PERSON, fc.nat()), { minLength: 1, maxLength: 8 }),
  })
  .map(({ county, below }) => {
    const rows = noRows();
    rows.unit.push(unit('u0', null, county));
    below.forEach(([name, person, parent], at) => {
      const id = `u${at + 1}`;
      rows.unit.push(unit(id, `u${parent % (at + 1)}`, name));
      rows.person.push({ id: `p${at}`, name: person, phone: null });
      rows.post.push({ id: `post${at}`, unitId: id, title: '网格长', since: '2026-01-01', until: null });
      rows.holding.push({ id: `h${at}`, postId: `post${at}`, personId: `p${at}`, since: '2026-01-01', until: null });
    });
    return RosterView.on(DAY, rows);
  });

const unit = (id: string, parentId: string | null, name: string): UnitRow => {
  const level = parentId === null ? 'county' : 'village';
  return { id, parentId, level, name, since: '2026-01-01', until: null };
};

const DIGITS = '零一二三四五六七八九';
const TRADITIONAL: Record<string, string> = {
  东: '東',
  庄: '莊',
  乡: '鄉',
  网: '網',
  镇: '鎮',
  区: '區',
  张: '張',
  万: '萬',
};
const FULL_WIDTH = 0xfee0;

/** Other ways to write a text; not each of them names the same. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/\d/g, (digit) => DIGITS.charAt(Number(digit))),
  (text) => text.replace(/[一二三四五六七八九]/g, (digit) => String(DIGITS.indexOf(digit))),
  (text) => text.replace(/^(?=[\d一二三四五六七八九])/, '0'),
  (text) => text.replace(/^(?=[\d一二三四五六七八九])/, '零'),
  (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + FULL_WIDTH)),
  (text) => text.replace(/./gu, (char) => TRADITIONAL[char] ?? char),
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => [...text].join(' '),
  (text) => text.replaceAll(' ', ''),
  (text) => text.replaceAll('/', ''),
  (text) => text.replaceAll('/', ' / '),
  (text) => text.replace(/\D\d+/g, (part) => part.replace(/\d+/, (digits) => ` ${digits} `)),
];

/** What a unit or a person of a county may be called. */
function callings(view: RosterView): string[] {
  const units = view.units('village').concat(view.county ?? []);
  const lines = units.map(({ id }) => [...view.ancestors(id), view.unit(id)].map((each) => each?.name ?? ''));
  const paths = lines.flatMap((line) => line.map((_, from) => line.slice(from).join('/')));
  const holders = units.flatMap(({ id }) => view.posts(id).flatMap(({ holder }) => (holder ? [{ id, holder }] : [])));
  return [
    ...paths,
    ...holders.map(({ holder }) => holder.name),
    ...holders.map(({ id, holder }) => `${holder.name}@${view.path(id)}`),
    ...holders.map(({ id, holder }) => `${holder.name} @ ${view.unit(id)?.name}`),
  ];
}

const isFound = (view: RosterView, name: string): boolean =>
  view.findUnits(name).length > 0 || view.findPersons(name).length > 0;

describe('where a name may begin', () => {
  it('is wherever one stands that can be found, in any spelling, whatever is around it', () => {
    const around = one(
      '',
      '收到',
      '3',
      '三',
      '十',
      ' ',
      '/',
      '@',
      ':',
      'a',
      '的',
      '村',
      '张',
      '\n',
      ',',
      '今天 2 个',
      '𠮷',
    );
    const spelling = fc.constantFrom(...SPELLINGS);
    let looked = 0;
    fc.assert(
      fc.property(
        COUNTY,
        fc.array(fc.tuple(around, fc.nat(), spelling, spelling, around), { minLength: 20 }),
        (view, tries) => {
          const names = callings(view);
          for (const [before, which, once, again, after] of tries) {
            const name = normalise(again(once(names[which % names.length] ?? '')));
            const text = before + name + after;
            // What a name would be by itself it may not be beside others: only what the text says is asked for.
            if (name === '' || normalise(text) !== text.trim() || !isFound(view, name)) continue;
            looked += 1;
            expect([name, text, view.mayBeginName(text, before.length)]).toEqual([name, text, true]);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(looked).toBeGreaterThan(1_000);
  });

  it.each([
    ['八一村', '八一村已报'],
    ['三八村', '三八村'],
    ['一二村', '一二村'],
    ['九十九万村', '九十九万村'],
    ['三网格', '03网格 2人'],
    ['3网格', '零三网格'],
    ['十二', '十二 张三'],
    ['两家村', '两家村'],
    ['𠮷田村', '𠮷田村'],
  ])('is where %s stands in "%s"', (name, text) => {
    const view = RosterView.on(DAY, imported(noRows(), planOf(`甲县,乙镇,${name},一网格,网格长,张三,`), DAY));
    expect(view.mayBeginName(text, 0)).toBe(true);
  });

  it('is hardly anywhere in what people say otherwise', () => {
    const rows = sampleRoster({ seed: 1, townships: 16, villagesPerTownship: 15, gridsPerVillage: 4 });
    const view = RosterView.on(DAY, imported(noRows(), planOf(...rows.slice(1).map((row) => row.join(','))), DAY));
    const talk = [
      '今天下午三点开会,大家准时到场',
      '收到,马上落实',
      '我们这边没有新情况,排查完了两个小区',
      '昨天那个外地回来的住在他亲戚家,已经登记过了',
      '麻烦各位把表格填一下,五点之前交',
      '路上堵车,晚到十分钟',
      '这个月的物资什么时候发?',
      '3号楼 有人发烧,已经送医院了',
    ].map(normalise);
    const places = talk.flatMap((text) => Array.from(text, (_, at) => ({ text, at })));
    const begun = places.filter(({ text, at }) => view.mayBeginName(text, at));
    expect(begun.length / places.length).toBeLessThan(0.05);
  });
});
