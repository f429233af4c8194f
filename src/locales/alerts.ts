/** What is said of thresholds that were passed, and of who knows. */
import type { AlertWords } from '../core/alert-words.ts';
import type { CivilDate } from '../core/time.ts';
import { lines } from './lines.ts';
import { dayText } from './zh-CN.ts';

/** What stands in every sentence about an alert. */
export interface AlertFacts {
  number: number;
  /** The area. */
  unit: string;
  value: number;
  words: AlertWords;
  /** Its day, where that is not today. */
  day: CivilDate | null;
}

const send = (number: number): string => `收到请发:${lines.acknowledge(number)}`;

const amount = ({ measure }: AlertWords, value: number): string => `${value} ${measure ?? '个'}`.trim();

/** `发热`, `消毒×`, `体温高于37.3℃` */
function whatOf({ what, no, above, below, unit = '' }: AlertWords): string {
  const bounds = [
    ...(above === undefined ? [] : [`高于${above}${unit}`]),
    ...(below === undefined ? [] : [`低于${below}${unit}`]),
  ];
  return `${what}${no ? '×' : ''}${bounds.join('或')}`;
}

function spanOf({ words: { days }, day }: AlertFacts): string {
  const span = days === 1 ? '当天' : `${days === 2 ? '两' : days}天内`;
  return day === null ? span : days === 1 ? dayText(day) : `截至${dayText(day)}${span}`;
}

/** `两天内发热 3 人` */
const figure = (facts: AlertFacts): string =>
  `${spanOf(facts)}${whatOf(facts.words)} ${amount(facts.words, facts.value)}`;
const source = ({ words }: AlertFacts): string => `(${words.form},${words.name})`;

export const alertText = {
  raised: (facts: AlertFacts) => `⚠️ 预警${facts.number} ${facts.unit} ${figure(facts)}${source(facts)}。`,
  grown: (facts: AlertFacts, before: number) =>
    `⚠️ 预警${facts.number} ${facts.unit} 又增加:${figure(facts)},先前 ${amount(facts.words, before)}${source(facts)}。`,
  again: (facts: AlertFacts) => `⚠️ 预警${facts.number} 还没有人收到:${facts.unit} ${figure(facts)}${source(facts)}。`,
  /** Asks for an answer, and whom. */
  asks: (text: string, number: number, mentions: string) => `${text}${send(number)}${mentions && `\n${mentions}`}`,

  acknowledged: (number: number, name: string, at: string) => `✅ 预警${number} 已由${name}收到 ${at}`,
  acknowledgedBefore: (number: number, name: string, at: string) => `预警${number} ${at} 已由${name}收到,不用再发。`,
  unknown: (number: number, open: readonly number[]) =>
    open.length > 0
      ? `没有预警${number}。还没人收到的,请发:${choices(open)}`
      : `没有预警${number},现在没有要收到的预警。`,
  none: '现在没有要收到的预警。',
  which: (open: readonly number[]) => `有几条预警,请选一行发:\n${open.map(lines.acknowledge).join('\n')}`,
  whoMay: (units: readonly string[]) => `${units.join('、')}的负责人`,
} as const;

const choices = (open: readonly number[]): string => open.map(lines.acknowledge).join(' 或 ');
