/** What the command line says to an office. */
import type { CivilDate } from '../core/time.ts';
import { ROUNDS } from './zh-CN.ts';

export const cliText = {
  rosterFile: (path: string) => `花名册 ${path}`,
  rosterProblems: (count: number) => `共 ${count} 处要改,改好以前一行也不会导入。改好后请再执行一次。`,
  nothingToChange: '和现在的名册一样,没有要改的。',
  applyHint: '以上还没有改。确认无误后,在命令后面加 --apply 再执行一次。',
  imported: (day: CivilDate) => `名册已导入,从 ${day} 起生效。发认领码请执行:gridbot roster codes`,
  isSample: '这是示例县的数据库,不能导入真名册。请换一个库,例如先执行:export DATABASE_URL=file:./data/county.db',
  noCodes: '没有要发的认领码:有岗位的人都认领过了。给某人补发请加 --person 姓名',
  codesHead: ['单位', '职务', '姓名', '认领码'],
  changedMeanwhile: '刚才有人同时改了名册、台账或用了认领码,这次什么都没有改。请再执行一次。',
  notOne: (name: string, found: number) => (found === 0 ? `没找到「${name}」` : `「${name}」有 ${found} 个,请写全`),
  badDay: (text: string) => `「${text}」不是日期,请写成 2026-12-01`,

  direct: '私聊',
  portInUse: (port: number) =>
    `端口 ${port} 已被占用。请换一个,网页的例如:export PORT=8081;Telegram 推送的例如:export TELEGRAM_WEBHOOK_PORT=8444`,
  started: (url: string) => `网格助手已启动。请用浏览器打开 ${url}(按 Ctrl+C 停止)`,
  alreadyRunning:
    '网格助手已在运行,同一个数据库不能启动两个。请先停掉原来那个;要另开一个,请换一个库,例如先执行:export DATABASE_URL=file:./data/other.db',

  sampleOnPlatforms:
    '这是示例县的数据库,不能接真的微信或 Telegram。请换一个库,例如先执行:export DATABASE_URL=file:./data/county.db',

  statusTitle: (unit: string, day: CivilDate, form: string, ratio: string) => `${unit} ${day} ${form} ${ratio}`,
  statusRound: (form: string, label: string) => `${form}(${ROUNDS.get(label) ?? label})`,
  statusSaid: (unit: string, day: CivilDate, form: string, count: number) => `${unit} ${day} ${form} ${count} 条`,
  statusAllIn: '  都报齐了',
  statusGap: (path: string, ratio: string, names: readonly string[]) =>
    `  ${path} ${ratio}${names.length > 0 ? `:${names.join('、')}` : ''}`,
  statusSkipped: (at: string, what: string) => `  因停机没有发出:${at} ${what}`,
  statusFailed: (count: number) => `  没能送到的消息:${count} 条(群里发 /未送达 可看)`,
  statusOutage: (platform: string, account: string, from: string, to: string, lossy: boolean) =>
    `  ${platform}${account ? ` ${account} 号` : ''} ${from}–${to} 断开过${lossy ? ',期间群里说的可能没收到' : ',期间的消息已补收'}`,
  statusLost: (platform: string, account: string, since: string) =>
    `  ${platform} ${account} 号从 ${since} 起断着,正在重试。要看怎么办,请执行:gridbot doctor`,
  statusErased: (
    days: number,
    { entries, reports, messages }: { entries: number; reports: number; messages: number },
  ) =>
    `  近 ${days} 天因保存期满抹去:台账 ${entries} 条的姓名、上报 ${reports} 份的文字、消息 ${messages} 条的原文;数字都还在`,
  reach: (platform: string, groups: number, accounts: number, one: string, table: string) =>
    `${platform}:${groups} 个群、${accounts} 个账号。一条消息发遍要${one};汇总带图片和 Excel 发遍要${table}(先发完所有群的文字,再发文件)。`,
  reachNeeded: (accounts: number, minutes: number) => `  要在 ${minutes} 分钟内把文字发遍,要 ${accounts} 个账号。`,
  reachNone: '没有绑定在微信或 Telegram 上的群。要预先估算,请加 --groups 群数。',
  statusNoRoster: '还没有名册。请先执行:gridbot roster import 名册.xlsx',
  statusNoPeriod: '今天还没有开始(机器人还没启动过)。',
} as const;
