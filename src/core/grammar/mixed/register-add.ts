/** Entries that are taken into a register: `/登记 张三 武汉返乡 11月20日`, `/登记 二网格 李四 密接`, and one a line below. */
import type { Register, Value } from '../../playbook/index.ts';
import { bareCommand, type Draft, type EntrySaid, type ParseContext, type Refusal, refuse } from '../types.ts';
import { exampleEntry, exampleValue } from './example.ts';
import { Line, registerReader } from './line.ts';
import { unitBefore } from './place.ts';
import type { Segment } from './segment.ts';
import { segmentsOf } from './segments.ts';
import { completions, wanted } from './wanted.ts';

interface AddLine {
  word: string;
  registerId: string;
  register: Register;
  args: string;
}

const BLANK = /^[\s,、:;=。!]*$/;
/** 未返乡 is not 返乡. */
const DENIED = /[不没未无非否莫别]$/;

/** Reads a line about new entries; `below` are the lines under it, each one more. */
export function readAdd(said: AddLine, below: readonly string[], typed: ParseContext): Draft {
  const reader = registerReader(said.registerId, said.register, said.register.fields);
  const example = `/${said.word} ${[exampleEntry(said.register), ...requiredExamples(said.register)].join(' ')}`;
  // Whoever is taken in is not known yet.
  const context: ParseContext = { ...typed, matchEntry: () => 0 };
  const texts = [said.args, ...below];
  const entries: EntrySaid[] = [];
  const places: (string | null)[] = [];
  for (const [i, text] of texts.entries()) {
    const unit = unitBefore(text, context);
    const rest = unit?.rest ?? text;
    if (BLANK.test(rest)) {
      places.push(unit?.name ?? null);
      continue;
    }
    const line = new Line(rest, reader, context);
    const read = readEntry(line);
    if ('kind' in read) return inMessage(read, said.word, texts.with(i, unit?.name ?? ''), i, example);
    places.push(unit?.name ?? null);
    entries.push({ ...read, text: text.trim() });
  }
  if (entries.length === 0) return refuse('entry.missing', { example, proposals: [example] });
  const [place = null, ...others] = places;
  const other = others.find((each) => each !== null && each !== place);
  // One message is about one unit: where entries of two are taken in, each has a message of its own.
  if (other !== undefined) return refuse('place.two', { text: [place, other].filter((name) => name).join(' ') });
  return {
    ...bareCommand('add'),
    form: said.registerId,
    period: context.today,
    place,
    values: entries.length === 1 ? (entries[0]?.values ?? {}) : {},
    items: entries.length === 1 ? [] : entries.map(({ text }) => text),
    subject: entries.length === 1 ? (entries[0]?.refs.map(({ text }) => text).join('、') ?? null) : null,
    args: said.args,
    entries,
  };
}

function readEntry(line: Line): Omit<EntrySaid, 'text'> | Refusal {
  const read = segmentsOf(line);
  if ('kind' in read) return read;
  const [segment, second] = read.segments;
  if (!segment || segment.refs.length === 0) return refuse('entry.missing', {});
  if (second)
    return refuse('text.extra', {
      text: line.text.slice(second.start, second.end),
      proposals: onePerLine(line, second),
    });
  const [only] = segment.refs;
  // 张 三: what an input method took apart is no name and a word.
  if (only?.kind === 'name' && [...only.text].length < 2) {
    const joined = line.text.replace(`${only.text} `, only.text);
    return refuse('entry.missing', { proposals: [joined] });
  }
  const values = { ...segment.values };
  const refs = [...segment.refs];
  const words = split(segment, line, values);
  const isNumber = refs.every(({ kind }) => kind === 'number');
  // Of a numbered register the words behind the number are the name.
  const [name, ...more] = isNumber ? words : [undefined, ...words];
  if (name !== undefined) refs.push({ kind: 'name', text: name });
  if (refs.length > (line.reader.numbered && isNumber && name !== undefined ? 2 : 1)) {
    const names = refs.map(({ text }) => text);
    const last = names.at(-1) ?? '';
    const tail = line.text.slice(line.text.indexOf(last) + last.length);
    return refuse('entry.two', {
      text: names.join('、'),
      proposals: isNumber ? [] : [names.map((each) => `${each}${tail}`).join('\n')],
    });
  }
  const rest = more.flatMap((word) => (word === undefined ? [] : [word]));
  const odd = secondOption(segment, line, rest);
  if (odd) return odd;
  if (rest.length > 0) {
    const field = line.words.rest;
    if (!field)
      return refuse('text.unknown', {
        text: rest.join(' '),
        proposals: [line.without(segment.words.slice(-rest.length))],
      });
    const before = values[field[0]];
    values[field[0]] = [...(before === undefined ? [] : [before]), ...rest].join(' ');
  }
  const missing = Object.entries(line.words.fields).filter(([id, field]) => field.required && !(id in values));
  if (missing.length > 0) {
    const fields = missing.map(([, field]) => field);
    const lines = completions(fields, segment, line);
    const refusal = wanted(
      fields,
      refs.map(({ text }) => text),
    );
    return { ...refusal, choices: lines.length > 1 ? lines : [], proposals: lines.length > 1 ? [] : lines };
  }
  return { refs, values, ...(read.day ? { since: read.day.date } : {}) };
}

/** The words of a segment; from one that ends in an option of a choice nothing was said of (武汉返乡) that is taken. */
function split({ words }: Segment, line: Line, values: Record<string, Value>): string[] {
  return words.flatMap(({ text }) => {
    const option = line.words.options.find(
      ({ word, id }) => !(id in values) && text.length > word.length && text.endsWith(word),
    );
    const before = option && text.slice(0, -option.word.length);
    if (!option || before === undefined || DENIED.test(before)) return [text];
    values[option.id] = option.option;
    return [before];
  });
}

/** 张三 返乡 李四 密接: a second answer to the same question. */
function secondOption(segment: Segment, line: Line, words: readonly string[]): Refusal | null {
  const option = line.words.options.find((each) => words.includes(each.word));
  if (!option || segment.values[option.id] === option.option) return null;
  return refuse('field.twice', { text: option.field.name });
}

const onePerLine = (line: Line, second: Segment): string[] => {
  const [first, next] = [line.text.slice(0, second.start), line.text.slice(second.start)];
  return [`${first.trim()}\n${next.trim()}`];
};

const requiredExamples = ({ fields }: Register): string[] =>
  Object.values(fields)
    .filter((field) => field.required)
    .map(exampleValue);

/** A refusal of one of several lines, its proposals made whole messages again; the text of its line is its unit. */
function inMessage(refusal: Refusal, word: string, texts: readonly string[], i: number, example: string): Refusal {
  const whole = (proposal: string): string => {
    const [first = '', ...below] = texts.with(i, `${texts[i]} ${proposal}`.trim());
    return [`/${word} ${first}`.trim(), ...below].join('\n');
  };
  const { proposals, choices } = refusal;
  const own = refusal.code === 'entry.missing' ? example : refusal.example;
  return {
    ...refusal,
    example: own,
    proposals: [...proposals.map(whole), ...(own === '' ? [] : [own])],
    choices: choices.map(whole),
  };
}
