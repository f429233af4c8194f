/** What is said about entries of registers, the registers themselves, sweeps and phases. */

const line = (command: string): string => `请发:${command}`;
const list = (parts: readonly string[]): string => parts.join('、');

/** Of many names as many are said; the rest are counted. */
const MOST_NAMED = 12;

interface TakenWords {
  unit: string;
  when: string;
  form: string;
  what: string;
  late: boolean;
  ratio: string | null;
  /** Where reports add up: the sums so far. */
  total: string | null;
}

function takenText({ unit, when, form, what, late, ratio, total }: TakenWords, mark: string, done: string): string {
  const tail = ratio === null ? '' : `(${ratio})`;
  return `${mark} ${unit} ${when} ${form}${done}${late ? '(迟报)' : ''}:${what}${total ? `,累计 ${total}` : ''}${tail}`;
}

interface EntryMarks {
  visit: number | null;
  again: boolean;
  /** Somebody else's report before this one; `replaced` where this one counts in its place. */
  before: { name: string; at: string; replaced: boolean } | null;
}

const beforeText = ({ name, at, replaced }: NonNullable<EntryMarks['before']>): string =>
  replaced ? `${name} ${at} 已报过,以这次为准` : `上次 ${name} ${at}`;

export const entryWords = {
  zero: '无',
  /** What is taken back where reports add up. */
  theLast: '最近一次',
  these: (labels: readonly string[], what: string) => {
    const more = labels.length - MOST_NAMED;
    const names = more > 0 ? `${list(labels.slice(0, MOST_NAMED))}等${labels.length}个` : list(labels);
    return `${names}${what === '' ? '' : ` ${what}`}`;
  },
  taken: {
    report: (words: TakenWords) => takenText(words, '✅', '已收'),
    correct: (words: TakenWords) => takenText(words, '✅', '已更正'),
    withdraw: (words: TakenWords) => takenText(words, '↩️', '已撤回'),
  },
  /** What is to be known of a report beside what it says: `(第2次,上次 李四 10:11)`. */
  marks({ visit, again, before }: EntryMarks): string {
    const parts = [
      ...(visit === null ? [] : [`第${visit}次`]),
      ...(again ? ['还要再去'] : []),
      ...(before === null ? [] : [beforeText(before)]),
    ];
    return parts.length > 0 ? `(${parts.join(',')})` : '';
  },

  nameIt: (register: string) => `请写明是哪一个${register}。`,
  several: (name: string, sends: readonly string[]) => `有几个「${name}」,请选一行发:\n${sends.join('\n')}`,
  /** Names are not repeated where they must not be read. */
  elsewhere: (village: string | null) => `名字只在本村说。请把刚才这一行发到${village ?? '村'}群或私聊里。`,
  notYours: (name: string) => `「${name}」不归您负责,请由责任人、本网格的人或上级来报。`,
  unknown: (name: string, register: string, send: string | null) =>
    `${register}里没有「${name}」,请核对${send === null ? '。' : `;新来的先登记,${line(send)}`}`,
  noPeriod: (form: string, name: string) => `${name} 这天没有${form}要报。`,
  noSweep: (form: string) => `现在没有正在进行的${form}。要开始,${line(`/${form} 开始 外来人员`)}`,
  notSwept: (name: string, form: string) => `${name}不在这次${form}的名单里(开始以后登记的),下次排进来。`,
  /** Fields a period's form does not have: it was opened before the form was changed. */
  notInForm: (when: string, form: string, fields: readonly string[]) =>
    `${when}的${form}还是改之前的表,没有「${list(fields)}」这一项,没有记。请去掉它再发,下一期起可以报。`,
  photoMissing: (form: string, field: string) =>
    `${form}要有${field}。请把照片和这一行一起发,或写明几张,例如:${field}1`,
  nothingYet: (name: string, when: string, form: string) => `${name} ${when} 还没有报${form}。`,
  locked: (when: string, form: string) => `${when}${form}已经锁定,要补或改请村里或上级来发。`,
} as const;
