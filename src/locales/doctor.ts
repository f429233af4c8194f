/** What `gridbot doctor` says of each thing it looked at: what is, and where something is wrong, what to do. */
import type { Level } from '../core/playbook/index.ts';

export interface Advice {
  says: string;
  /** What to do; absent where nothing is to be done. */
  todo?: string;
}

const PLATFORM_NAMES = new Map([
  ['console', '网页'],
  ['telegram', 'Telegram'],
  ['wechat', '微信'],
]);

/** A platform as people call it. */
export const platformName = (id: string): string => PLATFORM_NAMES.get(id) ?? id;

const LEVEL_NAMES: Record<Level, string> = {
  county: '县',
  township: '乡镇',
  village: '村',
  grid: '网格',
  cluster: '联户',
};

const list = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 8).join('、')} 等 ${names.length} 个` : names.join('、');

/** Whole minutes, `不到 1 分钟` below one. */
export const minutesText = (ms: number): string =>
  ms < 60_000 ? '不到 1 分钟' : `约 ${Math.ceil(ms / 60_000).toLocaleString('en')} 分钟`;

export const doctorText = {
  good: '✅',
  warning: '⚠️',
  bad: '❌',
  todo: (todo: string) => `   → ${todo}`,
  summary: (bad: number, warnings: number) =>
    bad + warnings === 0 ? '都正常。' : `要处理的 ${bad} 项,要留意的 ${warnings} 项。`,

  runtime: (version: string): Advice => ({ says: `Node ${version}` }),
  runtimeOld: (version: string): Advice => ({
    says: `Node ${version} 太旧`,
    todo: '请装 Node 20.19 或更新的版本',
  }),
  variables: (lines: readonly string[]): Advice => ({
    says: `环境变量有误:\n${lines.map((each) => `   ${each}`).join('\n')}`,
    todo: '改好以上变量,再执行一次 gridbot doctor',
  }),
  playbook: (name: string): Advice => ({ says: `预案 ${name}` }),
  playbookBad: (message: string): Advice => ({
    says: `预案不能用:${message}`,
    todo: '请执行 gridbot playbook check 看哪一行要改',
  }),
  database: (url: string, running: boolean): Advice => ({
    says: `数据库 ${url}${running ? ',机器人正在运行' : ',机器人没有在运行'}`,
  }),
  databaseBad: (url: string, error: string): Advice => ({
    says: `数据库 ${url} 打不开:${error}`,
    todo: '请看 DATABASE_URL 指的文件夹在不在、能不能写、磁盘满没满',
  }),
  databaseMissing: (url: string): Advice => ({
    says: `还没有数据库 ${url}`,
    todo: '请先导入名册:gridbot roster import 名册.xlsx',
  }),
  sample: (): Advice => ({
    says: '这是示例县的数据库,只能在网页上试用',
    todo: '接微信、Telegram 请换一个库:export DATABASE_URL=file:./data/county.db,再导入名册',
  }),
  rosterMissing: (): Advice => ({ says: '还没有名册', todo: '请执行:gridbot roster import 名册.xlsx' }),
  roster: (county: string, villages: number, grids: number, people: number): Advice => ({
    says: `名册:${county},${villages} 个村、${grids} 个网格、${people} 人`,
  }),
  unclaimed: (count: number, people: number): Advice => ({
    says: `${people} 人里有 ${count} 人还没认领岗位`,
    todo: '请执行 gridbot roster codes > codes.csv 发认领码,各人私聊机器人发:/认领 认领码',
  }),
  codesOut: (count: number, people: number, out: number): Advice => ({
    says: `${people} 人里有 ${count} 人还没认领岗位,其中 ${out} 人已经发过认领码`,
    todo:
      out < count
        ? '请等他们认领;只给没发过的人出码:gridbot roster codes --person 姓名。不要整批再出,整批再出会让发出去的旧码作废'
        : '请等他们认领。某个人要补发:gridbot roster codes --person 姓名。不要整批再出,整批再出会让发出去的旧码作废',
  }),
  accountLost: (platform: string, account: string, since: string, problem: string): Advice => ({
    says: `${platformName(platform)} ${account} 号从 ${since} 起断着(${problem}),机器人正在自己重试`,
    todo: problem === 'logged out' ? '请到服务那边扫码登录' : '等几分钟还是这样,请看下面这个平台查出了什么',
  }),
  noGroup: (level: Level, units: readonly string[], of: number): Advice => ({
    says: `${of} 个${LEVEL_NAMES[level]}里有 ${units.length} 个没有群:${list(units)}`,
    todo: '把机器人拉进群,由负责人在群里发:/绑定 单位名',
  }),
  foreignGroups: (platform: string, count: number): Advice => ({
    says: `有 ${count} 个群在${platformName(platform)}上,但现在没有接${platformName(platform)}`,
    todo: '请设置它的环境变量,或在现在用的平台上重新 /绑定',
  }),
  noPlatform: (): Advice => ({
    says: '没有接任何平台,只有网页',
    todo: '接 Telegram 请设 TELEGRAM_TOKEN;接微信请设 WECHATY_PUPPET_SERVICE_TOKEN 和 WECHATY_PUPPET_SERVICE_ENDPOINT',
  }),
  reach: (platform: string, groups: number, accounts: number, ms: number): Advice => ({
    says: `${platformName(platform)}:${groups} 个群、${accounts} 个账号,给每个群发一条要${minutesText(ms)}`,
  }),
  reachSlow: (
    platform: string,
    groups: number,
    accounts: number,
    ms: number,
    needed: number,
    goal: number,
  ): Advice => ({
    says: doctorText.reach(platform, groups, accounts, ms).says,
    todo: `要在 ${Math.round(goal / 60_000)} 分钟内发完,请备 ${needed} 个账号,各进一部分群`,
  }),
} as const;

const group = (platform: string, title: string): string => `${platformName(platform)}群「${title}」`;

/** Sentences for what the platforms' own examinations find. */
export const findingText = {
  connected: (platform: string, { account }: { account: string }): Advice => ({
    says: `${platformName(platform)} 已连上,账号 ${account}`,
  }),
  unreachable: (platform: string, { host, error }: { host: string; error: string }): Advice => ({
    says: `${platformName(platform)} 连不上 ${host}(${error})`,
    todo: '请看这台机器能不能上网、地址和端口对不对、对方有没有在运行;有防火墙或代理的请放行',
  }),
  tlsMismatch: (platform: string, { host, error }: { host: string; error: string }): Advice => ({
    says: `${platformName(platform)} ${host} 的加密连接谈不拢(${error})`,
    todo:
      platform === 'wechat'
        ? '两边要么都用 TLS,要么都不用:对方没开 TLS 的,设 WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT=true;用自己的证书的,设 WECHATY_PUPPET_SERVICE_TLS_CA_CERT'
        : '请看地址是 https 还是 http,证书有没有过期',
  }),
  tokenRefused: (platform: string, { variable }: { variable: string }): Advice => ({
    says: `${platformName(platform)} 不认这个令牌`,
    todo: `请核对 ${variable}:是否完整、有没有被作废`,
  }),
  loggedOut: (platform: string, { host }: { host: string }): Advice => ({
    says: `${platformName(platform)} 服务 ${host} 在运行,但账号没有登录`,
    todo: '请到服务那边扫码登录,登录后机器人会自己接上',
  }),
  privacyMode: (platform: string, { account }: { account: string }): Advice => ({
    says: `${platformName(platform)} 的 ${account} 开着隐私模式:群里发给它的命令它收不到`,
    todo: '找 @BotFather 发 /setprivacy,选这个机器人,选 Disable;然后把机器人移出每个群再拉进来。或者把它设为群管理员',
  }),
  groupsForbidden: (platform: string, { account }: { account: string }): Advice => ({
    says: `${platformName(platform)} 的 ${account} 不许被拉进群`,
    todo: '找 @BotFather 发 /setjoingroups,选这个机器人,选 Enable',
  }),
  webhookElsewhere: (platform: string, { host }: { host: string }): Advice => ({
    says: `${platformName(platform)} 的消息现在推送到 ${host},不是这里`,
    todo: '启动机器人会把推送取消,改由这里收取;若那边也是你们在用的程序,请先停掉,一个令牌只能给一个程序用',
  }),
  webhookMissing: (platform: string, _none: object): Advice => ({
    says: `${platformName(platform)} 还没有设推送地址`,
    todo: '启动机器人时会自己设好',
  }),
  webhookFails: (platform: string, { error }: { error: string }): Advice => ({
    says: `${platformName(platform)} 最近推送失败(${error})`,
    todo: '请看 TELEGRAM_WEBHOOK_URL 从外面能不能打开、反向代理有没有转到 TELEGRAM_WEBHOOK_PORT',
  }),
  waiting: (platform: string, { count }: { count: number }): Advice => ({
    says: `${platformName(platform)} 有 ${count} 条消息等着收取`,
    todo: '机器人没在运行的请启动;在运行的请看日志',
  }),
  groupGood: (platform: string, { title }: { title: string }): Advice => ({ says: `${group(platform, title)} 正常` }),
  groupGone: (platform: string, { title }: { title: string }): Advice => ({
    says: `${group(platform, title)} 里没有机器人`,
    todo: '请把机器人拉回群里;群换了的,在新群里发:/绑定 单位名',
  }),
  groupDeaf: (platform: string, { title }: { title: string }): Advice => ({
    says: `${group(platform, title)} 里机器人听不到一般消息`,
    todo: '请把机器人移出群再拉进来,或设为管理员',
  }),
  groupMute: (platform: string, { title }: { title: string }): Advice => ({
    says: `${group(platform, title)} 里机器人不能发言`,
    todo: '请在群设置里允许它发消息',
  }),
  groupMoved: (platform: string, { title }: { title: string }): Advice => ({
    says: `${group(platform, title)} 升级成了超级群`,
    todo: '不用处理:机器人运行时会自己跟过去',
  }),
  groupUnclear: (platform: string, { title, error }: { title: string; error: string }): Advice => ({
    says: `${group(platform, title)} 没查成(${error})`,
    todo: '过一会儿再执行一次',
  }),
} as const;
