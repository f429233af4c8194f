/** What is said when a register is looked into or changed. */
const list = (parts: readonly string[]): string => parts.join('、');

const LEVEL_NAMES = { grid: '网格', village: '村' } as const;

export const registerWords = {
  /** Names in lines shown as examples. */
  sampleName: '张三',
  sampleCover: '李四',
  help: {
    title: (name: string) => `${name}:`,
    look: (send: string) => `查:${send}`,
    add: (send: string) => `登记:${send}`,
    cover: (send: string, role: string) => `定${role}:${send}`,
    end: (send: string) => `结束:${send}`,
    phase: (name: string, sends: readonly string[]) => `${name},请选一行发:\n${sends.join('\n')}`,
  },
  whichUnit: (of: 'grid' | 'village', register: string) =>
    `请在${LEVEL_NAMES[of]}的群里发,或在前面写明是哪个${LEVEL_NAMES[of]}的${register}。`,
  mayNot: (unit: string) => `这件事要由${unit}的人或上级来发。`,
  added: (register: string, unit: string, labels: readonly string[], until: string | null) =>
    `✅ ${unit}${register}已登记:${list(labels)}${until === null ? '' : `,到${until}为止`}。`,
  already: (name: string, register: string, unit: string) => `「${name}」已经在${unit}的${register}里了,不用再登记。`,
  /** What an entry was said to be, in the place of what was known of it. */
  changed: (label: string, parts: readonly string[], until: string | null) =>
    `✅ ${label} 已改${parts.length > 0 ? `:${parts.join(' ')}` : ''}${until === null ? '' : `,到${until}为止`}。`,
  over: (name: string, last: string) => `「${name}」从那天算起,到${last}已经期满,不用登记。`,
  numberTaken: (number: string, name: string) =>
    `${number}已经是${name},没有改。新的请换一个编号,或不写编号,再发一次。`,
  ended: (register: string, labels: readonly string[]) => `✅ ${register}:${list(labels)} 已结束,不再提醒。`,
  endedReason: (register: string) => `${register}已结束`,
  covered: (labels: readonly string[], person: string, role: string) => `✅ ${list(labels)} 的${role}是${person}。`,
  coverUnknown: (name: string, found: number, role: string) =>
    found === 0
      ? `名册里没有「${name}」,请写名册里的姓名作${role}。`
      : `名册里有 ${found} 个「${name}」,请写成 姓名@村名。`,
  howMany: (unit: string, register: string, count: number, measure: string, uncovered: number | null, role: string) =>
    `${unit} ${register} ${count}${measure}${uncovered === null ? '' : uncovered === 0 ? `,都有${role}` : `,没有${role}的 ${uncovered}${measure}`}`,
  notHere: (village: string) => `姓名只在本村看。请到${village}群或私聊里查。`,
  mayNotSee: (unit: string) => `这要由${unit}或上级的人来查。`,
  entry: (entry: {
    label: string;
    unit: string;
    details: readonly string[];
    cover: { role: string; name: string | null } | null;
    until: string | null;
  }) =>
    [
      `${entry.label} ${entry.unit}`,
      ...(entry.details.length > 0 ? [entry.details.join(' ')] : []),
      ...(entry.cover ? [`${entry.cover.role}:${entry.cover.name ?? '还没有'}`] : []),
      ...(entry.until ? [`到${entry.until}为止`] : []),
    ].join('\n'),
} as const;
