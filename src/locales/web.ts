/** What the browser console's server says: names of places, lines to try, and why a request was not taken. */
import type { Level } from '../core/playbook/index.ts';

/** The main form. */
export interface FormLines {
  /** The form's first name, e.g. 日报. */
  form: string;
  /** `/日报 0` */
  simplest: string;
  /** `/日报 2 返乡1 发热1` */
  fuller: string;
}

/** Lines that fit a person, shown as buttons that fill the input. */
export interface TryWords extends FormLines {
  /** Who could stand in; null when nobody can. */
  deputy: string | null;
}

/** Characters that are mistaken for one another, to show that a slip of the pen in a form's name is understood. */
const SLIPS: ReadonlyMap<string, string> = new Map([
  ['报', '抱'],
  ['情', '晴'],
  ['访', '仿'],
  ['检', '捡'],
]);

function slipOf(name: string): string | null {
  const chars = [...name];
  const at = chars.findIndex((char) => SLIPS.has(char));
  return at < 0 ? null : chars.with(at, SLIPS.get(chars[at] ?? '') ?? '').join('');
}

export const webWords = {
  levels: { county: '县', township: '镇', village: '村', grid: '网格', cluster: '联户' } satisfies Record<
    Level,
    string
  >,
  stranger: '陌生人',
  strangerPost: '还没认领岗位',
  step: (form: string, at: string, what: 'remind' | 'table') => `${at} ${form}${what === 'remind' ? '提醒' : '汇总'}`,
  steps: (steps: readonly string[]) => steps.join(' · '),

  reporterLines({ form, simplest, fuller, deputy }: TryWords): string[] {
    const typo = slipOf(form);
    return [
      ...new Set([simplest, fuller]),
      ...(typo ? [simplest.replace(form, typo)] : []),
      '/进度',
      ...(deputy ? [`/请假 今天 ${deputy}代`] : []),
      '/撤回',
      '/帮助',
    ];
  },
  secretaryLines: (isVillage: boolean): string[] => [
    '/进度',
    '/汇总',
    '/未报',
    ...(isVillage ? ['/催报', '/代报 其余 0 已电话核实'] : []),
    '/帮助',
  ],
  strangerLines: ({ simplest }: FormLines): string[] => [simplest, '/认领 8F3K', '/我', '/帮助'],

  errors: {
    host: '只能在这台电脑上打开。',
    origin: '请在本页面里操作。',
    type: '请求的格式不对。',
    body: '内容不对,请核对后再发。',
    large: '内容太长。',
    chat: '没有这个群。',
    person: '没有这个人。',
    groups: '群太多了,先用已有的群吧。',
    moving: '时间正在走,请稍等。',
    fixed: '这里是真实名册,时间不能快进。',
    file: '文件已经不在了,请重新发 /汇总。',
    path: '没有这个页面。',
    broken: '没有处理好,请稍后再试。',
  },
} as const;

/** Why a request was not taken; the code is stable, the sentence is shown. */
export type WebErrorCode = keyof typeof webWords.errors;
