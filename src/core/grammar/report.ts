/** A report's line: `/日报 2 返乡1`, `/代报 三网格 0 原因`, `/补报 昨天 0 停电`, `/更正 1`, `/撤回`. */
import type { Values as FieldValues, Form, Value } from '../playbook/index.ts';
import { normalise } from '../text.ts';
import { daysBetween } from '../time.ts';
import { type NoteKind, noteProblem } from './note.ts';
import { oddNumber, unclearNumber } from './odd.ts';
import { mayBePerson, withPerson } from './people.ts';
import { REST_NAME, scan, type Token } from './scan.ts';
import { joinNames } from './subject.ts';
import { tidied } from './tidy.ts';
import {
  bareCommand,
  type Draft,
  type ParseContext,
  type ParsedCommand,
  type Refusal,
  type ReportLine,
  refuse,
} from './types.ts';
import { edited, readValues, type Values } from './values.ts';
import type { Act } from './words.ts';

/** How far back a report may reach, days. */
export const OLDEST = 31;

const QUESTION = /[?]|吗|呢|么(?=$|[\s,。!])|多少|什么|怎么/;
/** The act's shortest complete line. */
export function simplest(act: Act, word: string, form: Form): string {
  const zeros = Object.values(form.fields)
    .filter((field) => field.required)
    .map((field) => (field.bare ? '0' : `${field.name}0`));
  const zero = zeros.length > 0 ? zeros : [`${Object.values(form.fields)[0]?.name ?? ''}0`];
  const middle = { report: [], correct: [], withdraw: [], behalf: ['其余'], makeup: ['昨天'] }[act];
  return [`/${word}`, ...middle, ...(act === 'withdraw' ? [] : zero)].join(' ');
}

/** Reads what follows the word. Never guesses: whatever is not explained is refused, with the line to send. */
export function readReport(typed: ReportLine, context: ParseContext): Draft {
  const { act, word, form } = typed;
  const args = tidied(typed.args, form, context);
  const line = { ...typed, args };
  const write = (rest: string): string => `/${word} ${rest}`.trim();
  if (QUESTION.test(args)) {
    const plain = args
      .replace(/[?]|[吗呢么]/g, ' ')
      .replace(/ +/g, ' ')
      .trim();
    return refuse('text.question', { text: args, proposals: plain === '' ? [] : [write(plain)] });
  }
  const scanned = scan(args, { context, form, rest: act === 'behalf', leadingName: line.people === 'leading' });
  const tokens = withPerson(scanned, form, context.matchName, line.people === 'apart');
  const reasoned = act !== 'report' || tokens.some((token) => token.kind === 'date' && token.date !== context.today);
  const odd = oddNumber(tokens, line, write);
  if (odd) return odd;
  const values = readValues(tokens, form, args, write);
  if ('kind' in values) return values;
  const unclear = reasoned ? null : unclearNumber(tokens, form);
  return unclear ?? assemble(values, line, context, write);
}

function assemble(
  { given, rest }: Values,
  line: ReportLine,
  context: ParseContext,
  write: (args: string) => string,
): Draft {
  const { act, args } = line;
  const dates = rest.filter((token) => token.kind === 'date');
  const [date, ...moreDates] = dates;
  if (moreDates.length > 0) return refuse('date.two', { text: dates.map((d) => d.text).join(' ') });
  const period = date === undefined ? context.today : date.date;
  if (period === null) return refuse('date.unreal', { text: date?.text ?? '' });
  const without = (token: Token): string => write(edited(args, [{ start: token.start, end: token.end, text: ' ' }]));
  const useless = period > context.today || daysBetween(period, context.today) > OLDEST;
  if (date && useless && given.length === 0 && /^\d+-\d+$/.test(date.text)) {
    return refuse('number.vague', { text: date.text, choices: date.text.split('-').map((n) => write(n)) });
  }
  if (date && period > context.today) return refuse('date.future', { text: date.text, proposals: [without(date)] });
  if (date && daysBetween(period, context.today) > OLDEST) return refuse('date.too-old', { text: date.text });

  const reasoned = act === 'behalf' || act === 'makeup' || act === 'correct' || period < context.today;
  const firstValue = given[0]?.start ?? args.length;
  const subject = joinNames(rest, args, reasoned ? firstValue : args.length);
  if ('kind' in subject) return subject;
  if (act === 'behalf' && subject.name === null) {
    return refuse('subject.missing', { example: write(`三网格 ${args === '' ? '0' : args}`) });
  }

  const command: ParsedCommand = {
    ...bareCommand(act === 'correct' || act === 'withdraw' ? act : 'report'),
    verb: act === 'correct' || act === 'withdraw' ? null : act,
    form: line.formId,
    period,
    subject: subject.name,
    args,
  };
  const core = [subject.typed, date?.text ?? ''].filter(Boolean).join(' ');
  if (act === 'withdraw') {
    if (given.length > 0) return refuse('text.extra', { text: args, proposals: [write(core)] });
    return noted(command, subject.words, 'withdrawal', line, firstValue, () => write(core));
  }
  const isOwnToday = subject.name === null && period === context.today && act === 'report';
  const known = isOwnToday ? context.knownValues?.(line.formId) : undefined;
  const refusal = fill(command, given, line, subject.words, core, write, known);
  if (refusal) return refusal;
  const kind = reasoned ? 'reason' : 'remark';
  const cut = subject.words.map(({ start, end }) => ({ start, end, text: ' ' }));
  return noted(command, subject.words, kind, line, firstValue, () => write(edited(args, cut)));
}

/** Puts the values into the command; refuses when none or a required one is missing. */
function fill(
  command: ParsedCommand,
  given: Values['given'],
  line: ReportLine,
  words: readonly Token[],
  core: string,
  write: (args: string) => string,
  known: FieldValues = {},
): Refusal | null {
  const { form, word, args } = line;
  const values = new Map<string, Value>(given.map(({ field, value }) => [field, value]));
  const bare = Object.entries(form.fields).find(([, field]) => field.bare)?.[0];
  // /零报告 says zero by its name, unless words beside it say something else.
  if (
    bare !== undefined &&
    !values.has(bare) &&
    words.length === 0 &&
    form.zeroNames.map(normalise).includes(normalise(word))
  ) {
    values.set(bare, 0);
  }
  // Whoever says something of it need not say again what another form was told.
  if (values.size > 0) {
    for (const [id, value] of Object.entries(known))
      if (form.fields[id]?.required && !values.has(id)) values.set(id, value);
  }
  const missing = Object.entries(form.fields).filter(([id, field]) => field.required && !values.has(id));
  if (values.size === 0 || missing.length > 0) {
    // Of a form that requires nothing any one field will do.
    const [first] = Object.values(form.fields);
    const wanted = missing.length > 0 ? missing.map(([, field]) => field) : bare === undefined && first ? [first] : [];
    const zeros = wanted.map((field) => (field.bare ? '0' : `${field.name}0`)).join(' ') || '0';
    const said = given.map((g) => args.slice(g.start, g.end).trim()).join(' ');
    const full = write([core, zeros, said].filter(Boolean).join(' '));
    const text = missing[0]?.[1].name ?? '';
    if (values.size > 0) return refuse('field.missing', { text, example: zeros, proposals: [full] });
    const note = words.map((token) => token.text).join(' ');
    if (note === '') return refuse('value.missing', { text, example: zeros, proposals: [full] });
    // Whoever wrote 有发热 does not mean zero, and whoever named somebody does not mean themselves.
    const innocent = noteProblem(note, form, 'remark') === null && !words.some(({ text }) => mayBePerson(text, form));
    return refuse('text.unknown', { text: note, example: full, proposals: innocent ? [full] : [] });
  }
  command.values = Object.fromEntries(values);
  return null;
}

/** Adds the free text, if there is any and it may stand. */
function noted(
  command: ParsedCommand,
  words: readonly Token[],
  kind: NoteKind,
  line: ReportLine,
  firstValue: number,
  without: () => string,
): Draft {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return command;
  const note = words
    .map((token, i) => (i === 0 ? '' : /\S/.test(token.gap) ? token.gap.trim() : ' ') + token.text)
    .join('');
  // In a plain report the number comes first: a word before it might be meant as a name.
  const early = kind === 'remark' && first.start < firstValue;
  const problem = early ? 'early' : noteProblem(note, line.form, kind);
  if (problem === null) return { ...command, note };
  // A word before the number may be whom or what it counts; only a zero says the same without it.
  const counted = Object.values(command.values).some((value) => value !== 0);
  const named =
    early && (counted || words.some(({ text }) => text.startsWith(REST_NAME) || mayBePerson(text, line.form)));
  const safe = problem === 'doubt' || problem === 'label' || named ? [] : [without()];
  return refuse('text.unknown', { text: note, example: named ? '' : without(), proposals: safe });
}
