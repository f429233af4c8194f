/** What people can read off the bot's messages: which of their lines were answered, who was named, what was counted. */
import { type CivilDate, civilDateOf } from '../../src/core/time.ts';
import { dayText, zh } from '../../src/locales/zh-CN.ts';
import { gridName, gridNamed } from './people.ts';
import type { Said } from './talk.ts';

const FORM = '日报';
/** How a reminder of a day begins. */
const reminderHead = (day: CivilDate): string => zh.reminder(day, FORM, '', false, [], null).split('还差')[0] ?? '';
const RECEIPT = /^✅ (?<units>\S+) (?<day>\S+) (?:零报告|日报)已[收更补].*\((?<ratio>\d+\/\d+)\)/u;
const TABLE = /^📋 \S+ (?<day>\S+)日报 \d\d:\d\d$/u;
const COMPLETED = /^✅ (?<day>\S+)日报已补齐:(?<rows>.+)$/u;
/** What a table says after those it misses. */
const AFTER_MISSING = /^(?:免报|合计|有情况|\(因停机没有发出):/u;

/** A line that takes in a report. */
export interface Receipt {
  /** By their names in their village. */
  grids: string[];
  /** As it is written: `11月23日`. */
  day: string;
  /** 0 for a zero report. */
  number: number;
  /** How many of the village's are in, of how many: `7/12`. */
  ratio: string;
}

/** The lines of a message that take in a report. */
export function receiptsIn(text: string): Receipt[] {
  return text.split('\n').flatMap((line) => {
    const found = RECEIPT.exec(line)?.groups;
    if (!found) return [];
    const number = Number(/ 异常(\d+)/.exec(line)?.[1] ?? 0);
    // In private a grid goes by its full name.
    const grids = (found.units ?? '').split('、').map((unit) => unit.split('/').at(-1) ?? '');
    return [{ grids, day: found.day ?? '', number, ratio: found.ratio ?? '' }];
  });
}

/** Whether a message answers something that was said in the same chat. */
export function answers(said: Said, text: string): boolean {
  const unit = gridName(said.grid);
  switch (said.kind) {
    case 'report':
      return isReceived(said, text) || isTooLate(said, text);
    case 'correction':
      return isReceived(said, text) || text.includes(begins(zh.nothingToCorrect(unit, said.day, FORM, '')));
    case 'withdrawal':
      return [zh.withdrawn, zh.nothingToWithdraw].some((words) =>
        text.includes(begins(words(unit, said.day, FORM, ''))),
      );
    case 'exemption':
      return text.includes(`${unit} ${dayText(said.day)} 免报`) || text.includes(zh.exemptAlreadyIn(unit, said.day));
    case 'leave':
      return text.includes(` ${dayText(said.day)} 请假。`);
    case 'typo':
      return text.includes(`“${said.number}x”`);
    case 'slip':
      return text.includes(`/${FORM} ${said.number}`) && text.includes('日抱');
    case 'talk':
      return false;
  }
}

function isReceived({ grid, day, number }: Said, text: string): boolean {
  return receiptsIn(text).some(
    (receipt) => receipt.day === dayText(day) && receipt.grids.includes(gridName(grid)) && receipt.number === number,
  );
}

/** Whether a report about the day before was told that nothing can be reported of that day. */
function isTooLate({ day, sentAt }: Said, text: string): boolean {
  if (day === civilDateOf(sentAt)) return false;
  return [zh.locked, zh.noSuchPeriod].some((words) => text.includes(begins(words(day, FORM, ''))));
}

/** A sentence up to the line it tells to send. */
const begins = (sentence: string): string => sentence.split(/请发|请村里/)[0] ?? '';

/** Whom a reminder of that day names in a village's group; empty for any other message. */
export function remindedIn(text: string, day: CivilDate, village: number): number[] {
  if (!text.startsWith(reminderHead(day))) return [];
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => gridNamed(village, line.split(/[ (]/)[0] ?? '') ?? []);
}

/** A row in which something is missing: `三网格`, or `林村 3/6`. */
export interface Missing {
  name: string;
  /** Null where one grid is named. */
  ratio: string | null;
}

/** The day of a table that a group was shown by itself, as it is written, and what it misses; null for anything else. */
export function tableIn(text: string): { day: string; missing: Missing[] } | null {
  const [title = '', ...lines] = text.split('\n');
  const day = TABLE.exec(title)?.groups?.day;
  if (day === undefined) return null;
  const from = lines.findIndex((line) => line === '未报:' || line === '未齐:') + 1;
  if (from === 0) return { day, missing: [] };
  const until = lines.findIndex((line, at) => at >= from && AFTER_MISSING.test(line));
  const rows = lines.slice(from, until < 0 ? undefined : until);
  return { day, missing: rows.map(rowIn) };
}

/** The day of a line that tells of completions, as it is written, and whose; null for anything else. */
export function completedIn(text: string): { day: string; names: string[] } | null {
  const found = COMPLETED.exec(text)?.groups;
  if (!found) return null;
  return { day: found.day ?? '', names: (found.rows ?? '').split('、').map((row) => row.split(' ')[0] ?? '') };
}

function rowIn(line: string): Missing {
  const [, name = '', ratio = null] = /^([^ (]+)(?: (\d+\/\d+))?/u.exec(line) ?? [];
  return { name, ratio };
}
