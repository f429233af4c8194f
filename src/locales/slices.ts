/** Every word of the slices of registers that departments are given: in private, in their workbook, and in the group. */
import { type CivilDate, clockText, type Instant } from '../core/time.ts';
import { dayText } from './zh-CN.ts';

export interface SessionCounts {
  /** 早, 晚; null where the day has one. */
  label: string | null;
  owed: number;
  in: number;
  /** Null where the playbook does not say what is beyond bounds. */
  beyond: number | null;
  exempt: number;
  missing: number;
}

export const sliceWords = {
  title: (unit: string, name: string, day: CivilDate, at: Instant) =>
    `📋 ${unit} ${dayText(day)}${name} ${clockText(at)}`,
  entries: (register: string, count: number, measure: string) => `${register} ${count}${measure}`,
  counts: ({ label, owed, in: given, beyond, exempt, missing }: SessionCounts) =>
    [
      `${label === null ? '' : `${label}:`}应报${owed}`,
      `已报${given}`,
      ...(beyond === null ? [] : [`超出${beyond}`]),
      ...(exempt === 0 ? [] : [`免报${exempt}`]),
      `未报${missing}`,
    ].join(' '),
  nothingYet: '今天还没有到报的时候。',
  skipped: (day: CivilDate) => `(因停机没有发出:${dayText(day)}的名单)`,
  private: '名单里有姓名,请只用在工作上,不要转到群里。',

  /** Nobody holds a post of these titles. */
  vacant: (unit: string, name: string, day: CivilDate, titles: string) =>
    `⚠️ ${unit} ${dayText(day)}${name}没能送到:「${titles}」现在空岗。名单只私下发给任这个岗位的人,请办公室在名册里补上。`,
  /** Somebody does, and could not be given it. */
  unreached: (unit: string, name: string, day: CivilDate, titles: string) =>
    `⚠️ ${unit} ${dayText(day)}${name}没能送到「${titles}」。名单只私下发给任这个岗位的人,还没认领的请私聊我发:/认领 认领码;请假的请写上代理人,例如:/请假 今天 李四代`,

  township: '乡镇',
  village: '村',
  grid: '网格',
  label: '姓名',
  readAt: '时间',
  readBy: '报告人',
  /** Head of a column of one session: `早 体温`. */
  inSession: (session: string | null, head: string) => (session === null ? head : `${session} ${head}`),
  beyond: (count: number) => `超出 ${count}`,
  yes: '√',
  no: '×',
} as const;
