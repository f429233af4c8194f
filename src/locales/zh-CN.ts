/**
 * Every sentence the bot says in chat, apart from parse and roster errors, which have files of their own.
 * Plain, short, polite; never blaming. A line to send stands after `请发:` so that it can be copied.
 */

import type { Level } from '../core/playbook/index.ts';
import type { ReceiptWords } from '../core/receipt-words.ts';
import type { When } from '../core/rounds/period.ts';
import type { CivilDate } from '../core/time.ts';
import { clockText, partsOf } from '../core/time.ts';
import { BOT_NAME } from './bot-name.ts';

export { BOT_NAME };

/** What rounds longer than a day are called beside the day on which they begin. */
export const ROUNDS = new Map([
  ['week', '起一周'],
  ['month', '起一月'],
]);

/** `11月21日`, `11月21日早`, `11月23日起一周` */
export function dayText(when: When): string {
  const { month, day } = partsOf(typeof when === 'string' ? when : when.day);
  const label = typeof when === 'string' ? '' : (ROUNDS.get(when.label) ?? when.label);
  return `${month}月${day}日${label}`;
}

/** What a unit of a level is called where no name is said. */
const LEVELS: Record<Level, string> = { county: '县', township: '乡镇', village: '村', grid: '网格', cluster: '联户' };

const list = (parts: readonly string[]): string => parts.join('、');
const line = (command: string): string => `请发:${command}`;

function receiptMarks({ late, behalf }: ReceiptWords): string {
  const marks = [...(late ? ['迟报'] : []), ...(behalf ? [behalf] : [])];
  return marks.length > 0 ? `(${marks.join(',')})` : '';
}

/** What a report does to other forms; nothing of nearly every one. */
function otherForms(fills: readonly string[] = [], owed: readonly string[] = []): string {
  return `${fills.length > 0 ? `,同时填好:${list(fills)}` : ''}${owed.length > 0 ? `,还要另报:${list(owed)}` : ''}`;
}

export const zh = {
  otherForms,
  /** Of several answers in one message: whose this is. */
  forWhom: (name: string, text: string) => `${name}:${text}`,
  /** A sentence with the line to send instead, where there is one. */
  withLine: (sentence: string, send: string | null) => (send === null ? sentence : `${sentence}${line(send)}`),
  receipt(words: ReceiptWords): string {
    const { unit, day, form, zero, values, items, madeUp, corrected, sentAt, ratio } = words;
    const what = corrected ? `${form}已更正` : `${zero ? '零报告' : form}已${madeUp ? '补' : '收'}`;
    const content = [
      ...(corrected && zero ? ['为 0'] : []),
      ...(values ? [values] : []),
      ...(items ? [`另附${items}条`] : []),
    ];
    const tail = content.length > 0 ? ` ${content.join(' ')}` : '';
    return `✅ ${unit} ${dayText(day)} ${what}${receiptMarks(words)} ${clockText(sentAt)}${tail}(${ratio})${otherForms(words.alsoFills, words.stillOwed)}`;
  },
  onBehalf: (name: string) => `${name}代报`,
  byPhone: (name: string) => `${name}电话代报`,
  /** `also`: forms it had filled, taken back with it; `others`: those that now go by what was said elsewhere. */
  withdrawn(
    unit: string,
    day: When,
    form: string,
    again: string,
    also: readonly string[] = [],
    others: readonly string[] = [],
  ): string {
    const taken = also.length > 0 ? `,同时填的${list(also)}也一起撤回` : '';
    const changed = others.length > 0 ? `,${list(others)}改按别的报告填` : '';
    return `↩️ ${unit} ${dayText(day)} ${form}已撤回${taken}${changed}。要重新报,${line(again)}`;
  },
  nothingToWithdraw: (unit: string, day: When, form: string, send: string) =>
    `${unit} ${dayText(day)} 还没有${form},不用撤回。要报${line(send)}`,
  nothingToCorrect: (unit: string, day: When, form: string, send: string) =>
    `${unit} ${dayText(day)} 还没有${form},直接报就行。${line(send)}`,
  stillCounted: (send: string) => `刚才那条报告仍然算数。要收回,${line(send)}`,
  alsoStandingIn: (unit: string, away: string, send: string) => `(您还代${away}:${unit}还没报,${line(send)})`,

  tableTitle: (unit: string, form: string, day: When, at: string) => `📋 ${unit} ${dayText(day)}${form} ${at}`,
  tableCounts: (c: { expected: number; reported: number; late: number; exempt: number; missing: number }) =>
    `应报${c.expected} 按时${c.reported} 迟报${c.late} 免报${c.exempt} 未报${c.missing}`,
  tableComplete: '✅ 全部报齐',
  tableMissing: (rows: readonly string[]) => ['未报:', ...rows].join('\n'),
  tableGaps: (rows: readonly string[]) => ['未齐:', ...rows].join('\n'),
  tableExempt: (rows: readonly string[]) => `免报:${list(rows)}`,
  tableSums: (sums: readonly string[]) => `合计:${sums.join(' ')}`,
  tableNoted: (rows: readonly string[]) => `有情况:${list(rows)}`,
  tableSkipped: (steps: readonly string[]) => `(因停机没有发出:${list(steps)})`,
  noTable: (unit: string, day: When) => `${unit} ${dayText(day)} 没有要报的。`,
  stepRemind: (at: string) => `${at} 提醒`,
  stepTable: (at: string) => `${at} 汇总`,

  /** A missing grid in a reminder or a table: its name, what is known, who is to act. */
  missingGrid: (grid: string, hint: string, mentions: string) =>
    `${grid}${hint ? `(${hint})` : ''}${mentions ? ` ${mentions}` : ''}`,
  hintVacant: '空岗,请代报',
  hintMerged: '已撤并,请代报',
  hintAway: (name: string) => `${name}请假`,
  hintUnreachable: (name: string) => `${name}还没认领`,
  hintElsewhere: (name: string) => `${name}还没在这边认领`,
  hintUnparsed: '发过一条没看懂的',
  gapMissing: (unit: string, missing: number) => `${unit} ${missing}个`,
  gapUnit: (unit: string, ratio: string, mentions: string) => `${unit} ${ratio}${mentions ? ` ${mentions}` : ''}`,

  /** So many of what is counted by a measure word: `5 户`. */
  counted: (count: number, measure: string) => `${count} ${measure}`,
  /** @param counted how many are missing, where that is not the number of rows */
  reminder: (
    day: When,
    form: string,
    due: string,
    past: boolean,
    rows: readonly string[],
    send: string | null,
    counted = `${rows.length} 个`,
  ) => {
    const head = `⏰ ${dayText(day)}${form}还差 ${counted},${past ? `${due} 已过,仍可补报` : `${due} 截止`}`;
    return [send ? `${head},${line(send)}` : head, ...rows].join('\n');
  },
  nudge: (day: When, form: string, rows: readonly string[], send: string | null, counted = `${rows.length} 个`) =>
    [`🔔 请大家看一下:${dayText(day)}${form}还差 ${counted}${send ? `,${line(send)}` : ''}`, ...rows].join('\n'),
  behalfHint: (send: string) => `代报${line(send)}`,
  madeGood: (day: When, form: string, rows: readonly string[]) => `✅ ${dayText(day)}${form}已补齐:${list(rows)}`,
  unreached: (rows: readonly string[]) =>
    `⚠️ 有消息没能送到下面的群:${list(rows)}。请看看群在不在、机器人在不在群里;没绑定的群请在群里发:/绑定 单位名`,

  groupsLost: (units: readonly string[]) =>
    `⚠️ 找不到这些单位的群了:${list(units)}。请把我请回群里,在群里发:/绑定 ${units[0] ?? ''}`,

  peopleLost: (platform: string, count: number) =>
    `⚠️ ${platform}重新登录后,大家的账号编号都换了:${count} 人要重新认领,认领以前我认不出他们。请办公室重新发认领码,各人私聊我发:/认领 认领码`,

  allIn: (unit: string, day: When, form: string, ratio: string) =>
    `✅ ${unit} ${dayText(day)}${form}都报齐了(${ratio})`,
  progress: (unit: string, day: When, form: string, ratio: string, rows: readonly string[]) =>
    `${unit} ${dayText(day)}${form} ${ratio},还差:${list(rows)}`,
  nothingToNudge: (unit: string, form: string) => `${unit}的${form}都报齐了,不用催。`,
  nudgedAlready: (at: string, next: string) => `${at} 刚催过,${next} 以后可以再催。要看谁没报,${line('/未报')}`,
  nudgeHeld: (unit: string, missing: number) => `现在是休息时间,不打扰。07:00 再在${unit}群里催,还差 ${missing} 个。`,
  nudgeSent: (unit: string, missing: number) => `已在${unit}群里催了,还差 ${missing} 个。`,

  notBound: `本群还没有绑定单位,所以先不能在这里用。请村书记或上级发:/绑定 单位名(例:/绑定 福山地村)`,
  greeting: (send: string) =>
    `大家好,我是${BOT_NAME}:收报告、到点提醒、自动汇总。请书记在本群发:/绑定 单位名(例:/绑定 福山地村);之后网格长每天发 ${send} 就行。`,
  greetingDeaf: `大家好,我是${BOT_NAME}。现在群里的话我还听不到。请群主把我设为群管理员,然后书记在本群发:/绑定 单位名(例:/绑定 福山地村)`,
  stranger: `还不知道您是哪个岗位。请向村书记要认领码,再发:/认领 认领码`,
  needGroup: (send: string) => `这一句要在群里发。请到群里发:${send}`,
  notEntitled: (who: string, send: string) => `这件事要由${who}来发:${send}`,
  whoOrAbove: (name: string) => `${name}本人或上级`,
  whoLeads: (unit: string) => `${unit}或上级的负责人`,
  unitNotFound: (name: string, send: string) =>
    `没找到「${name}」。请写全名,例如 福山地村/一网格;看有哪些没报,${line(send)}`,
  unitAmbiguous: (name: string, choices: readonly string[]) => `有几个「${name}」,请选一行发:\n${choices.join('\n')}`,
  notOfLevel: (level: Level, name: string, send: string) => `「${name}」不是${LEVELS[level]}。${line(send)}`,
  personNotFound: (name: string, send: string) =>
    `名册里没有「${name}」。请写名册里的姓名;不写代理人的话,${line(send)}`,
  whichUnit: (level: Level, choices: readonly string[]) =>
    `您有几个${LEVELS[level]},请选一行发:\n${choices.join('\n')}`,
  noUnit: (level: Level, send: string | null) =>
    `您名下没有${LEVELS[level]}。${send ? `代报${line(send)}` : '若岗位不对,请村书记核对名册。'}`,
  wrongPlace: (village: string, grid: string, send: string) => `请到${village}群、${grid}群或私聊里报,发:${send}`,
  notYours: (level: Level, unit: string, send: string) =>
    `${unit}由本${LEVELS[level]}的人自己报,或由村里、上级发:${send}`,
  noSuchPeriod: (day: When, form: string, send: string) =>
    `${dayText(day)}没有${form}(那天还没开始用)。今天的${line(send)}`,
  notOwedNow: (form: string) => `${form}现在不用报:要等上级启动。`,
  notExpected: (unit: string, day: When) => `${unit}不在 ${dayText(day)} 的应报名单里,以后新一期会排进来。`,
  locked: (day: When, form: string, send: string) => `${dayText(day)}${form}已经锁定。要补或改,请村里或上级发:${send}`,
  lockedNeedsReason: (day: When, form: string, send: string) =>
    `${dayText(day)}${form}已经锁定,补报要写原因。${line(send)}`,
  onlyOwnWithdraw: (send: string) => `锁定后不能撤回。要改数字,请村里或上级发:${send}`,

  restNone: (unit: string) => `${unit}没有未报的,不用代报。`,
  restOnlyZero: (send: string) => `「其余」只能代报 0;有情况的请一个一个报。${line(send)}`,
  restAsk: (day: When, form: string, grids: readonly string[]) =>
    `${dayText(day)}${form}还有 ${grids.length} 个没报:${list(grids)}。确认都代报 0(记为电话核实),10 分钟内${line('/确认')}`,
  /**
   * @param other the form's name where it is not the main one
   * @param fills the forms that were filled with them
   */
  restDone: (
    grids: readonly string[],
    day: When,
    other: string,
    late: boolean,
    ratio: string,
    fills: readonly string[] = [],
  ) =>
    `✅ ${list(grids)} ${dayText(day)} ${other}零报告已收(电话代报${late ? ',迟报' : ''})(${ratio})${otherForms(fills)}`,
  nothingToConfirm: (send: string) => `现在没有要确认的事,可能已经过了 10 分钟。要代报其余的,${line(send)}`,

  chainNone: (send: string) => `这份接龙里没有看懂的行。每行请写:网格 数字。只报自己的,${line(send)}`,
  chainProblems: (problems: readonly string[]) => `还没算进去:${problems.join(';')}。看还差谁,${line('/未报')}`,
  chainNotYours: (name: string) => `${name} 请本人或书记报`,
  chainElsewhere: (name: string) => `${name} 请在本村群里报`,
  chainLocked: (name: string) => `${name} 已锁定`,
  chainNotExpected: (name: string) => `${name} 不在应报名单里`,
  chainUnread: (text: string) => `「${text}」没看懂`,

  exempted: (unit: string, days: string, reason: string) => `✅ ${unit} ${days} 免报(${reason})`,
  exemptNeedsReason: (send: string) => `免报要写原因。${line(send)}`,
  exemptNeedsUnit: '要写哪个网格免报。请发:/免报 三网格 11月23日 整组搬迁',
  exemptAlreadyIn: (unit: string, day: When) => `${unit} ${dayText(day)} 已经报了,不用免报。`,
  days: (from: CivilDate, to: CivilDate) => (from === to ? dayText(from) : `${dayText(from)}至${dayText(to)}`),

  leaveTaken: (name: string, days: string, deputy: string | null) =>
    deputy
      ? `✅ ${name} ${days} 请假,由${deputy}代。这几天提醒发给${deputy}。`
      : `✅ ${name} ${days} 请假。没写代理人,这几天提醒发给副职或上级。要写代理人,例如:/请假 今天 李四代`,
  leaveOwnDeputy: '代理人不能是本人。请写另一位,例如:/请假 今天 李四代',
  leaveNoPost: '您现在没有岗位,不用请假。',
  leaveEnded: (name: string, days: string) => `✅ ${name}已销假(${days}),提醒恢复发给本人。`,
  leaveNone: '您现在没有请假。',

  boundAbove: (unit: string) => `✅ 本群已绑定${unit}。看哪里没报齐发 /未报;要汇总表发 /汇总;更多请发 /帮助`,
  bound: (unit: string, send: string) => `✅ 本群已绑定${unit}。网格长每天发 ${send};看谁没报发 /未报;更多请发 /帮助`,
  bindAsk: (before: string, unit: string) =>
    `本群现在是${before}群。改成${unit}群后,${before}就没有群了。确认要改,10 分钟内${line('/确认')}`,
  boundAlready: (unit: string) => `本群已经是${unit}群,不用再绑。`,
  boundElsewhere: (unit: string) => `(${unit}原来的群不再收提醒和汇总)`,

  claimed: (name: string, posts: readonly string[]) => `✅ ${name},您好。岗位:${list(posts)}。`,
  claimHowTo: (send: string) => `每天${line(send)}`,
  claimAlready: (name: string) => `您已经是${name},不用再认领。`,
  claimWrong: '认领码不对或已过期。请核对后再发,或向村书记要新的:/认领 认领码',
  claimReplaced: (name: string) =>
    `${name}的身份刚刚由另一个账号认领了,这个账号不再是${name}。不是您本人操作的,请马上告诉上级。`,
  claimTooOften: '试的次数多了,请一小时后再试,或向村书记要新的认领码。',

  addAccountCode: (code: string, minutes: number) =>
    `请在另一个平台上私聊我,发:/认领 ${code}\n这个码 ${minutes} 分钟内有效,只能用一次,不要转给别人。`,
  addAccountInPrivate: '认领码不能让别人看到。请私聊我发:/加账号',

  me: (name: string, posts: readonly string[], unit: string | null, today: string | null) =>
    [
      `${name}:${posts.length > 0 ? list(posts) : '暂无岗位'}`,
      ...(unit ? [`本群:${unit}`] : []),
      ...(today ? [today] : []),
    ].join('\n'),
  meStranger: (displayName: string) => `还不知道您是谁(${displayName})。有认领码请发:/认领 认领码`,
  meToday: (unit: string, round: string, state: string) => `${unit}${round}:${state}`,
  states: { reported: '已报', late: '已报(迟报)', exempt: '免报', missing: '未报' },

  helpTitle: (name: string | null) => (name ? `${name},您在这里可以发:` : '在这里可以发:'),
  helpLine: (example: string, meaning: string) => `${example}  ${meaning}`,
  helpUnknown: (name: string) => `没有「${name}」这一项。请发:/帮助`,

  failuresNone: '没有送不出去的消息。',
  failures: (rows: readonly string[]) => `最近送不出去的:\n${rows.join('\n')}`,
  failureRow: (at: string, unit: string, what: string) => `${at} ${unit} ${what}`,
  noticeNames: {
    alert: '预警',
    answer: '回复',
    receipt: '回复',
    requestedTable: '汇总',
    reminder: '提醒',
    table: '汇总',
    nudge: '催报',
    madeGood: '补齐通知',
    file: '汇总文件',
    requestedFile: '汇总文件',
    slice: '名单',
    sliceFile: '名单文件',
    sliceUndelivered: '名单未送达通知',
    groupsLost: '群变动通知',
    peopleLost: '重新认领通知',
    unreached: '未送达通知',
  },

  lineExpected: (send: string) => `收到了,不过这里只认文字。${line(send)}`,
  broken: '系统刚才没处理好这一条,没有记下。请稍等一分钟再发一次。',
} as const;
