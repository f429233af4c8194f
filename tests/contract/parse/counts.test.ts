import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectReading, expectReadingOrQuestion, expectRefusal, MOST, read, report } from './reading.ts';
import { chineseOf, formalOf, traditionalFormalOf } from './writings.ts';

// biome-ignore format: a table
const written: readonly (readonly [string, number])[] = [
  ['1', 1], ['10', 10], ['２３', 23], ['99999', 99_999], ['一', 1], ['二', 2], ['两', 2], ['兩', 2], ['三', 3], ['十', 10], ['十二', 12],
  ['二十', 20], ['二十一', 21], ['一十二', 12], ['一百', 100], ['一百零五', 105], ['一百一十', 110], ['一百一十五', 115], ['两百', 200],
  ['二百', 200], ['两千', 2000], ['一千零五十', 1050], ['一千零五', 1005], ['一千二百三十四', 1234], ['两千零二十六', 2026],
  ['一万', 10_000], ['两万', 20_000], ['3万', 30_000], ['３万', 30_000], ['3萬', 30_000], ['三萬', 30_000], ['9万', 90_000],
  ['一万零一', 10_001], ['一万零一百', 10_100], ['九万九千九百九十九', 99_999], ['壹', 1], ['贰', 2], ['貳', 2], ['叁', 3], ['肆', 4],
  ['伍', 5], ['陆', 6], ['柒', 7], ['捌', 8], ['玖', 9], ['拾', 10], ['壹拾', 10], ['壹拾贰', 12], ['壹佰', 100], ['壹仟零伍拾', 1050],
  ['叁佰贰拾壹', 321], ['参', 3], ['參拾', 30], ['玖萬玖仟玖佰玖拾玖', 99_999], ['十个', 10], ['十二人', 12], ['两户', 2], ['叁起', 3], ['5例', 5], ['5 名', 5],
  ['1️⃣', 1], ['1️⃣0️⃣', 10], ['3人。', 3], ['异常3', 3], ['异常十二', 12], ['异常：两', 2], ['异常=3万', 30_000], ['壹佰户', 100],
];

describe('a count is Arabic or Chinese in any style', () => {
  it.each(written)('/日报 %s', (typed, value) => expectReading(`/日报 ${typed}`, report({ abnormal: value })));
  it.each(written)('/日报%s, glued to the name', (typed, value) =>
    expectReading(`/日报${typed}`, report({ abnormal: value })),
  );

  const count = fc.integer({ min: 0, max: MOST });
  it.each([
    ['plain', chineseOf],
    ['formal', formalOf],
    ['traditional formal', traditionalFormalOf],
    ['Arabic', String],
    ['full-width', (n: number) => [...String(n)].map((d) => String.fromCodePoint(0xff10 + Number(d))).join('')],
  ] as const)('every count from 0 to 99999 is read back from its %s writing', (_, write) => {
    fc.assert(
      fc.property(count, fc.constantFrom('', '人', '名', '例', '个', '户', '起'), (n, measure) => {
        const parsed = read(`/日报 ${write(n)}${measure}`);
        expect(parsed.kind === 'command' ? parsed.values : parsed).toEqual({ abnormal: n });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a colloquial or unusual number is read as people mean it or asked about', () => {
  // biome-ignore format: a table
  it.each([
    ['一百五', 150], ['三千二', 3200], ['一万五', 15_000], ['廿三', 23], ['卅', 30], ['俩', 2], ['仨', 3], ['一五', 15], ['一二三', 123],
    ['二〇', 20], ['零五', 5], ['百', 100], ['百二', 120], ['007', 7], ['1万5千', 15_000], ['1千', 1000], ['2百', 200], ['1,000', 1000],
    ['１，０００', 1000], ['1，000', 1000], ['1.0', 1], ['3.0', 3], ['1.', 1], ['+1', 1], ['①', 1], ['⑩', 10], ['⑫', 12], ['㈢', 3],
    ['Ⅲ', 3], ['٣', 3], ['𝟑', 3], ['3k', 3000], ['1w', 10_000], ['1.5万', 15_000], ['0.5万', 5000], ['一打', 12], ['🔟', 10],
    ['l', 1], ['I', 1], ['lO', 10], ['1O', 10], ['1o', 10], ['10户人', 10], ['3口', 3], ['1个人', 1], ['1 个 人', 1], ['2家', 2],
    ['3位', 3], ['1️⃣ 个', 1], ['1\u{e0100}', 1], ['两个人', 2], ['二个', 2], ['一亿', 1e8], ['3!', 3], ['3！', 3], ['(3)', 3], ['（三）', 3],
  ] as const)('/日报 %s', (typed, value) => {
    expectReadingOrQuestion(`/日报 ${typed}`, value > MOST ? [] : [report({ abnormal: value })]);
  });
});

const dashes = [
  '-',
  '－',
  '﹣',
  '−',
  '‐',
  '‑',
  '‒',
  '–',
  '—',
  '―',
  '⁻',
  '₋',
  '➖',
  '﹘',
  '⸺',
  '——',
  '--',
  '负',
  '負',
  '负的',
  '零下',
  '减',
  '- ',
  '— ',
  '负 ',
];

describe('a negative number is refused whatever its sign looks like', () => {
  it.each(dashes)('/日报 %s1', (dash) => expectRefusal(`/日报 ${dash}1`));
  it.each(dashes)('/日报%s1, glued', (dash) => expectRefusal(`/日报${dash}1`));
  it.each(dashes)('/日报 0 返乡%s1', (dash) => expectRefusal(`/日报 0 返乡${dash}1`));
  it.each([
    '/日报 异常:-1',
    '/日报 异常=－1',
    '/更正 -1',
    '/更正 —1',
    '/日报 -0.5',
    '/日报 负一',
    '/日报 负壹佰',
    '/日报 -一',
    '/日报 - 一',
  ])('%j', (line) => expectRefusal(line));
});

describe('what is no whole number from 0 to 99999 is refused, never clipped or cut', () => {
  // biome-ignore format: a table
  it.each([
    '十几', '很多', '1.5', '-1', '1e3', '１．５', '1。5', '1·5', '.5', '0.5', '1e-3', '1E3', '１ｅ３', '0x10', '0X1F', '0b1', '0o7', '100000',
    '９９９９９９', '十万', '10万', '一百万', '1亿', '99999999999999999999', '9'.repeat(400), '二点五', '一点五', '一半', '半个', '1/2', '½', '¼',
    '三分之一', '百分之五', '5%', '５％', '5‰', '1~2', '1～2', '1-2', '1－2', '1—2', '1至2', '1到2', '一到两个', '一两个', '三五个', '两三个', '几个',
    '好几个', '若干', '不少', '多个', '数十', '几十', '近10', '约3', '大约3', '大概3', '差不多3', '10多', '10多个', '10余人', '十余', '十来个', '3左右',
    '3上下', '3+', '10+', '>3', '≥3', '<3', '至少3', '不到3', '超过3', '0?', '0？', '0吗', '是0吧', '可能0', '应该0', '0或1', '0或者1', '0/1', '0、1',
    '0,1', '0，1', '1 2', '0 0', '1 1', '1、2', '一 二', '0 一', '1 000', '10 0', '∞', 'NaN', 'Infinity', 'null', 'undefined', 'true',
    'false', '[]', '{}', '不是0', '不为0', '非0', '不是没有', '18:00', '18：00', '18点', '3点', '3点半', '13800000001', '138 0000 0001',
    '1^2', '2*3', '2x3', '2×3', '1+1', '1=1', '1,000,000', '1万零', '万', '千', '十十', '一百百', '零零零零零一万万', '三四', '十一二个',
    '第3楼', '2²', '10³', '1₂', '第3', '3第', '3号', '3楼', '3栋', '3单元', '3天', '3小时', '5分钟', '10块', '3元', '38.5度', '38度', '3公里', '3次方',
  ])('/日报 %s', (typed) => {
    expectRefusal(`/日报 ${typed}`);
  });

  it.each([
    '返乡十几',
    '返乡1.5',
    '返乡1e3',
    '返乡100000',
    '返乡很多',
    '返乡1/2',
    '返乡1-2',
    '返乡?',
    '返乡0x1',
    '返乡10余人',
    '返乡几人',
    '返乡约3',
  ])('/日报 0 %s', (typed) => expectRefusal(`/日报 0 ${typed}`));

  it('refuses every number above 99999', () => {
    fc.assert(fc.property(fc.bigInt({ min: 100_000n, max: 10n ** 40n }), (n) => expectRefusal(`/日报 ${n}`)));
  });
  it('refuses every decimal that is not whole', () => {
    const fraction = fc.stringMatching(/^[0-9]{0,3}[1-9]$/);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST }), fraction, fc.constantFrom('.', '．', '点'), (n, part, dot) =>
        expectRefusal(`/日报 ${n}${dot}${part}`),
      ),
    );
  });
  it('refuses two bare numbers however they are divided', () => {
    const number = fc.integer({ min: 0, max: MOST });
    const between = fc.constantFrom(' ', '　', '、', ' , ', '/', '；', '|', ' 和 ', ' 或 ');
    fc.assert(fc.property(number, number, between, (a, b, gap) => expectRefusal(`/日报 ${a}${gap}${b}`)));
  });
});

describe('a figure cut by a stray space from the word it belongs to is not a count', () => {
  // biome-ignore format: a table of lines
  it.each([
    '三 网 格', '三 网格', '3 网格', '三 组', '3 组', '三 社', '三 队', '5 队', '1 号网格', '三 号网格', '三 点', '1 点', '三 点再报', '5 分钟后', '两 分钟', '十 分钟后报', '一 会儿', '一 会儿报', '一 会发',
    '一 下', '一 直没网', '一 切正常', '2 天后报', '两 天没网', '1 楼', '3 号楼', '3 单元', '3 栋', '3 月', '20 号', '38 度', '百 分百', '千 万别催', '万 一', '5 月 3 日', '三 网 格 住户',
  ])('/日报 %s', (typed) => {
    expectReadingOrQuestion(`/日报 ${typed}`, []);
  });
  it('offers no line that would count it', () => {
    for (const typed of ['三 网 格 0', '3 组 0', '三 号 网格 0', '一、二网格 0', '1、2网格 0', '三 社 0', '5 队 0']) {
      const parsed = read(`/日报 ${typed}`);
      if (parsed.kind === 'command') expect(parsed.values, typed).toEqual({ abnormal: 0 });
      else if (parsed.kind === 'error' && parsed.suggestion !== null)
        expect(read(parsed.suggestion), `${typed} → ${parsed.suggestion}`).toMatchObject({ values: { abnormal: 0 } });
    }
  });
});

describe('of two different numbers none is chosen for the sender', () => {
  it.each(['1 2', '0 1', '1 改 2', '0 没有1', '三 网 格 2', '0 然后 1', '2 张三 3', '0 3人', '1，2', '0、5'])(
    '/日报 %s',
    (typed) => {
      const parsed = read(`/日报 ${typed}`);
      if (parsed.kind === 'error') expect(parsed.suggestion).toBeNull();
      else expect(parsed).toMatchObject({ subject: '三网格', values: { abnormal: 2 } });
    },
  );
});

describe('words that begin like a zero are not a zero', () => {
  // biome-ignore format: a table
  it.each([
    '不平安', '有异常', '无法统计', '无信号', '无网', '没有统计完', '没有时间', '没有上报', '零星几个', '零散3户', '无 1', '无异常 1', '没有 2', '平安 3',
    '异常1 无异常', '无异常 异常1', '没有 异常2', '并非无异常', '不是无异常', '平安村', '无极村', '没有返乡', '无返乡', '无发热', '未统计', '没', '不知道', '待定', '空',
    '无数', '无数个', '没有几个', '没有不正常', '平安夜', '零下', '零钱', '零点', '无所谓', '没有?', '无吗', '有没有', '有没有异常', '有无异常',
  ])('/日报 %s', (typed) => {
    expectRefusal(`/日报 ${typed}`);
  });
});
