/** How the parser's tests speak: a line and what it must mean, in a work group on Saturday 2026-11-21. */
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { parse } from '../../../src/core/grammar/parse.ts';
import type { ParseContext, Parsed } from '../../../src/core/grammar/types.ts';
import { DEFAULT_COMMANDS } from '../../../src/core/grammar/words.ts';
import type { CivilDate } from '../../../src/core/time.ts';
import { BOT_NAME } from '../../../src/locales/bot-name.ts';
import { parseErrorText } from '../../../src/locales/parse-errors.ts';
import { loadPlaybook } from '../../../src/playbook-file.ts';

export const TODAY: CivilDate = '2026-11-21';
export const YESTERDAY: CivilDate = '2026-11-20';

/** The most a count may be. */
export const MOST = 99_999;

const { forms } = await loadPlaybook('epidemic');

/** The group of the command line's contract. */
export const GROUP: ParseContext = {
  today: TODAY,
  botName: BOT_NAME,
  place: 'group',
  forms: new Map(Object.entries(forms)),
  commands: DEFAULT_COMMANDS,
};

export const DIRECT: ParseContext = { ...GROUP, place: 'direct' };

/** The same group on another day. */
export const on = (today: CivilDate): ParseContext => ({ ...GROUP, today });

export const FIELDS: ReadonlySet<string> = new Set(['abnormal', 'returned', 'fever', 'dissuaded']);

export interface Expected {
  kind: 'command' | 'chat';
  [key: string]: unknown;
}

export const CHAT: Expected = { kind: 'chat' };

/** A command as the contract prints it: no form, no values, for the sender's own unit unless said. */
export function command(name: string, more: Record<string, unknown> = {}): Expected {
  return {
    kind: 'command',
    command: name,
    form: 'daily',
    values: {},
    items: [],
    period: TODAY,
    subject: null,
    ...more,
  };
}

/** A daily report of the sender's own grid, today, unless said. */
export function report(values: Record<string, number>, more: Record<string, unknown> = {}): Expected {
  return command('report', { values, ...more });
}

export const zero = (more: Record<string, unknown> = {}): Expected => report({ abnormal: 0 }, more);

/** Only what the contract prints of a command, and what `expected` asks for beyond it. */
function pick(parsed: Parsed, expected: Expected): Record<string, unknown> {
  const all = new Map<string, unknown>(Object.entries(parsed));
  return Object.fromEntries(Object.keys(expected).map((key) => [key, all.get(key)]));
}

/** Parses, and holds what must be true of every answer whatever was typed. */
export function read(text: string, context: ParseContext = GROUP): Parsed {
  const parsed = parse(text, context);
  expectSound(parsed, context);
  return parsed;
}

/** Holds the promises that do not depend on the line. */
export function expectSound(parsed: Parsed, context: ParseContext = GROUP): void {
  if (parsed.kind === 'chat') return;
  if (parsed.kind === 'error') {
    const message = parseErrorText(parsed.code, parsed.params, parsed.choices);
    expect(message, 'an error says something in Chinese').toMatch(/\p{Script=Han}/u);
    for (const line of [...parsed.choices, ...(parsed.suggestion === null ? [] : [parsed.suggestion])]) {
      expect(parse(line, context).kind, `the offered line ${JSON.stringify(line)} is understood`).toBe('command');
    }
    for (const choice of parsed.choices) expect(message, 'the message offers its choices').toContain(choice);
    return;
  }
  for (const [field, value] of Object.entries(parsed.values)) {
    expect(FIELDS, 'only fields of the form').toContain(field);
    expect(
      Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST,
      `${field} = ${value} is a count`,
    ).toBe(true);
  }
  if (parsed.period !== null) expect(parsed.period).toMatch(/^\d{4}-\d\d-\d\d$/);
  if (parsed.command === 'report' || parsed.command === 'correct') {
    expect(parsed.values, 'a report holds its required count').toHaveProperty('abnormal');
    expect((parsed.period ?? '') <= context.today, 'nothing is reported for a day to come').toBe(true);
  }
  for (const line of parsed.lines) expectSound(line.parsed, context);
}

/** `text` means exactly `expected`. */
export function expectReading(text: string, expected: Expected, context: ParseContext = GROUP): void {
  const parsed = read(text, context);
  expect(pick(parsed, expected), JSON.stringify(parsed)).toEqual(expected);
}

/** `text` is answered with an error, and with `suggestion` where one is asked for. */
export function expectRefusal(text: string, suggestion?: string | null, context: ParseContext = GROUP): void {
  const parsed = read(text, context);
  expect(parsed.kind, JSON.stringify(parsed)).toBe('error');
  if (parsed.kind === 'error' && suggestion !== undefined) expect(parsed.suggestion).toBe(suggestion);
}

/** Where more than one answer is right: one of these readings, or a question; never another reading. */
export function expectReadingOrQuestion(
  text: string,
  allowed: readonly Expected[],
  context: ParseContext = GROUP,
): void {
  const parsed = read(text, context);
  if (parsed.kind === 'error') return;
  const fits = allowed.some((one) => isDeepStrictEqual(pick(parsed, one), one));
  expect(fits, `${JSON.stringify(text)} was read as ${JSON.stringify(parsed)}`).toBe(true);
}
