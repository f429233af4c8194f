/** Days as people write them: 昨天, 11月20日, 20号, 11-20, 周三, and spans of days. Texts are normalised ones. */
import { readNumeral } from './numerals.ts';
import { addDays, type CivilDate, civilDate, daysBetween, isRealDay, partsOf } from './time.ts';

/** A day found in a text: how many characters it takes, and which day, null when no such day exists (2月30日). */
export interface DayMatch {
  length: number;
  date: CivilDate | null;
}

/**
 * Which of several possible days is meant when the year or month was left out: `past` for reports, the latest day not
 * after today; `future` for leave and exemptions, the earliest not before today.
 */
export type Lean = 'past' | 'future';

const RELATIVE: readonly (readonly [string, number])[] = [
  ['大前天', -3],
  ['大后天', 3],
  ['前天', -2],
  ['前日', -2],
  ['昨天', -1],
  ['昨日', -1],
  ['今天', 0],
  ['今日', 0],
  ['明天', 1],
  ['明日', 1],
  ['后天', 2],
];

/** The words for days near today, for finding them where they are split. */
export const DAY_WORDS: readonly string[] = RELATIVE.map(([word]) => word);

const NUMBER = '(\\d{1,2}|[一二三四五六七八九十廿卅]{1,3})';
const YEAR = '(?:(\\d{4}|[一二三四五六七八九〇零]{4}) ?年 ?)?';
// 20号楼 and 一号村 are places, 日报 is a word.
const NOT_A_PLACE = '(?! ?(?:网格|村|社区|楼|院|门|线|房|井|机|地|组|店|卜|路|街|桌|报))';
const MONTH_DAY = new RegExp(
  `${YEAR}${NUMBER} ?月 ?${NUMBER}(?: ?[日号]${NOT_A_PLACE}|(?=$|[\\s,、:;。~至到—–-]))`,
  'y',
);
const DAY_ONLY = new RegExp(`${NUMBER} ?[日号]${NOT_A_PLACE}`, 'y');
const NUMERIC = /(?:(\d{4})([-/]))?(\d{1,2})([-/])(\d{1,2})(?![\d/.%]|-\d)/y;
const WEEKDAY = new RegExp(`(上上|上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天])${NOT_A_PLACE}`, 'y');

const numeral = (text: string | undefined): number => {
  const reading = readNumeral(text ?? '');
  return 'value' in reading ? reading.value : 0;
};

function at(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** The year that puts a month and day nearest to today; with `future`, the first that is not before today. */
function resolveMonthDay(month: number, day: number, today: CivilDate, lean: Lean): CivilDate | null {
  const { year } = partsOf(today);
  const dates = [year - 1, year, year + 1]
    .filter((y) => isRealDay(y, month, day))
    .map((y) => civilDate(y, month, day))
    .sort((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)));
  if (lean === 'past') return dates[0] ?? null;
  return dates.filter((date) => date >= today).sort()[0] ?? null;
}

function resolveDay(day: number, today: CivilDate, lean: Lean): CivilDate | null {
  const { year, month } = partsOf(today);
  // Two months may lack the day, three never do.
  for (let n = 0; n < 4; n += 1) {
    const months = year * 12 + month - 1 + (lean === 'past' ? -n : n);
    const [y, m] = [Math.floor(months / 12), (months % 12) + 1];
    if (!isRealDay(y, m, day)) continue;
    const date = civilDate(y, m, day);
    if (lean === 'past' ? date <= today : date >= today) return date;
  }
  return null;
}

function resolveWeekday(week: string | undefined, name: string, today: CivilDate, lean: Lean): CivilDate {
  const wanted = ('一二三四五六日'.indexOf(name === '天' ? '日' : name) + 7) % 7;
  const present = (partsOf(today).weekday + 6) % 7;
  const inThisWeek = wanted - present;
  switch (week) {
    case '上上':
      return addDays(today, inThisWeek - 14);
    case '上':
      return addDays(today, inThisWeek - 7);
    case '下':
      return addDays(today, inThisWeek + 7);
    case '本':
    case '这':
      return addDays(today, inThisWeek);
    default:
      if (lean === 'past') return addDays(today, inThisWeek > 0 ? inThisWeek - 7 : inThisWeek);
      return addDays(today, inThisWeek < 0 ? inThisWeek + 7 : inThisWeek);
  }
}

/** The day written at `from` in a normalised text, or null when none begins there. */
export function matchDay(text: string, from: number, today: CivilDate, lean: Lean): DayMatch | null {
  for (const [word, days] of RELATIVE) {
    if (text.startsWith(word, from)) return { length: word.length, date: addDays(today, days) };
  }
  const numeric = at(NUMERIC, text, from);
  if (numeric && (numeric[1] === undefined || numeric[2] === numeric[4])) {
    const [month, day] = [Number(numeric[3]), Number(numeric[5])];
    return { length: numeric[0].length, date: fullDate(numeric[1], month, day, today, lean) };
  }
  const named = at(MONTH_DAY, text, from);
  if (named) {
    const [month, day] = [numeral(named[2]), numeral(named[3])];
    return { length: named[0].length, date: fullDate(named[1], month, day, today, lean) };
  }
  const only = at(DAY_ONLY, text, from);
  if (only) return { length: only[0].length, date: resolveDay(numeral(only[1]), today, lean) };
  const weekday = at(WEEKDAY, text, from);
  if (weekday) return { length: weekday[0].length, date: resolveWeekday(weekday[1], weekday[2] ?? '', today, lean) };
  return null;
}

function fullDate(
  year: string | undefined,
  month: number,
  day: number,
  today: CivilDate,
  lean: Lean,
): CivilDate | null {
  if (year === undefined) return resolveMonthDay(month, day, today, lean);
  const y = numeral(year);
  return isRealDay(y, month, day) ? civilDate(y, month, day) : null;
}

/** Days from one to another, both included. */
export interface SpanMatch {
  length: number;
  from: CivilDate;
  until: CivilDate;
}

/** Why what looks like a span is none; `text` is the offending part. */
export interface SpanRefusal {
  length: number;
  error: 'unreal' | 'order' | 'length';
}

/** Longest absence or exemption said at once, days. */
const LONGEST = 366;
const DURATION = /(\d{1,4}|[一二三四五六七八九十百两零]{1,5}) ?(天|日|周|个星期|星期|个?礼拜)(?!前)/y;
/** What people put between two days; the input method adds a few signs that only look like a dash. */
const RANGE =
  / ?(?:(?:起|开始)?,? ?(?:直?到|至)|[-‐-―−─━~⁓∼〜～ーｰ→⇒⟶➔>]{1,4}|\.{2,6}|[/一](?=\d)) ?(?=[\d一二三四五六七八九十廿卅今明后大下本这周星礼])/y;
const END_DAY = new RegExp(`${NUMBER}(?: ?[日号])?(?=$|[\\s,、;。]|[^\\d月/.-])`, 'y');

/**
 * The span of days written at `from` in a normalised text: one day, `11月22日-24日`, `明天到周五`, `3天` (from today on),
 * `明天起3天`. Days without a year or month are the nearest not before today, the end the nearest not before the start.
 * Null when none begins there.
 */
export function matchSpan(text: string, from: number, today: CivilDate): SpanMatch | SpanRefusal | null {
  const bare = duration(text, from);
  if (bare) return counted(today, bare.days, bare.length);
  const first = matchDay(text, from, today, 'future');
  if (!first) return null;
  const start = first.date;
  if (start === null) return { length: first.length, error: 'unreal' };
  const next = from + first.length;
  const joint = at(RANGE, text, next);
  if (joint) {
    const end = rangeEnd(text, next + joint[0].length, start, today);
    // A range whose end cannot be told must not shrink to its first day.
    if (!end) return { length: first.length + joint[0].length, error: 'length' };
    const length = first.length + joint[0].length + end.length;
    if (end.date === null) return { length, error: 'unreal' };
    return between(start, end.date, length);
  }
  const glue = /^ ?(?:开始|起)? ?(?:连续|共|请)? ?/.exec(text.slice(next, next + 8))?.[0] ?? '';
  const many = duration(text, next + glue.length);
  if (many) return counted(start, many.days, first.length + glue.length + many.length);
  const since = /^ ?(?:开始|起)/.exec(text.slice(next, next + 4))?.[0] ?? '';
  return { length: first.length + since.length, from: start, until: start };
}

function rangeEnd(text: string, from: number, start: CivilDate, today: CivilDate): DayMatch | null {
  const day = at(END_DAY, text, from);
  if (day) return dayAfter(start, numeral(day[1]), day[0].length);
  // 明天 counts from today, 11月24日 from the start.
  const named = matchDay(text, from, /^(?:今|明|后|大|下|本|这)/.test(text.slice(from)) ? today : start, 'future');
  if (named) {
    // 11月24日到11月22日 ends before it begins; the nearest later such day would be a year away.
    if (named.date !== null && daysBetween(start, named.date) > LONGEST / 2) {
      const same = matchDay(text, from, start, 'past');
      return same ?? named;
    }
  }
  return named;
}

/** 24日 after 11月22日: in the same month, or the next when the days lie so far apart that it is no slip. */
function dayAfter(start: CivilDate, day: number, length: number): DayMatch {
  const { year, month, day: first } = partsOf(start);
  const slip = day < first && first - day < 15;
  if (slip && isRealDay(year, month, day)) return { length, date: civilDate(year, month, day) };
  // After the 22nd, a 31st that this month lacks is no day of the next.
  if (day >= first && !isRealDay(year, month, day)) return { length, date: null };
  return { length, date: resolveDay(day, start, 'future') };
}

function duration(text: string, from: number): { days: number; length: number } | null {
  const found = at(DURATION, text, from);
  if (!found) return null;
  // 22日 is a day of the month, not a stretch of time.
  if (found[2] === '日') return null;
  const reading = readNumeral(found[1] ?? '');
  const count = 'value' in reading ? reading.value : 0;
  return { days: count * (found[2] === '天' ? 1 : 7), length: found[0].length };
}

function counted(start: CivilDate, days: number, length: number): SpanMatch | SpanRefusal {
  if (days < 1 || days > LONGEST) return { length, error: 'length' };
  return { length, from: start, until: addDays(start, days - 1) };
}

function between(from: CivilDate, until: CivilDate, length: number): SpanMatch | SpanRefusal {
  if (until < from) return { length, error: 'order' };
  return daysBetween(from, until) < LONGEST ? { length, from, until } : { length, error: 'length' };
}
