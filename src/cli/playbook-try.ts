/** What a line would mean under a playbook, in words. */
import { parse } from '../core/grammar/parse.ts';
import type { ChainLine, ParsedCommand } from '../core/grammar/types.ts';
import type { Form, Playbook, Value } from '../core/playbook/index.ts';
import { helpFor } from '../locales/help.ts';
import { parseErrorText } from '../locales/parse-errors.ts';
import { tryWords as words } from '../locales/playbook.ts';
import { contextOf } from './parse.ts';

/** The lines that explain a text as {@link contextOf} reads it: in a work group, of the holder of one grid, today. */
export function explained(text: string, playbook: Playbook): string[] {
  const parsed = parse(text, contextOf(playbook));
  if (parsed.kind === 'chat') return [words.line(text), words.chat];
  if (parsed.kind === 'error') {
    const { code, params, choices, suggestion } = parsed;
    const send = suggestion === null ? [] : [`  ${words.send(suggestion)}`];
    return [words.line(text), words.error, `  ${parseErrorText(code, params, choices)}`, ...send];
  }
  return [words.line(text), ...ofCommand(parsed, playbook)];
}

function ofCommand(parsed: ParsedCommand, { forms }: Playbook): string[] {
  const form = parsed.form === null ? undefined : forms[parsed.form];
  const { subject, period, until, deputy, items, note, lines } = parsed;
  const isOwn = form !== undefined && lines.length === 0;
  return [
    meaning(parsed, form?.name ?? null),
    ...valuesOf(parsed, form).map((value) => `  ${value}`),
    ...(isOwn || subject !== null ? [words.subject(subject)] : []),
    ...(period === null ? [] : [words.day(period)]),
    ...(until === null || until === period ? [] : [words.until(until)]),
    ...(deputy === null ? [] : [words.deputy(deputy)]),
    ...(items.length > 0 && lines.length === 0 ? [words.items(items)] : []),
    ...(note === null ? [] : [words.note(note)]),
    ...lines.map((line) => `  ${ofLine(line, form)}`),
  ];
}

function valuesOf({ values }: Pick<ParsedCommand, 'values'>, form: Form | undefined): string[] {
  return Object.entries(values).map(([id, value]) => words.value(form?.fields[id]?.name ?? id, valueWords(value)));
}

/** One line of a chain: its values, or what is wrong with it. */
function ofLine({ text, parsed }: ChainLine, form: Form | undefined): string {
  if (parsed.kind === 'chat') return words.chainLine(text, words.chat);
  if (parsed.kind === 'error') {
    return words.chainLine(text, parseErrorText(parsed.code, parsed.params, parsed.choices));
  }
  return words.chainLine(text, valuesOf(parsed, form).join(' '));
}

function meaning({ command, verb }: ParsedCommand, form: string | null): string {
  const act = words.acts[verb ?? command] ?? words.acts[command];
  if (form !== null) return act === undefined ? words.report(form) : words.act(act, form);
  const help: Readonly<Record<string, { meaning: string }>> = helpFor({ name: '', simplest: '', fuller: '', zero: '' });
  return words.command(act ?? help[command]?.meaning ?? command);
}

function valueWords(value: Value): string {
  return typeof value === 'boolean' ? (value ? words.yes : words.no) : String(value);
}
