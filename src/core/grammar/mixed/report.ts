/** A report's line where the form is about entries of a register, or has fields that are no counts. */
import type { Form, Register } from '../../playbook/index.ts';
import { daysBetween } from '../../time.ts';
import { OLDEST } from '../report.ts';
import {
  bareCommand,
  type Draft,
  type EntrySaid,
  type ParseContext,
  type ParsedCommand,
  type Refusal,
  type ReportLine,
  refuse,
} from '../types.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { entriesOf, type LineRead, repeated } from './entries.ts';
import { entryExample } from './example.ts';
import { headOf } from './head.ts';
import { Line, type Reader } from './line.ts';
import { inMessage, wholeLine } from './message.ts';
import { unitOf } from './place.ts';
import { segmentsOf } from './segments.ts';

/** Whether a form's lines are read here rather than as a row of counts of one unit. */
export function isMixed(form: Form): boolean {
  return 'register' in form.subject || Object.values(form.fields).some(({ type }) => type !== 'count');
}

/** The register whose entries a form is about. */
export function registerOf(form: Form, context: ParseContext): Register | undefined {
  return 'register' in form.subject ? context.registers?.get(form.subject.register) : undefined;
}

/** 1.张三 36.5: a number in a list. */
const LISTED = /^\(?(\d{1,3}) ?[.、)] ?(?=\p{Script=Han})/u;
/** The lines without the numbers of a list, as long as these count on from one: 36、张三 is none of them. */
function unlisted(texts: readonly string[]): string[] {
  let next = 1;
  return texts.map((text) => {
    const [typed = '', number] = LISTED.exec(text) ?? [];
    if (Number(number) !== next) return text;
    next += 1;
    return text.slice(typed.length);
  });
}

/** Asks; 多少人来过 too, for it says no number. */
const QUESTION = /[?]|[吗呢][\s,。!]*$|么[\s,。!]*$|多少|怎么样?[\s,。!]*$/;

/**
 * Reads what follows the word. `below` are the lines under it: of a form about entries each is about further ones, of
 * a unit's each is an item of its report.
 */
export function readMixed(line: ReportLine, below: readonly string[], context: ParseContext): Draft {
  const register = registerOf(line.form, context);
  const reader = readerOf(line.form, register);
  return reader.register === null
    ? readUnit(line, below, reader, context)
    : readEntries(line, below, reader, register, context);
}

function readEntries(
  line: ReportLine,
  below: readonly string[],
  reader: Reader,
  register: Register | undefined,
  context: ParseContext,
): Draft {
  const texts = reader.numbered ? [line.args, ...below] : unlisted([line.args, ...below]);
  const reads: LineRead[] = [];
  for (const [i, text] of texts.entries()) {
    const read = readLine(text, reader, context);
    if ('kind' in read) return inMessage(read, line.word, texts, i);
    reads.push(read);
  }
  const head = headOf(reads, (first, changed) => {
    const [own = '', ...others] = texts.map((text, i) => changed.get(i) ?? text);
    return wholeLine(line.word, [`${first} ${own}`, ...others]);
  });
  if ('kind' in head) return head.code === 'place.two' ? { ...head, choices: apart(line.word, texts) } : head;
  const alone = reads.filter(({ segments }) => segments.length > 0).length === 1;
  const entries: EntrySaid[] = [];
  let note: string | null = null;
  for (const [i, read] of reads.entries()) {
    const outcome = entriesOf(read, line, alone);
    if ('kind' in outcome) return inMessage(outcome, line.word, texts, i);
    entries.push(...outcome.entries);
    note ??= outcome.note;
  }
  const twice = repeated(reads);
  if (twice) return { ...twice, choices: twice.choices.map((choice) => wholeLine(line.word, choice.split('\n'))) };
  if (entries.length === 0 && line.act !== 'withdraw') return nothingSaid(line, register, []);
  const { day, place } = head;
  return tooOld(day, context) ?? { ...reported(line, entries, note), period: day?.date ?? context.today, place };
}

/** A unit's report: one to a message. */
function readUnit(line: ReportLine, items: readonly string[], reader: Reader, context: ParseContext): Draft {
  const texts = [line.args, ...items];
  const read = readLine(line.args, reader, context);
  if ('kind' in read) return inMessage(read, line.word, texts, 0);
  const other = items.flatMap((text) => unitOf(text, context) ?? [])[0];
  if (other) {
    const text = [...(read.unit ? [read.unit.name] : []), other.name].join(' ');
    return refuse('place.two', { text, choices: apart(line.word, texts) });
  }
  const outcome = entriesOf(read, line, true);
  if ('kind' in outcome) return inMessage(outcome, line.word, texts, 0);
  const { entries, note } = outcome;
  if (entries.length === 0 && line.act !== 'withdraw') {
    // The word, and what is to be said in the line below.
    return nothingSaid(
      line,
      undefined,
      items.length === 1 ? [wholeLine(line.word, [`${line.args} ${items[0]}`.trim()])] : [],
    );
  }
  const period = read.day?.date ?? context.today;
  return tooOld(read.day, context) ?? { ...reported(line, entries, note), period, items: [...items] };
}

/** Each line that says anything as a message of its own. */
const apart = (word: string, texts: readonly string[]): string[] =>
  texts.filter((text) => text !== '').map((text) => wholeLine(word, [text]));

function tooOld(day: LineRead['day'], { today }: ParseContext): Refusal | null {
  return day && daysBetween(day.date, today) > OLDEST ? refuse('date.too-old', { text: day.text }) : null;
}

function nothingSaid({ word, form }: ReportLine, register: Register | undefined, joined: readonly string[]): Refusal {
  const example = entryExample(word, form, register);
  return refuse('value.missing', { example, proposals: [...joined, example] });
}

function reported({ act, formId, args }: ReportLine, entries: EntrySaid[], note: string | null): ParsedCommand {
  const [only, ...more] = entries;
  const names = only && more.length === 0 ? only.refs.map(({ text }) => text) : [];
  const isReport = act !== 'correct' && act !== 'withdraw';
  return {
    ...bareCommand(isReport ? 'report' : act),
    verb: isReport ? act : null,
    form: formId,
    values: more.length === 0 ? (only?.values ?? {}) : {},
    items: more.length === 0 ? [] : entries.map(({ text }) => text),
    subject: names.length > 0 ? names.join('、') : null,
    note,
    args,
    entries,
  };
}

export function readerOf(form: Form, register: Register | undefined): Reader {
  const { zeroWords, measureWords } = vocabularyOf(form);
  return {
    fields: form.fields,
    register: 'register' in form.subject ? form.subject.register : null,
    numbered: register?.numbered ?? false,
    measure: register?.measure ?? '',
    zeroWords,
    measureWords,
  };
}

function readLine(text: string, reader: Reader, context: ParseContext): LineRead | Refusal {
  if (QUESTION.test(text)) {
    const plain = text
      .replace(/[?]|[吗呢么]/g, ' ')
      .replace(/ +/g, ' ')
      .trim();
    return refuse('text.question', { text, proposals: plain === '' ? [] : [plain] });
  }
  const { register } = reader;
  const entryAt = (at: number): number => {
    const known = (register !== null && context.matchEntry?.(register, text, at)) || 0;
    return known > 0 || !reader.numbered ? known : (/^\d{1,5}/.exec(text.slice(at, at + 5))?.[0].length ?? 0);
  };
  const unit = unitOf(text, context, register === null ? undefined : entryAt);
  const masked = unit ? text.slice(0, unit.start) + ' '.repeat(unit.end - unit.start) + text.slice(unit.end) : text;
  const line = new Line(masked, reader, context, text);
  const read = segmentsOf(line);
  return 'kind' in read ? read : { ...read, line, unit };
}
