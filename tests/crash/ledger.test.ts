/** What people are told is judged: reminders that should not have been, answers that are missing or one too many. */
import { describe, expect, test } from 'vitest';
import type { ReceiptWords } from '../../src/core/receipt-words.ts';
import { dayText, zh } from '../../src/locales/zh-CN.ts';
import { Ledger } from './ledger.ts';
import { chatOf, gridName, unitsByName } from './people.ts';
import { DAY_SAID, DUE_AT, rawOf, saidOf, TIMES } from './sayings.ts';
import type { Said } from './talk.ts';

/** A grid that reports in its village's group. */
const GRID = 1;

const reminder = (...grids: number[]): string =>
  zh.reminder(
    DAY_SAID,
    '日报',
    '18:00',
    false,
    grids.map((grid) => `${gridName(grid)}(发过一条没看懂的) @张三`),
    '/日报 0',
  );

const receipt = (said: Said, words: Partial<ReceiptWords> = {}): string =>
  zh.receipt({
    unit: gridName(said.grid),
    parentId: 'village',
    day: DAY_SAID,
    form: '日报',
    zero: said.number === 0,
    values: said.number === 0 ? '' : `异常${said.number} 返乡1`,
    items: 0,
    late: false,
    madeUp: false,
    corrected: false,
    behalf: null,
    sentAt: DUE_AT,
    ratio: '1/6',
    ...words,
  });

function ledgerWith(...said: Said[]): Ledger {
  const ledger = new Ledger(12, () => TIMES);
  ledger.begins();
  for (const each of said) ledger.say(each);
  return ledger;
}
const sent = (...said: Said[]): Map<string, string> => new Map(said.map(({ id }) => [id, 'sent']));
const group = chatOf(GRID);
const township = { ...group, id: 'gt0' };
const village = [...unitsByName(12)].find(([, id]) => id === 'v0')?.[0].split(' ')[1] ?? '';

describe('a reminder', () => {
  const judged = (ledger: Ledger): string => ledger.complaints().join();

  test('names a grid whose report was acknowledged before the step', () => {
    const report = saidOf(GRID, 'report', 7);
    const ledger = ledgerWith(report);
    ledger.acknowledge(report);
    ledger.falls('reminder', DAY_SAID);
    ledger.hear(group, reminder(GRID, GRID + 1));
    expect(judged(ledger)).toContain(`grid ${GRID} was reminded`);
    expect(ledger.counts()).toMatchObject({ reminders: 1, reminded: 2 });
  });

  test('names a grid whose receipt somebody has read before the step', () => {
    const report = saidOf(GRID, 'report', 7);
    const ledger = ledgerWith(report);
    ledger.hear(group, receipt(report));
    ledger.falls('reminder', DAY_SAID);
    ledger.hear(group, reminder(GRID));
    expect(judged(ledger)).toContain(`grid ${GRID} was reminded`);
  });

  test('may name who was acknowledged after the step, or may have withdrawn', () => {
    const late = saidOf(GRID, 'report', 7);
    const early = saidOf(GRID + 1, 'report', 8);
    const withdrawal = saidOf(GRID + 1, 'withdrawal');
    const ledger = ledgerWith(late, early, withdrawal);
    ledger.acknowledge(early);
    ledger.falls('reminder', DAY_SAID);
    ledger.acknowledge(late);
    ledger.hear(group, reminder(GRID, GRID + 1));
    expect(judged(ledger)).toBe('');
  });

  test('names a grid whose report was found in the file before this life of the bot, though nobody acknowledged it', () => {
    const report = saidOf(GRID, 'report', 7);
    const ledger = ledgerWith(report);
    ledger.falls('reminder', DAY_SAID);
    ledger.buried({ messages: [rawOf(report)], answers: new Map() });
    // Said by the life that died: it may have been before.
    ledger.hear(group, reminder(GRID));
    expect(judged(ledger)).toBe('');
    ledger.begins();
    ledger.hear(group, reminder(GRID));
    expect(judged(ledger)).toContain(
      `grid ${GRID} was reminded on ${DAY_SAID} though ${report.id} had been kept before`,
    );
  });

  test('comes before its time', () => {
    const ledger = ledgerWith();
    ledger.falls('village table', DAY_SAID);
    ledger.hear(group, reminder(GRID));
    expect(judged(ledger)).toContain('before its time');
  });

  test('is measured by the second step when it is the second that a village hears, and there is no third', () => {
    const report = saidOf(GRID, 'report', 7);
    const ledger = ledgerWith(report);
    ledger.falls('reminder', DAY_SAID);
    ledger.hear(group, reminder(GRID));
    ledger.acknowledge(report);
    ledger.falls('reminder', DAY_SAID);
    ledger.hear(group, reminder(GRID + 1));
    expect(judged(ledger)).toBe('');
    ledger.hear(group, reminder(GRID));
    const complaints = judged(ledger);
    expect(complaints).toContain(`grid ${GRID} was reminded`);
    expect(complaints).toContain('reminded once more');
  });
});

describe('a table', () => {
  const judged = (ledger: Ledger): string => ledger.complaints().join();
  const table = (rows: string): string =>
    [
      zh.tableTitle('林村', '日报', DAY_SAID, '18:00'),
      zh.tableCounts({ expected: 6, reported: 1, late: 0, exempt: 0, missing: 5 }),
      rows,
      zh.tableSums(['异常1']),
    ].join('\n');
  const known = (): { ledger: Ledger; report: Said } => {
    const report = saidOf(GRID, 'report', 7);
    const ledger = ledgerWith(report);
    ledger.acknowledge(report);
    return { ledger, report };
  };

  test('names a grid, or counts too few of a village, though the report had been kept before', () => {
    const { ledger } = known();
    ledger.falls('village table', DAY_SAID);
    ledger.falls('township table', DAY_SAID);
    ledger.hear(group, table(zh.tableMissing([zh.missingGrid(gridName(GRID), '', '@张三')])));
    expect(judged(ledger)).toContain(`grid ${GRID} was missing in a table`);
    ledger.hear(township, table(zh.tableGaps([zh.gapUnit(village, '0/6', '@张三')])));
    expect(judged(ledger)).toContain('v0 was shown with 0/6');
    expect(ledger.claims()).toEqual([{ day: DAY_SAID, unit: 'v0', ratio: '0/6' }]);
    expect(ledger.readers.shown(DAY_SAID, 't0')).toEqual([['v0']]);
  });

  test('may name who was acknowledged after its step, is said once by a life, and never before its step', () => {
    const early = known().ledger;
    early.hear(group, table(zh.tableComplete));
    expect(judged(early)).toContain('before its time');
    const { ledger } = known();
    ledger.falls('village table', DAY_SAID);
    ledger.hear(group, table(zh.tableMissing([gridName(GRID + 1)])));
    expect(judged(ledger)).toBe('');
    ledger.begins();
    ledger.hear(group, table(zh.tableComplete));
    expect(judged(ledger)).toBe('');
    ledger.hear(group, table(zh.tableComplete));
    expect(judged(ledger)).toContain('twice by one life');
  });

  test('that has a unit of elsewhere in it, and a completion, are read', () => {
    const { ledger } = known();
    ledger.falls('township table', DAY_SAID);
    ledger.hear(township, table(zh.tableGaps([zh.gapUnit('外村', '0/6', '')])));
    expect(judged(ledger)).toContain('外村, which is none of its');
    ledger.hear(township, zh.madeGood(DAY_SAID, '日报', [`${village} 6/6`]));
    expect([...ledger.readers.completed(DAY_SAID, 't0')]).toEqual(['v0']);
  });
});

describe('an answer', () => {
  test('is known by its number, its grid or its words, in the chat of its question', () => {
    const report = saidOf(GRID, 'report', 7);
    const zero = saidOf(GRID, 'report', 0);
    const refused = saidOf(GRID, 'correction', 8);
    const withdrawal = saidOf(GRID, 'withdrawal');
    const typo = saidOf(GRID, 'typo', 9);
    const exempted = saidOf(GRID, 'exemption');
    const leave = saidOf(GRID, 'leave');
    const all = [report, zero, refused, withdrawal, typo, exempted, leave];
    const ledger = ledgerWith(...all);
    ledger.hear(group, `${receipt(zero, { unit: `${gridName(GRID + 1)}、${gridName(GRID)}` })}\n${receipt(report)}`);
    ledger.hear(group, `张三:${zh.nothingToCorrect(gridName(GRID), DAY_SAID, '日报', '/日报 8')}`);
    ledger.hear(group, `${zh.withdrawn(gridName(GRID), DAY_SAID, '日报', '/日报 0')}\n李四:“9x”不是能记的数`);
    ledger.hear(
      group,
      `${zh.exempted(gridName(GRID), dayText(DAY_SAID), '搬迁')}\n${zh.leaveTaken('张三', dayText(DAY_SAID), null)}`,
    );
    expect(ledger.faults(sent(...all))).toEqual([]);
    // What each receipt has counted.
    expect(ledger.claims()).toEqual([zero, report].map(() => ({ day: DAY_SAID, unit: 'v0', ratio: '1/6' })));
  });

  test('that never came, or came in another chat or of another day, is missed', () => {
    const report = saidOf(GRID, 'report', 7);
    const ledger = ledgerWith(report);
    ledger.hear(chatOf(GRID + 6), receipt(report));
    ledger.hear(group, receipt(report).replace(dayText(DAY_SAID), '11月22日'));
    expect(ledger.faults(sent(report)).join()).toContain('1 never answered');
    expect(ledger.faults(new Map()).join()).toContain('1 whose answer never left');
  });

  test('may come again from another life, unless it was known to have arrived; never twice from one', () => {
    const report = saidOf(GRID, 'report', 7);
    const ledger = ledgerWith(report);
    ledger.hear(group, receipt(report));
    ledger.begins();
    ledger.hear(group, receipt(report));
    expect(ledger.faults(sent(report))).toEqual([]);
    ledger.buried({ messages: [rawOf(report)], answers: sent(report) });
    ledger.begins();
    ledger.hear(group, receipt(report));
    expect(ledger.faults(sent(report)).join()).toContain('answered again although');
    ledger.hear(group, receipt(report));
    expect(ledger.faults(sent(report)).join()).toContain('answered twice by one life');
  });
});
