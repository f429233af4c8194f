/** What is said when a sweep begins and ends. */
const list = (parts: readonly string[]): string => parts.join('、');
const MOST_NAMED = 30;

export const sweepWords = {
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
  untouched: (unit: string, labels: readonly string[]) =>
    `${unit}:${list(labels.slice(0, MOST_NAMED))}${labels.length > MOST_NAMED ? `等${labels.length}户` : ''}`,
  untouchedCount: (unit: string, count: number, measure: string) => `${unit} ${count}${measure}`,
} as const;
