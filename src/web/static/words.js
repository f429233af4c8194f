/** Every sentence of the page that is not in index.html. */

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const HOURS_8 = 8 * 3_600_000;
const two = (/** @type {number} */ n) => String(n).padStart(2, '0');

/** A moment's parts in Asia/Shanghai, whatever zone the browser is in. @param {number} at UTC milliseconds */
function partsOf(at) {
  const civil = new Date(at + HOURS_8);
  return {
    month: civil.getUTCMonth() + 1,
    day: civil.getUTCDate(),
    weekday: WEEKDAYS[civil.getUTCDay()] ?? '',
    hours: civil.getUTCHours(),
    minutes: civil.getUTCMinutes(),
  };
}

/** `18:02` @param {number} at */
export function clockText(at) {
  const { hours, minutes } = partsOf(at);
  return `${two(hours)}:${two(minutes)}`;
}

/** `11月23日 周一` @param {number} at */
export function dayText(at) {
  const { month, day, weekday } = partsOf(at);
  return `${month}月${day}日 ${weekday}`;
}

/** Minutes since midnight. @param {number} at */
export function minutesOf(at) {
  const { hours, minutes } = partsOf(at);
  return hours * 60 + minutes;
}

export const words = {
  bot: '网格助手',
  levels: /** @type {Record<string, string>} */ ({ county: '县', township: '镇', village: '村', grid: '网格' }),
  otherGroup: '群',
  direct: '私聊',
  directTitle: (/** @type {string} */ name) => `${name} 和 网格助手`,
  directNote: '只有您和机器人看得到',
  noBot: '机器人不在这个群里',
  unread: '有新消息',
  person: (/** @type {{name: string, post: string}} */ { name, post }) => `${name} · ${post}`,
  sayIn: (/** @type {string} */ chat) => `在「${chat}」里说……`,
  empty: (/** @type {string} */ note) => (note.includes(':') ? `${note}\n到时会自己发到这里` : '还没有消息'),
  recalled: '撤回了一条消息',
  picture: (/** @type {string} */ name) => `汇总图 ${name},点一下看大图`,
  workbook: (/** @type {string} */ name) => `下载表格 ${name}`,
  fill: (/** @type {string} */ line) => `填到输入框:${line}`,
  tomorrow: '明天',
  to: (/** @type {string} */ stop) => (stop === 'next-day' ? '到明天' : `到 ${stop}`),
  moving: '时间快进中……',
  arrived: (/** @type {number} */ at) => `现在是 ${dayText(at)} ${clockText(at)}`,
  offline: '连不上了,正在重试……',
  failed: '没有发出去,请再试一次。',
  uninvited: (/** @type {string} */ name) => `网格助手不认识${name},没有进群。请换一个有岗位的人来建。`,
  mapOf: (/** @type {string} */ county) => `${county} · 演示台`,
  real: '真实名册 · 时间不能快进',
};

/**
 * What a newcomer may try next.
 * @param {{ now: number, hasSaid: boolean, line: string }} situation `hasSaid`: somebody has said something today
 */
export function hintOf({ now, hasSaid, line }) {
  const minutes = minutesOf(now);
  if (!hasSaid && minutes < 18 * 60) return `试试:点“${line}”→ 发送 → 到 17:00`;
  if (minutes < 17 * 60) return '机器人答复了。再点“到 17:00”:村群里会提醒还没报的人';
  if (minutes < 18 * 60) return '提醒里没有已经报了的人。再点“到 18:00”:村里的汇总图和表会自己来';
  if (minutes < 18 * 60 + 30) return '还没报的可以补报,会记为迟报。再点“到 18:30”:镇里来汇总';
  if (minutes < 19 * 60 + 30) return '镇里只看到哪个村没齐。再点“到 19:30”:县里来汇总';
  return '一天走完了。换个人试试,例如书记发 /进度;或点“到明天”重新开始';
}
