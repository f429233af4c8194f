/** What is said of alerts. */
import type { AlertWords } from '../core/alert-words.ts';

const line = (command: string): string => `请发:${command}`;

/** `⚠️ 预警3 发热聚集:福山地村 2天内 发热 3(日报)。收到请发:/收到 3` */
export function alertText(
  { number, name, form, what, days, value, unit, beyond, before, again }: AlertWords,
  area: string,
): string {
  const span = days > 1 ? `${days}天内 ` : '';
  const count = beyond ? `${what}超限 ${value} 次` : `${what} ${value}${unit ?? ''}`;
  const grown = before === null ? '' : `,比上次(${before})又增加`;
  const head = again ? `⚠️ 预警${number} 还没有人收到` : `⚠️ 预警${number}`;
  return `${head} ${name}:${area} ${span}${count}(${form})${grown}。收到${line(`/收到 ${number}`)}`;
}

export const alertWords = {
  acknowledged: (number: number, name: string, at: string) => `✅ 预警${number} 已由${name}收到 ${at}`,
  already: (number: number, name: string, at: string) => `预警${number} ${at} 已由${name}收到。`,
  none: '现在没有要收的预警。',
  which: (choices: readonly string[]) => `有几个预警,请选一行发:\n${choices.join('\n')}`,
  choice: (number: number, name: string, area: string) => `/收到 ${number}(${area} ${name})`,
  unknown: (number: number) => `没有预警${number}。看最近的${line('/收到')}`,
  notYours: (unit: string) => `这个预警由${unit}或上级的负责人来收。`,
} as const;
