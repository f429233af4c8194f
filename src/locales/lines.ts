/** Lines to send, ready to copy: the words of commands as people type them. */
import type { CommandName } from './help.ts';

/** The word of each command that can stand in a line made for somebody; a form's line begins with the form's name. */
export const WORDS = {
  progress: '进度',
  rollup: '汇总',
  missing: '未报',
  nudge: '催报',
  bind: '绑定',
  exempt: '免报',
  leave: '请假',
  withdraw: '撤回',
  correct: '更正',
  behalf: '代报',
  makeup: '补报',
} as const satisfies Partial<Record<CommandName | 'behalf' | 'makeup', string>>;

export const lines = {
  bind: (unit: string | null) => `/绑定 ${unit ?? '单位名'}`,
  leave: (args: string) => `/请假 ${args}`,
  exempt: (grid: string, day: string) => `/免报 ${[grid, day].filter(Boolean).join(' ')} 原因`,
  /** A form's simplest line, with the day where it is not today's: `/日报 11月23日 0`. */
  report: (simplest: string, day: string | null) => (day === null ? simplest : simplest.replace(' ', ` ${day} `)),
  /** `/代报 三网格 0`; the form's name where it is not the main one: `/代报 水情 三网格 11月23日 水位3`. */
  behalf: (form: string | null, grid: string, day: string | null, values: string) =>
    ['/代报', ...(form ? [form] : []), grid, ...(day ? [day] : []), values].join(' '),
  rest: '/代报 其余 0',
  withReason: (line: string) => `${line} 原因`,
  withdraw: '/撤回',
  claim: (code: string) => `/认领 ${code}`,
  correctAbove: (grid: string, day: string) => `/更正 ${grid} ${day} 1 原因`,
  acknowledge: (number: number) => `/收到 ${number}`,
  /** A line with its word and its arguments. */
  of: (word: string, args: string) => `/${word} ${args}`.trim(),
} as const;
