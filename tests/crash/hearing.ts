/** What people can read off the bot's messages: which of their lines were answered, and who was reminded. */
import type { CivilDate } from '../../src/core/time.ts';
import { dayText, zh } from '../../src/locales/zh-CN.ts';
import { gridName, gridNamed } from './people.ts';
import type { Said } from './talk.ts';

const FORM = '日报';
/** How a reminder of a day begins. */
const reminderHead = (day: CivilDate): string => zh.reminder(day, FORM, '', false, [], null).split('还差')[0] ?? '';
const RECEIPT = /^✅ (?<units>\S+) (?<day>\S+) (?:零报告|日报)已[收更]/u;

/** The lines of a message that take in a report: which grids, and the number they name; 0 for a zero report. */
export function receiptsIn(text: string): { grids: string[]; day: string; number: number }[] {
  return text.split('\n').flatMap((line) => {
    const found = RECEIPT.exec(line)?.groups;
    if (!found) return [];
    const number = Number(/ 异常(\d+)/.exec(line)?.[1] ?? 0);
    // In private a grid goes by its full name.
    const grids = (found.units ?? '').split('、').map((unit) => unit.split('/').at(-1) ?? '');
    return [{ grids, day: found.day ?? '', number }];
  });
}

/** Whether a message answers something that was said in the same chat. */
export function answers(said: Said, text: string): boolean {
  const unit = gridName(said.grid);
  switch (said.kind) {
    case 'report':
      return isReceived(said, text);
    case 'correction':
      return isReceived(said, text) || text.includes(begins(zh.nothingToCorrect(unit, said.day, FORM, '')));
    case 'withdrawal':
      return [zh.withdrawn, zh.nothingToWithdraw].some((words) =>
        text.includes(begins(words(unit, said.day, FORM, ''))),
      );
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

/** A sentence up to the line it tells to send. */
const begins = (sentence: string): string => sentence.split('请发')[0] ?? '';

/** Whom a reminder of that day names in a village's group; empty for any other message. */
export function remindedIn(text: string, day: CivilDate, village: number): number[] {
  if (!text.startsWith(reminderHead(day))) return [];
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => gridNamed(village, line.split(/[ (]/)[0] ?? '') ?? []);
}
