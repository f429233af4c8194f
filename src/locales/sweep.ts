/** What is said when a sweep begins and ends. */
const list = (parts: readonly string[]): string => parts.join('、');
const MOST_NAMED = 30;

export const sweepWords = {
  word: (command: string, form: string) =>
    command === 'correct' ? `更正 ${form}` : command === 'withdraw' ? `撤回 ${form}` : form,
  endLine: (form: string, args: string) => `/${form} 结束 ${args}`,
  which: (form: string, sends: readonly string[]) =>
    `现在有 ${sends.length} 个${form},请选一行发:\n${sends.join('\n')}`,
  noTopic: (topic: string, form: string, topics: readonly string[]) =>
    `现在没有「${topic}」这个${form},没有记。正在进行的:${list(topics)}。请发:/${form} ${topics[0] ?? ''} 12 无`,
  mayNot: (unit: string, form: string) => `${form}由${unit}或上级的负责人开始和结束。`,
  whichArea: '请写明查哪里,例如在村群里发。',
  nobody: (unit: string, register: string) => `${unit}的${register}还是空的,请先导入或登记。`,
  running: (topic: string, form: string) => `「${topic}」正在${form},不用再开始。要结束请发:/${form} 结束`,
  begun: (unit: string, topic: string, form: string, count: string, until: string) =>
    `📢 ${unit}开始${form}:${topic},共 ${count},${until} 截止。查过一户报一户,例如:/${form} 12 13 15-20 无`,
  asked: (unit: string, topic: string, form: string, count: string, until: string) =>
    `📢 ${unit}开始${form}:${topic},全部 ${count},${until} 截止。请各网格查过一户报一户,例如:/${form} 12 13 15-20 无`,
  none: (unit: string, form: string) => `${unit}现在没有正在进行的${form}。`,
  complete: (unit: string, topic: string, form: string, ratio: string) =>
    `✅ ${unit}「${topic}」${form}结束,全部查到(${ratio})。`,
  ended: (unit: string, topic: string, form: string, day: string, ratio: string, untouched: readonly string[]) =>
    [`${unit}「${topic}」${form}结束(${day}开始),查到 ${ratio}。还没查到的:`, ...untouched].join('\n'),
  untouched: (unit: string, labels: readonly string[], measure: string, mark: string) =>
    `${unit}${mark}:${list(labels.slice(0, MOST_NAMED))}${labels.length > MOST_NAMED ? `等${labels.length}${measure}` : ''}`,
  untouchedCount: (unit: string, count: number, measure: string, mark: string) => `${unit}${mark} ${count}${measure}`,
  /** Somebody was there, and has to come again. */
  againMark: '还要再去',
  fromAbove: (unit: string, topic: string, form: string) => `「${topic}」是${unit}开始的${form},由${unit}结束。`,
} as const;
