/** A sentence for every problem of a playbook: what is wrong, and what to write instead. Office people read it. */
import { distance } from 'fastest-levenshtein';
import type { Problem, SchemaCode } from '../core/playbook/problem.ts';
import { keysBeside, keyWords } from './playbook-keys.ts';

type Sentence = (problem: Problem) => string;

/** The example of the key a path ends with, as the end of a sentence. */
function like({ path }: Pick<Problem, 'path'>): string {
  const example = (keyWords(path) ?? keyWords(path.slice(0, -1)))?.example;
  return example === undefined ? '' : `,例如:${example}`;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['string', '文字(数字、时刻请加英文引号)'],
  ['number', '数字'],
  ['int', '整数'],
  ['boolean', 'true(是)或 false(否)'],
  ['array', '用方括号列出来的几个'],
  ['record', '缩进两格、一行一项的内容'],
  ['object', '缩进两格、一行一项的内容'],
]);

/** How many letters a key may be off and still be taken for another, if that is less than half of it. */
const MOST_OFF = 2;

function nearKey(path: readonly string[]): string | null {
  const wrong = path.at(-1) ?? '';
  const near = keysBeside(path)
    .map((key) => ({ key, off: distance(key.toLowerCase(), wrong.toLowerCase()) }))
    .filter(({ key, off }) => off <= MOST_OFF && off * 2 < key.length)
    .toSorted((a, b) => a.off - b.off);
  return near[0]?.key ?? null;
}

function unknownKey({ path, about }: Problem): string {
  const near = nearKey(path);
  if (near !== null)
    return `没有「${about}」这个写法,是不是想写 ${near}?例如:${keyWords([...path.slice(0, -1), near])?.example ?? near}`;
  const known = keysBeside(path);
  if (known.length === 0) return `没有「${about}」这个写法,请去掉这一行,或看 docs/playbooks.zh-CN.md`;
  return `没有「${about}」这个写法。这里可以写:${known.filter((key) => !key.startsWith('$')).join('、')}`;
}

const SCHEMA_SENTENCES: Readonly<Record<SchemaCode, Sentence>> = {
  missing: (p) => {
    const words = keyWords(p.path);
    return `缺了 ${p.about}${words ? `(${words.what})` : ''}${like(p)}`;
  },
  type: (p) =>
    p.path.length === 0
      ? '文件是空的,或者不是预案,请从 id: 和 name: 写起,例如:id: epidemic'
      : `这里要写${KINDS.get(p.about) ?? p.about}${like(p)}`,
  'not-one-of': (p) => `这里只能写 ${p.values.join('、')} 中的一个${like(p)}`,
  'unknown-key': unknownKey,
  'too-few': (p) => `这里至少要写 ${p.about} 个${like(p)}`,
  'too-small': (p) => `这个数太小,最小 ${p.about}${like(p)}`,
  'too-big': (p) => `这个数太大,最大 ${p.about}${like(p)}`,
};

const id = (about: string): string => (about === '' ? '' : `「${about}」`);

/** The codes of the language itself, and of loading it. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  word: (p) => `叫法要有 1 到 20 个字,请写短一点或补上${like(p)}`,
  identifier: ({ about }) => `代号${id(about)}只能用小写字母、数字和 -,并以字母开头,例如:daily`,
  'day-time': (p) => `时刻请写成 "18:00",第二天的写成 "+1d 12:00",要加英文引号${like(p)}`,
  'clock-time': () => '几点请写成 "18:30",要加英文引号,例如:at: "18:30"',
  span: () => '间隔请写成几分钟或几小时,例如:30m 或 2h',
  days: (p) => `天数请写成数字加 d${like(p)}`,
  'step-time': () => '时刻请写成 "17:00"、"+1d 09:00",或截止前后多久:due-30m、due、due+1h,例如:at: "17:00"',
  subject: () =>
    '报的是谁的,请写 township、village、grid 中的一个,例如:subject: grid;或写登记册,例如:subject: { register: premises }',
  every: () =>
    '多久一次,请写 day、workday、week、month、sweep 中的一个,或 30m、2h 这样的间隔,例如:every: day;一天几次、按登记册来的写法见 docs/playbooks.zh-CN.md',
  shape: (p) => `这里的写法不对${like(p)}`,
  'two-options': () => '选项至少要两个,例如:options: [正常, 异常]',
  'id-twice': ({ about }) => `代号「${about}」别的预案已经用了,请换一个,例如:${about}-2`,
  'two-bare': () => 'bare: true 一张表只能有一项(不写名称的数字只能算一项),请只留一处,例如:只有异常这一项写 bare: true',
  'no-fields': () => '一张表至少要有一项,例如:fields: { abnormal: { name: 异常, type: count, bare: true } }',
  moments: () =>
    '三个时刻要先后排好:opens 早于 due,due 早于 locks,例如:opens: "00:00"、due: "18:00"、locks: "+1d 12:00"',
  'step-twice': () =>
    '有两步一模一样(at、do、in 都相同),请删掉一行,例如:只留一行 { at: "17:45", do: remind, in: village }',
  'zero-name': ({ about }) => `「${about}」不是这张表的叫法,请先把它加进 aliases,例如:aliases: [${about}]`,
  'no-phase': ({ about }) =>
    `没有叫「${about}」的阶段,请写 phases 下面有的代号,或先在 phases 下加上,例如:phases: { ${about}: { … } }`,
  'no-state': ({ about }) =>
    `这个阶段没有「${about}」这种状态,请写它 states 里有的,或加进去,例如:states: [${about}, 解除]`,
  'needs-register': () =>
    '这种多久一次要有登记册才行:请把 subject 写成登记册,例如:subject: { register: premises };或改成 every: day',
  'no-register': ({ about }) =>
    `没有叫「${about}」的登记册,请写 registers 下面有的代号;登记册在别的预案里的,加一行,例如:uses: [那个预案的代号]`,
  'no-field': ({ about }) => `没有代号是「${about}」的项,请写 fields 下面有的代号(冒号前面的英文),例如:abnormal`,
  'no-choice': ({ about }) =>
    `「${about}」要是登记册里 type: choice 的一项,例如:${about}: { name: 等级, type: choice, options: [红, 黄, 绿] }`,
  'no-option': ({ about }) => `没有「${about}」这个选项,请写 options 里有的,或加进去,例如:options: [${about}, 其他]`,
  'never-ends': () => '写了 keep(结束后几天抹掉姓名),就要有结束的办法,例如:end: { aliases: [解除] },或 lasts: 14d',
  'label-twice': ({ about }) => `「${about}」有两项都这么叫,请给其中一项换个名字,例如:${about}数`,
  'no-figure': ({ about }) =>
    `没有叫「${about}」的指标,请先加上,例如:figures: { ${about}: { name: 返乡 } };或去掉这一行`,
  range: () => 'max 要比 min 大,例如:min: 34、max: 43',
  'no-form': ({ about }) => `没有代号是「${about}」的表,请写 forms 下面有的代号,例如:form: daily`,
  'no-number': () => 'above、below 只能用在数字上,请换成 type: count 或 number 的一项,例如:field: fever',
  'needs-is': ({ about }) => `「${about}」不是数字,要写明数哪一个,例如:is: 异常;是或否的一项写 is: true`,
  'slice-register': ({ about }) =>
    `「${about}」报的不是登记册里的人或户,没有名单可送,请换成 subject 是登记册的一张表,例如:form: temperature`,
  'slice-daily': ({ about }) =>
    `「${about}」不是每天报的,没有每天的名单可送,请换一张每天报的,例如:every: day 或一天几次的`,
  'slice-level': () => '名单要按登记册所在的单位或它的上级来分,请写高一些的一级,例如:in: township',
  'no-playbook': ({ about }) => `没有叫「${about}」的预案,请写 playbooks 文件夹里有的,例如:uses: [epidemic]`,
  'playbook-twice': ({ about }) => `有两个预案的代号都是「${about}」,请给其中一个换个代号,例如:id: ${about}-2`,
  'alias-twice': ({ about }) =>
    `「${about}」这个叫法别处已经在用(另一张表、登记册、阶段,或命令),请换一个,例如:${about}表`,
};

/** The sentence for a problem; there is one for every code. */
export function playbookProblem(problem: Problem): string {
  const sentence = hasSentence(problem.code) ? (ALL[problem.code] as Sentence) : undefined;
  return sentence ? sentence(problem) : `这里的写法不对(${problem.code})${like(problem)}`;
}

const ALL: Readonly<Record<string, Sentence>> = { ...SENTENCES, ...SCHEMA_SENTENCES };

/** Whether a code has a sentence of its own. */
export const hasSentence = (code: string): boolean => Object.hasOwn(ALL, code);

/** What is wrong where a file is no YAML, by the code of the parser. */
const YAML_SENTENCES: ReadonlyMap<string, string> = new Map([
  ['TAB_AS_INDENT', '缩进里有制表符(Tab),请改成空格,每层两格'],
  ['BAD_INDENT', '缩进没有对齐,同一层的行前面空格要一样多'],
  ['DUPLICATE_KEY', '同一个名字写了两次,请删掉或合并一处'],
  ['MISSING_CHAR', '少了一个引号、括号或冒号;要用英文的,冒号后面空一格,例如:name: 日报'],
  ['BLOCK_AS_IMPLICIT_KEY', '这一行的冒号或缩进不对,例如:name: 日报'],
  ['MULTILINE_IMPLICIT_KEY', '这一行少了冒号,或引号没有成对,例如:name: 日报'],
  ['BAD_SCALAR_START', '这里的第一个字符要放进英文引号,例如:"@日报"'],
  ['MULTIPLE_DOCS', '一个文件只能写一个预案,请去掉 --- 后面的,或另存一个文件'],
]);

/** The sentence for what the YAML parser found. */
export const yamlProblem = (code: string): string =>
  YAML_SENTENCES.get(code) ?? '这一行看不懂,请核对缩进(空格)、冒号(英文,后面空一格)、引号和括号,例如:due: "18:00"';

export const playbookFiles = {
  unreadable: '打不开这个文件,请核对文件的位置和名称',
  unknown: (id: string, known: readonly string[]) =>
    `没有叫「${id}」的预案。现有:${known.join('、')}。自己写的请写文件名,例如:./${id}.yaml`,
  none: '没有写是哪个预案,例如:epidemic',
} as const;
