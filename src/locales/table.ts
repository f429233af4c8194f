/** Every word that stands in a table's picture, its workbook and their file names. */
import type { Level } from '../core/playbook/index.ts';
import type { When } from '../core/rounds/period.ts';
import { type CivilDate, civilDateOf, clockText, type Instant, partsOf } from '../core/time.ts';

import { ROUNDS } from './zh-CN.ts';

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

const monthDay = (day: CivilDate): string => `${partsOf(day).month}月${partsOf(day).day}日`;

export const tableWords = {
  /** Head of the first column, by the level the table is about. */
  rowsOf: {
    county: '乡镇',
    township: '村',
    village: '网格',
    grid: '网格',
    cluster: '联户',
  } satisfies Record<Level, string>,

  /** The same where the only row is the unit the table is about. */
  itself: {
    county: '县',
    township: '乡镇',
    village: '村',
    grid: '网格',
    cluster: '联户',
  } satisfies Record<Level, string>,

  /** Head of a column of figures: the highest of all readings is called so. */
  column: ({ name, kind }: { name: string; kind: 'sum' | 'own' | 'max' | 'min' }): string =>
    kind === 'max' ? `最高${name}` : kind === 'min' ? `最低${name}` : name,

  counts: { expected: '应报', reported: '按时', late: '迟报', exempt: '免报', missing: '未报' },

  /** How one obligation stands. */
  states: {
    zero: '零',
    some: '有情况',
    given: '已报',
    late: '迟报',
    exempt: '免报',
    missing: '未报',
    unparsed: '未报(有一条没看懂)',
  },

  /** The same where a colour goes with it: shorter, and never told apart by the colour alone. */
  chips: {
    zero: '✓ 零',
    some: '✓ 有情况',
    given: '✓ 已报',
    late: '迟报',
    exempt: '免报',
    missing: '未报',
    unparsed: '未报·有一条没看懂',
  },

  /** How a unit with several obligations stands. */
  marks: { complete: '✓', gap: '缺', exempt: '免' },

  via: { self: '本人', behalf: '代报', phone: '电话', chain: '接龙', filled: '同填' },

  state: '状态',
  sentAt: '上报时间',
  sentBy: '方式',
  note: '备注',
  total: '合计',
  /** What is in, of what is owed: `已报 7/12`. */
  inOf: (ratio: string): string => `已报 ${ratio}`,
  /** A field nobody gave; not to be taken for 0. */
  blank: '—',
  legend: '0 是报了零,— 是没有填',

  /** The county in a file's name when its own name is not known. */
  wholeCounty: '全县',

  title: (unit: string, form: string): string => `${unit} ${form}`,

  /** `2026年11月23日 周一`, `2026年11月23日 周一 早`, `2026年11月23日起一周`. */
  day: (when: When): string => {
    const [first, label] = typeof when === 'string' ? [when, null] : [when.day, when.label];
    const { year, month, day: date, weekday } = partsOf(first);
    const text = `${year}年${month}月${date}日`;
    const long = label === null ? undefined : ROUNDS.get(label);
    return long === undefined ? `${text} ${WEEKDAYS[weekday] ?? ''}${label ? ` ${label}` : ''}` : `${text}${long}`;
  },

  /** `截止 18:00`, with the day when it is not the period's own. */
  cutOff: (due: Instant, day: CivilDate): string => `截止 ${momentText(due, day)}`,

  /** `18:03 统计`: files travel on, and must say of when they are. */
  asOf: (at: Instant, day: CivilDate): string => `${momentText(at, day)} 统计`,

  /** How many rows a picture had no room for. */
  more: (rows: number): string => `还有 ${rows} 行,请看表格文件`,
} as const;

/** Shanghai time, `18:02` on the day itself, `11月24日 09:10` on another. */
export function momentText(at: Instant, day: CivilDate): string {
  const own = civilDateOf(at);
  return own === day ? clockText(at) : `${monthDay(own)} ${clockText(at)}`;
}
