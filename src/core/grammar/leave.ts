/** `/请假 11月22日-24日 李四代` and `/免报 三网格 11月23日 整组搬迁`: days, people, reasons. */
import { matchDay, matchSpan, type SpanMatch } from '../dates.ts';
import { addDays, daysBetween } from '../time.ts';
import { nameLength } from './names.ts';
import type { PlainLine } from './plain.ts';
import { bareCommand, type Draft, type ParseContext, type ParsedCommand, type Refusal, refuse } from './types.ts';
import { pickForm } from './words.ts';

const WORD = /[^\s,、:;=。!]+/y;
const GAP = /[\s,、:;=。!]*/y;
/** A day without its year that is further ahead is more likely one that has passed. */
const FAR = 180;
/** Days that leave may have begun before it is said, or that may be exempted afterwards. */
const BACK = 31;
/** What is left of a range whose end is no day: 至月底, 到国庆节. */
const CUT_RANGE = /^ ?(?:至|[-‐-―−─━~⁓∼〜ー→⇒/.]|到(?:[上中下本这]?个?[月年周旬]|初|周末|.{0,2}[节底假初末旬]|[后以]))/;
const NAME = '(?:[\\p{Script=Han}·]{1,15}?)(?:@[\\p{Script=Han}A-Za-z0-9/]{1,40}?)?';
const STANDS_IN = '(?:来)?(?:代理|代班|代管|代报|代岗|代替|代)';
const END = '(?=$|[\\s,、:;=。!])';
/** 李四代, 由李四代, @李四 代. */
const DEPUTY = new RegExp(`(?:由|请|让)?@?(${NAME}) ?${STANDS_IN}${END}`, 'uy');
/** 代:李四, 代李四; 代表 and 代课 are words of a reason. */
const DEPUTY_AFTER = new RegExp(
  `(?:(?:代理人|代班人|代理|代班|代) ?[:=] ?|(?:代理|代班|代)(?![表课办购码价]) ?)@?(${NAME})${END}`,
  'uy',
);
const AND = /^ ?[和及跟与&+] ?/;
const PART_OF_DAY = /^(?:半天|上午|下午|早上|晚上|中午|\d+(?:个)?小时|[一两三]个?小时)/;

interface Piece {
  text: string;
  start: number;
}

interface Pieces {
  span: (SpanMatch & { text: string; start: number }) | null;
  deputy: string | null;
  /** Words before the days and after them, each with what it is known to be. */
  before: Piece[];
  after: Piece[];
}

function at(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** Cuts a line into days, deputy and words. */
function cut(args: string, context: ParseContext, line: PlainLine): Pieces | Refusal {
  const pieces: Pieces = { span: null, deputy: null, before: [], after: [] };
  let i = 0;
  for (;;) {
    i += at(GAP, args, i)?.[0].length ?? 0;
    if (i >= args.length) return pieces;
    const span = matchSpan(args, i, context.today);
    // A number of days in the middle of a reason (停电3天) is met only inside a word, a second span at a word's head.
    if (span && !pieces.span) {
      const text = args.slice(i, i + span.length);
      if ('error' in span) return refuse(`date.${span.error}`, { text, example: `/${line.word} 今天` });
      const days = daysMeant(span, args, i, context, line);
      if (!days) return refuse('date.past', { text });
      pieces.span = { ...days, text, start: i };
      i += span.length;
      const goesOn = daysGoOn(args, i, context);
      if (goesOn) return refuse(goesOn, { text: text + (/^ ?[^ ]*/.exec(args.slice(i, i + 30))?.[0] ?? '') });
      continue;
    }
    if (span && !('error' in span) && pieces.after.length === 0) {
      return refuse('date.two', { text: `${pieces.span?.text ?? ''} ${args.slice(i, i + span.length)}` });
    }
    const deputy = deputyAt(args, i, context);
    if (deputy) {
      if (pieces.deputy !== null) return refuse('deputy.two', { text: `${pieces.deputy} ${deputy.name}` });
      pieces.deputy = deputy.name;
      i += deputy.length;
      continue;
    }
    const length = beforeDays(wordLength(args, i), args, i, context, pieces.span !== null);
    const piece: Piece = { text: args.slice(i, i + length), start: i };
    (pieces.span ? pieces.after : pieces.before).push(piece);
    i += length;
  }
}

/**
 * The days as they are meant: those ahead, or such as have begun. Days that are all over can be exempted afterwards;
 * nobody can go on leave for them. Null when they lie too far back, or further ahead than anyone plans.
 */
function daysMeant(span: SpanMatch, args: string, i: number, context: ParseContext, line: PlainLine): SpanMatch | null {
  const explicit = /^(?:\d{4}|昨|前|大前|上|本|这)/.test(args.slice(i, i + 4));
  const far = daysBetween(context.today, span.from) > FAR;
  if (span.from >= context.today) {
    if (!far || explicit) return span;
  }
  const earliest = addDays(context.today, -BACK);
  const back = far ? matchSpan(args, i, earliest) : span;
  if (!back || 'error' in back || back.from < earliest || back.from > context.today) return null;
  return back.until >= context.today || line.command.shape === 'exempt' ? back : null;
}

/** What the days run on into: a range whose end is no day, or a further day; null when they end where they seem to. */
function daysGoOn(args: string, i: number, context: ParseContext): 'date.length' | 'date.two' | null {
  if (CUT_RANGE.test(args.slice(i, i + 8))) return 'date.length';
  const link = AND.exec(args.slice(i, i + 3))?.[0].length ?? 0;
  const further = link > 0 && matchDay(args, i + link, context.today, 'future') !== null;
  return further || holdsDay(at(WORD, args, i)?.[0] ?? '', context) ? 'date.two' : null;
}

const wordLength = (args: string, i: number): number => at(WORD, args, i)?.[0].length ?? 1;

/** The deputy named at `from`. Only a word before 代 may be any word; one after it must have the shape of a name. */
function deputyAt(args: string, from: number, context: ParseContext): { name: string; length: number } | null {
  const before = at(DEPUTY, args, from);
  if (before?.[1]) return { name: before[1], length: before[0].length };
  const after = at(DEPUTY_AFTER, args, from);
  const name = after?.[1] ?? '';
  if (!after || name === '') return null;
  const told = /[:=]/.test(after[0]) || nameLength(name, 0, context) === name.length;
  return told ? { name, length: after[0].length } : null;
}

/** Length of a word; one that comes before the days ends where they begin (张三明天). */
function beforeDays(word: number, args: string, from: number, context: ParseContext, spanFound: boolean): number {
  const name = nameLength(args, from, context);
  if (name > 0) return name;
  if (spanFound) return word;
  for (let n = 1; n < word && n <= 15; n += 1) {
    if (matchSpan(args, from + n, context.today)) return n;
  }
  return word;
}

/** Days, default today; a deputy; whose leave, when it is another's; a reason after the days. */
export function readLeave(line: PlainLine, context: ParseContext): Draft {
  const { args, word } = line;
  if (/[?]|吗/.test(args)) {
    return refuse('text.question', { text: args, proposals: [`/${word} ${args.replace(/[?吗]/g, '')}`] });
  }
  if (args === '') return refuse('date.missing', { proposals: [`/${word} 今天`] });
  const pieces = cut(args, context, line);
  if ('kind' in pieces) return pieces;
  const { span, deputy, before, after } = pieces;
  const day = span?.text ?? '今天';
  const who = deputy === null ? '' : ` ${deputy}代`;
  const isName = (piece: Piece): boolean => nameLength(piece.text, 0, context) === piece.text.length;
  const part = [...before, ...after].find((piece) => PART_OF_DAY.test(piece.text));
  if (part) return refuse('date.length', { text: part.text, proposals: [`/${word} ${day}${who}`] });
  const [subject, ...unknown] = before;
  if (subject && (!isName(subject) || unknown.length > 0)) {
    const text = (isName(subject) ? unknown : before).map((piece) => piece.text).join(' ');
    const whose = isName(subject) ? `${subject.text} ` : '';
    const reason = [text, ...after.map((piece) => piece.text)].join(' ');
    return refuse('text.unknown', { text, proposals: [`/${word} ${whose}${day}${who} ${reason}`] });
  }
  // A day or a number that was not understood may be the end of the leave.
  const left = span && after.find(({ text }) => /\d/.test(text) || holdsDay(text, context));
  if (left) return refuse('date.two', { text: `${span.text} ${left.text}` });
  const [name] = after;
  if (name && context.matchName && isName(name)) {
    const rest = after
      .slice(1)
      .map((piece) => ` ${piece.text}`)
      .join('');
    const choices = [`/${word} ${day} ${name.text}代${rest}`, `/${word} ${name.text} ${day}${who}${rest}`];
    return refuse('deputy.unclear', { text: name.text, choices: deputy === null ? choices : choices.slice(1) });
  }
  return {
    ...daysOf(line, span, context),
    subject: subject?.text ?? null,
    deputy,
    note: noteOf(after),
  };
}

/** A unit, days (default today) and a reason; whether the reason is there is for the command to judge. */
export function readExempt(line: PlainLine, context: ParseContext): Draft {
  const picked = pickForm(line.args, context);
  const args = picked?.args ?? line.args;
  const pieces = cut(args, context, line);
  if ('kind' in pieces) return pieces;
  const { span, before, after, deputy } = pieces;
  const words = [...before, ...after];
  const names: string[] = [];
  while (words[0] && nameLength(words[0].text, 0, context) === words[0].text.length && names.length < 3) {
    const name = words.shift()?.text ?? '';
    names.push(name);
    // Only the parts of one path stand side by side.
    const next = words[0]?.text ?? '';
    if (!/(?:网格|村|社区|嘎查)$/.test(next) || context.matchName === undefined) break;
  }
  if (names.length === 0 && (words.length > 0 || span)) {
    return refuse('subject.missing', { example: `/${line.word} 三网格 ${args}` });
  }
  const note = noteOf(words);
  return {
    ...daysOf(line, span, context),
    form: picked?.form ?? null,
    subject: names.length > 0 ? names.join('/') : null,
    note: deputy === null ? note : [note, `${deputy}代`].filter(Boolean).join(' '),
  };
}

function daysOf(line: PlainLine, span: SpanMatch | null, context: ParseContext): ParsedCommand {
  const period = span?.from ?? context.today;
  return { ...bareCommand(line.command.name), period, until: span?.until ?? period, args: line.args };
}

function holdsDay(text: string, context: ParseContext): boolean {
  // A word of a reason is short; the bound keeps hostile ones cheap.
  return [...text.slice(0, 60)].some((_, i) => matchDay(text, i, context.today, 'future') !== null);
}

function noteOf(words: readonly Piece[]): string | null {
  return words.length === 0 ? null : words.map((piece) => piece.text).join(' ');
}
