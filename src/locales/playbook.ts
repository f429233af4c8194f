/** A playbook in words: how often, when, who, what. */
import type { Alert, Every, Field, Form, LadderStep, Level, Phase, Register, Slice } from '../core/playbook/index.ts';
import { DAY, HOUR, MINUTE } from '../core/time.ts';

const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  county: '县',
  township: '乡镇',
  village: '村',
  grid: '网格',
  cluster: '联户',
};

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;
const RHYTHMS = { day: '每天', week: '每周', month: '每月' } as const;

const list = (items: readonly string[]): string => items.join('、');
const two = (n: number): string => String(n).padStart(2, '0');
const clock = (at: number): string => `${two(Math.floor((at % DAY) / HOUR))}:${two(Math.floor((at % HOUR) / MINUTE))}`;
const levels = (of: readonly Level[]): string => list(of.map((level) => LEVEL_WORDS[level]));

/** `30 分钟`, `2 小时`. */
function spanWords(span: number): string {
  return span % HOUR === 0 && span !== 0 ? `${span / HOUR} 小时` : `${span / MINUTE} 分钟`;
}

/** A time of a period: `18:00`, `次日 12:00`; of a week `周五 18:00`, of a month `5 日 18:00`, of a round by the hour its minutes. */
export function timeWords(at: number, every: Every): string {
  const days = Math.floor(at / DAY);
  switch (every.kind) {
    case 'span':
      return at === 0 ? '一开始' : `开始后 ${spanWords(at)}`;
    case 'week':
      return `${days >= 7 ? '下' : ''}${WEEKDAYS[days % 7] ?? ''} ${clock(at)}`;
    case 'month':
      return `${days + 1} 日 ${clock(at)}`;
    default:
      return `${days === 0 ? '' : days === 1 ? '次日 ' : `第 ${days + 1} 天 `}${clock(at)}`;
  }
}

function everyWords(every: Every, field: string | null): string {
  switch (every.kind) {
    case 'day':
      return '每天一次';
    case 'workday':
      return '每个工作日一次';
    case 'week':
      return '每周一次';
    case 'month':
      return '每月一次';
    case 'sweep':
      return '不定期,由上级发起一轮';
    case 'span':
      return `每 ${spanWords(every.each)}一次`;
    case 'sessions':
      return `每天 ${every.sessions.length} 次(${list(every.sessions.map(({ name }) => name))})`;
    case 'rhythm':
      return `按${field ?? every.by}:${list(Object.entries(every.rhythms).map(([option, kind]) => `${option}${RHYTHMS[kind]}`))}`;
    case 'nth':
      return `登记后第 ${list(every.days.map(String))} 天各一次`;
    case 'each':
      return `登记后每隔 ${every.each} 天一次`;
  }
}

function dueWords(form: Pick<Form, 'every' | 'opens' | 'due' | 'locks'>): string {
  const { every } = form;
  const times = ({ opens, due, locks }: Pick<Form, 'opens' | 'due' | 'locks'>): string =>
    `${timeWords(opens, every)} 起可报,${timeWords(due, every)} 截止,${timeWords(locks, every)} 锁定`;
  if (every.kind === 'sessions') return every.sessions.map((each) => `${each.name}:${times(each)}`).join(';');
  return times(form);
}

function stepWords({ from, at, do: what, in: level }: LadderStep, every: Every): string {
  const when =
    from === undefined
      ? timeWords(at, every)
      : at === 0
        ? '截止时'
        : `截止${at < 0 ? '前' : '后'} ${spanWords(Math.abs(at))}`;
  return `${when} ${what === 'remind' ? `在${LEVEL_WORDS[level]}群提醒还没报的` : `在${LEVEL_WORDS[level]}群发汇总表`}`;
}

const KINDS: Readonly<Record<Field['type'], string>> = {
  count: '数(0 到 99999 的整数)',
  number: '量出来的数',
  choice: '选一个',
  yesno: '是或否(√ ×)',
  text: '文字',
  date: '日期',
  person: '人名',
  household: '户',
  plate: '车牌',
  photo: '照片',
};

const UPWARD = {
  hidden: '上级看不到',
  masked: '上级只看到姓',
  max: '上级看最大的',
  min: '上级看最小的',
  sum: '上级看合计',
} as const;

function kindWords(field: Field): string {
  switch (field.type) {
    case 'number':
      return `${field.min} 到 ${field.max}${field.unit ?? ''},小数 ${field.decimals} 位`;
    case 'choice':
      return field.options
        .map(({ name, words }) => (words.length > 1 ? `${name}(${list(words.slice(1))})` : name))
        .join(' / ');
    default:
      return KINDS[field.type];
  }
}

function fieldWords(field: Field, figure: string | null): string {
  const notes = [
    ...(field.required ? ['必填'] : []),
    ...(field.bare ? ['可以不写名称'] : []),
    ...(field.aliases.length > 0 ? [`也叫 ${list(field.aliases)}`] : []),
    ...(figure === null ? [] : [`和别的表的“${figure}”是同一个数`]),
    ...('upward' in field ? [UPWARD[field.upward]] : []),
  ];
  return `${field.name}:${[kindWords(field), ...notes].join(',')}`;
}

function subjectWords(form: Form, register: Register | undefined): string {
  const by = form.posts ? `,由${list(form.posts)}报` : '';
  if ('level' in form.subject) {
    const unit = LEVEL_WORDS[form.subject.level];
    return form.owed ? `每个${unit}都要报${by}` : `哪个${unit}有情况哪个报${by}`;
  }
  const where = Object.entries(form.subject.where).map(
    ([field, words]) => `${register?.fields[field]?.name ?? field}是${words.join('或')}的`,
  );
  const which = `${register?.name ?? form.subject.register}里${where.join('、')}`;
  return form.owed
    ? `${which}每${register?.measure ?? ''}都要报${by}`
    : `${which}哪${register?.measure ?? ''}有情况就报${by}`;
}

function alertWords(alert: Alert, form: Form | undefined): string {
  const field = form?.fields[alert.field]?.name ?? alert.field;
  const is =
    alert.is === undefined
      ? ''
      : typeof alert.is === 'boolean'
        ? `是“${alert.is ? '是' : '否'}”的`
        : `是“${alert.is}”的`;
  const bounds = [
    ...(alert.above === undefined ? [] : [`高于 ${alert.above} 的`]),
    ...(alert.below === undefined ? [] : [`低于 ${alert.below} 的`]),
  ].join('');
  const days = alert.days === 1 ? '一天里' : `${alert.days} 天里`;
  return `${alert.name}:一个${LEVEL_WORDS[alert.in]}${days},${form?.name ?? alert.form}的${field}${is}${bounds}到了 ${alert.atLeast},告诉${levels(alert.tell)}`;
}

const phaseWords = (phase: Phase): string =>
  `${phase.name}:${levels(phase.by)}宣布,例如:/${phase.aliases[0] ?? ''} ${phase.states[0] ?? ''};状态:${list(phase.states)}(最后一个是结束)`;

function sliceWords({ name, at, in: level, to, fields }: Slice, form: Form | undefined, register?: Register): string {
  const known = fields.map((id) => register?.fields[id]?.name ?? id);
  return `${name}:每天 ${clock(at)} 按${LEVEL_WORDS[level]}私下送给职务有“${to.join('”或“')}”的人:${list(['姓名', ...known])},当天的${form?.name ?? ''}`;
}

export const playbookWords = {
  title: (id: string, name: string) => `预案 ${name}(${id})`,
  usable: '没有问题,可以用。',
  registers: '登记册',
  forms: '表',
  alerts: '预警',
  phases: '阶段',
  slices: '名单',
  keeping: '留存',
  heading: (name: string, id: string) => `${name}(${id})`,
  called: (aliases: readonly string[]) => `也可以写:${list(aliases)}`,
  main: '主表:一句话没写是哪张表,就是它',
  subject: (form: Form, register: Register | undefined) => `谁报:${subjectWords(form, register)}`,
  every: (every: Every, field: string | null) => `多久:${everyWords(every, field)}`,
  due: (form: Form) => `时间:${dueWords(form)}`,
  while: (phase: string, states: readonly string[]) => `只在“${phase}”是${states.join('或')}时才要报`,
  adds: '同一期报几次的加起来',
  spoken: '群里不加 / 也认',
  example: (line: string) => `这样报:${line}`,
  ladderHead: '到点做的事:',
  noLadder: '到点不提醒,也不自动汇总',
  step: stepWords,
  fieldsHead: '要填的:',
  field: fieldWords,
  keptForm: (name: string, days: number | null) =>
    days === null ? `${name}:文字不自动抹掉` : `${name}:${days} 天后抹掉可能有人名的文字,数字留着`,
  keptRegister: (name: string, days: number | null) =>
    days === null ? `${name}:结束以后姓名不自动抹掉` : `${name}:结束 ${days} 天后抹掉姓名,数字留着`,
  registerOf: (register: Register) =>
    `登记在${LEVEL_WORDS[register.of]},按${register.measure}数${register.numbered ? ',每条有编号' : ''}`,
  look: (word: string) => `查一条:/${word}`,
  act: (what: 'add' | 'end' | 'cover', word: string, by: readonly Level[], name: string | null) =>
    `${what === 'add' ? '登记' : what === 'end' ? '去掉' : (name ?? '')}:/${word}(${levels(by)}可以)`,
  lasts: (days: number) => `登记后第 ${days} 天自己结束`,
  alert: alertWords,
  phase: phaseWords,
  slice: sliceWords,
} as const;

/** What a line would mean, in words. */
export const tryWords = {
  line: (text: string) => `这一句:${text}`,
  chat: '当作平常说话:不记,也不回答',
  error: '看不懂,会这样回答:',
  send: (line: string) => `请发:${line}`,
  report: (form: string) => `意思:报「${form}」`,
  act: (what: string, form: string) => `意思:${what}「${form}」`,
  command: (what: string) => `意思:${what}`,
  acts: { behalf: '替别人报', makeup: '补报', correct: '改', withdraw: '收回', chain: '粘贴的接龙' } as Readonly<
    Record<string, string>
  >,
  day: (day: string) => `哪一天:${day}`,
  subject: (subject: string | null) => `报的是谁:${subject ?? '发话的人自己的'}`,
  value: (name: string, value: string) => `${name}:${value}`,
  yes: '√',
  no: '×',
  items: (rows: readonly string[]) => `下面各行:${rows.join(' | ')}`,
  note: (note: string) => `备注:${note}`,
  until: (day: string) => `到哪一天:${day}`,
  deputy: (name: string) => `谁代:${name}`,
  chainLine: (text: string, meaning: string) => `${text}:${meaning}`,
} as const;
