/** What is said where there are several forms, and of entries that are missing in a form of a register. */
import type { Form } from '../core/playbook/index.ts';
import type { When } from '../core/rounds/period.ts';
import { timeWords } from './playbook.ts';
import { dayText } from './zh-CN.ts';

const list = (parts: readonly string[]): string => parts.join('、');

/** Of many entries in one place so many are named. */
const MOST_NAMED = 20;

const ROUNDS = new Map([
  ['week', '本周'],
  ['month', '本月'],
]);

export const formWords = {
  /** `11月23日早体温` */
  round: (when: When, form: string) => `${dayText(when)}${form}`,
  /** `今天日报`, `今天早体温`, `本周周报` */
  now: (when: When, form: string, today: string) => {
    if (typeof when === 'string') return when === today ? `今天${form}` : `${dayText(when)}${form}`;
    const long = ROUNDS.get(when.label);
    if (long !== undefined) return `${long}${form}`;
    return when.day === today ? `今天${when.label}${form}` : `${dayText(when)}${form}`;
  },
  complete: (round: string, ratio: string) => `${round}(${ratio})`,
  /** Those of several forms that are complete, after those that are not. */
  alsoIn: (rounds: readonly string[]) => `✅ 已报齐:${list(rounds)}`,
  allIn: (unit: string, rounds: readonly string[]) => `✅ ${unit} 都报齐了:${list(rounds)}`,
  otherTables: (lines: readonly string[]) => `另有:${list(lines)}`,
  nothingSaid: (unit: string, when: When, form: string) => `${unit} ${dayText(when)} 还没有人报${form}。`,
  nobodyOwes: (unit: string, when: When, form: string) => `${unit} ${dayText(when)} 没有要报${form}的。`,
  nothingToNudge: (unit: string) => `${unit}的表都报齐了,不用催。`,

  /** `三网格:张三、李四 @王五`; without the unit where that is plain. */
  missing: (unit: string | null, labels: readonly string[], measure: string, hint: string, mentions: string) => {
    const named =
      labels.length > MOST_NAMED ? `${list(labels.slice(0, MOST_NAMED))}等${labels.length}${measure}` : null;
    const who = `${unit === null ? '' : `${unit}:`}${named ?? list(labels)}`;
    return `${who}${hint ? `(${hint})` : ''}${mentions ? ` ${mentions}` : ''}`;
  },
  places: (rows: readonly string[]) => rows.join(';'),
  hintAway: '责任人请假',

  mine: (round: string, missing: number, measure: string) =>
    missing === 0 ? `您负责的${round}:都报了` : `您负责的${round}:还差 ${missing} ${measure}`,

  /** What a form's line is for, and until when it is wanted. */
  helpMeaning: ({ name, every, due, owed }: Pick<Form, 'name' | 'every' | 'due' | 'owed'>) => {
    if (!owed) return `有情况时报${name}`;
    if (every.kind === 'sweep') return `报${name}`;
    if (every.kind !== 'sessions') return `报${name},${timeWords(due, every)} 截止`;
    return `报${name},${list(every.sessions.map((each) => `${each.name} ${timeWords(each.due, every)}`))} 截止`;
  },
  helpMore: '更多请发:/帮助 表名',
  helpOthers: (names: readonly string[]) => `还能报:${list(names)}。怎么报请发,例如:/帮助 ${names[0] ?? ''}`,

  /** The measure of what is neither counted by a register nor named. */
  measure: '个',
} as const;
