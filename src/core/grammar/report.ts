/** A report's line: `/日报 2 返乡1`, `/代报 三网格 0 原因`, `/补报 昨天 0 停电`, `/更正 1`, `/撤回`. */
import type { Form } from '../playbook.ts';
import { normalise } from '../text.ts';
import { daysBetween } from '../time.ts';
import { type NoteKind, noteProblem } from './note.ts';
import { scan, type Token, vocabularyOf } from './scan.ts';
import { holdsNear, nearness } from './similar.ts';
import { joinNames } from './subject.ts';
import { bareCommand, type Draft, type ParseContext, type ParsedCommand, type Refusal, refuse } from './types.ts';
import { edited, readValues, type Values } from './values.ts';
import type { Act } from './words.ts';

/** How far back a report may reach, days. */
export const OLDEST = 31;

export interface ReportLine {
  act: Act;
  /** The word it began with, as a suggestion writes it. */
  word: string;
  formId: string;
  form: Form;
  args: string;
  /** An unknown word of two to four characters before the value is a name: on behalf, in a chain. */
  leadingName: boolean;
}

const QUESTION = /[?]|吗|呢|么(?=$|[\s,。!])|多少|什么|怎么/;
const AFTER_NUMBER = /^(?:左右|上下|多|余|来|几|以[上下]|出头)/;
const BEFORE_NUMBER = /(?:约|大概|大约|可能|也许|估计|近|不到|超过|至少|最多|上)$/;

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
export function readReport(line: ReportLine, context: ParseContext): Draft {
  const { args, act, word } = line;
  const write = (rest: string): string => `/${word} ${rest}`.trim();
  if (QUESTION.test(args)) {
    const plain = args
      .replace(/[?]|[吗呢么]/g, ' ')
      .replace(/ +/g, ' ')
      .trim();
    return refuse('text.question', { text: args, proposals: plain === '' ? [] : [write(plain)] });
  }
  const tokens = scan(args, { context, form: line.form, rest: act === 'behalf', leadingName: line.leadingName });
  const odd = oddNumber(tokens, line, write);
  if (odd) return odd;
  const values = readValues(tokens, line.form, args, write);
  if ('kind' in values) return values;
  return assemble(values, line, context, write);
}

/** Whatever looks like a number and is no count, or is qualified by a word beside it, or has a label nobody knows. */
function oddNumber(tokens: readonly Token[], line: ReportLine, write: (args: string) => string): Refusal | null {
  const { args } = line;
  for (const [i, token] of tokens.entries()) {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const replaced = (text: string): string => write(swapped(args, token, text));
    if (token.kind === 'bad') {
      const { code, fixes } = token.bad;
      const lines = fixes.map((fix) => replaced(fix));
      const example = code === 'number.glued' || lines.length > 0 ? '' : replaced('12');
      const text = token.text;
      return lines.length === 1
        ? refuse(code, { text, example, proposals: lines })
        : refuse(code, { text, example, choices: lines });
    }
    if (token.kind === 'date' && before?.kind === 'label' && /^\d+[-/]/.test(token.text)) {
      return refuse('number.vague', { text: token.text, example: replaced('12') });
    }
    if (token.kind === 'number') {
      const vague =
        (after?.kind === 'word' && AFTER_NUMBER.test(after.text)) ||
        (before?.kind === 'word' && BEFORE_NUMBER.test(before.text));
      if (vague) return refuse('number.vague', { text: qualified(before, token, after), example: write('12') });
    }
    if (token.kind === 'word' || (token.kind === 'name' && !token.known)) {
      const unknown = unknownLabel(token, after, line);
      if (unknown) {
        const lines = unknown.proposals.map((text) => swapped(args, token, text));
        // Whoever names a field may have left out the required one.
        return { ...unknown, proposals: [...lines.map(write), ...lines.map((text) => write(`0 ${text}`))] };
      }
    }
  }
  return null;
}

/** The line with another text in a token's place; numbers are kept from running together. */
function swapped(args: string, { start, end }: Token, text: string): string {
  const left =
    /[\p{L}\p{N}]$/u.test(args.slice(0, start)) && /^\d/.test(text) && /\d$/.test(args.slice(0, start)) ? ' ' : '';
  const right = /\d$/.test(text) && /^[\p{L}\p{N}]/u.test(args.slice(end)) ? ' ' : '';
  return edited(args, [{ start, end, text: left + text + right }]);
}

function qualified(before: Token | undefined, token: Token, after: Token | undefined): string {
  return [before, token, after]
    .flatMap((each) => (each?.kind === 'word' || each === token ? [each.text] : []))
    .join(' ');
}

/** 反乡1, or 反乡 1: a word with a number that would be a field's if the word were its name. */
function unknownLabel(token: Token, after: Token | undefined, { act, form }: ReportLine): Refusal | null {
  const { labels } = vocabularyOf(form);
  const [, name = token.text, tail = ''] = /^([^\d]+)(\d.*)$/.exec(token.text) ?? [];
  const numbered = tail !== '' || after?.kind === 'number' || after?.kind === 'zero';
  if (!numbered && token.kind === 'word') return null;
  if (/^(?:共|有|共有|一共|总共|合计|共计)$/.test(name))
    return refuse('label.unknown', { text: name, proposals: [tail] });
  if (!/\p{L}/u.test(name)) return refuse('text.unknown', { text: token.text, proposals: [tail.replace(/\D/g, '')] });
  const near = labels.filter(([label]) =>
    token.kind === 'name'
      ? name.length === label.length && nearness(name, label) !== null
      : name.length <= label.length + 2 && holdsNear(name, label),
  );
  if (token.kind === 'name' && near.length === 0) return null;
  // A reason may hold numbers of its own: 停电3小时.
  if (near.length === 0 && (tail === '' || act === 'behalf' || act === 'makeup' || act === 'correct')) return null;
  const [only, ...others] = near;
  const proposals = only && others.length === 0 ? [`${only[0]}${tail}`] : [];
  return refuse('label.unknown', { text: name, proposals });
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
  const refusal = fill(command, given, line, subject.words, core, write);
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
): Refusal | null {
  const { form, word, args } = line;
  const values = new Map(given.map(({ field, value }) => [field, value]));
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
  const missing = Object.entries(form.fields).filter(([id, field]) => field.required && !values.has(id));
  if (values.size === 0 || missing.length > 0) {
    const zeros = missing.map(([, field]) => (field.bare ? '0' : `${field.name}0`)).join(' ');
    const said = given.map((g) => args.slice(g.start, g.end).trim()).join(' ');
    const full = write([core, zeros || '0', said].filter(Boolean).join(' '));
    const text = missing[0]?.[1].name ?? '';
    if (values.size > 0) return refuse('field.missing', { text, proposals: [full] });
    const note = words.map((token) => token.text).join(' ');
    if (note === '') return refuse('value.missing', { text, proposals: [full] });
    // Whoever wrote 有发热 does not mean zero.
    const innocent = noteProblem(note, form, 'remark') === null;
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
  const safe = problem === 'doubt' || problem === 'label' ? [] : [without()];
  return refuse('text.unknown', { text: note, example: without(), proposals: safe });
}
