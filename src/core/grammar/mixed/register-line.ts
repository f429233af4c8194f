/** Lines about a register itself: looked up, taken in, let go, covered; and a phase that is declared. */
import type { Field, Phase, Register, RegisterAct } from '../../playbook/index.ts';
import { normalise } from '../../text.ts';
import { personLength } from '../names.ts';
import { bareCommand, type Draft, type ParseContext, refuse } from '../types.ts';
import { exampleEntry, exampleValue } from './example.ts';
import { unitBefore } from './place.ts';
import { type Reader, segmentsOf } from './segments.ts';
import { mixedWords } from './words.ts';

export interface RegisterLine {
  word: string;
  registerId: string;
  register: Register;
  act: RegisterAct;
  args: string;
}

const FINAL = /[\s,、:;=。!]+$/;

function readerOf({ registerId, register }: RegisterLine, fields: Reader['fields']): Reader {
  const { numbered, measure } = register;
  return { fields, register: registerId, numbered, measure, zeroWords: [], measureWords: [] };
}

/** Reads a line about a register; `below` are the lines under it, each an entry of its own. */
export function readRegister(line: RegisterLine, below: readonly string[], context: ParseContext): Draft {
  switch (line.act) {
    case 'look':
      return readLook(line, context);
    case 'add':
      return readAdd(line, below, context);
    case 'end':
      return readEnd(line, context);
    case 'cover':
      return readCover(line, context);
  }
}

/** `/户 12`, `/户 张三`, `/户`: of one, or how many there are. */
function readLook(line: RegisterLine, context: ParseContext): Draft {
  const args = line.args.replace(FINAL, '');
  const command = { ...bareCommand('look'), form: line.registerId, period: context.today, args };
  if (args === '') return command;
  const unit = unitBefore(args, context);
  const read = segmentsOf(unit?.rest ?? args, readerOf(line, NO_FIELDS), context);
  if ('kind' in read) return read;
  const refs = read.segments.flatMap((segment) => segment.refs);
  return {
    ...command,
    place: unit?.name ?? null,
    entries: refs.map((ref) => ({ refs: [ref], values: {}, text: ref.text })),
  };
}

const NO_FIELDS: Reader['fields'] = {};

/** `/登记 张三 武汉返乡 11月20日`, `/登记 二网格 张三 …`, and one a line below. */
function readAdd(line: RegisterLine, below: readonly string[], context: ParseContext): Draft {
  const { register } = line;
  const example = `/${line.word} ${[exampleEntry(register), ...requiredExamples(register)].join(' ')}`;
  const first = unitBefore(line.args, context);
  const entries = [];
  for (const text of [first?.rest ?? line.args, ...below]) {
    if (text.replace(FINAL, '') === '') continue;
    const reader = { ...readerOf(line, register.fields), dayBehind: true };
    const read = segmentsOf(text, reader, { ...context, matchEntry: () => 0 });
    if ('kind' in read) return { ...read, example, proposals: [example], choices: [] };
    if (read.day?.date === null) return refuse('date.unreal', { text: read.day.text });
    const [segment, ...more] = read.segments;
    if (!segment || segment.refs.length === 0) return refuse('entry.missing', { example, proposals: [example] });
    if (more.length > 0) return refuse('text.unknown', { text, example, proposals: [example] });
    const { rest } = mixedWords(register.fields);
    const values = { ...segment.values };
    if (segment.words.length > 0) {
      const words = segment.words.join(' ');
      // Of a numbered register the words behind the number are the name.
      if (register.numbered && segment.refs.every(({ kind }) => kind === 'number')) {
        const [name = '', ...others] = segment.words;
        segment.refs.push({ kind: 'name', text: name });
        if (others.length > 0 && !rest)
          return refuse('text.unknown', { text: others.join(' '), example, proposals: [example] });
        if (others.length > 0 && rest) values[rest[0]] = others.join(' ');
      } else if (rest) values[rest[0]] = words;
      else return refuse('text.unknown', { text: words, example, proposals: [example] });
    }
    const missing = Object.entries(register.fields).find(([id, field]) => field.required && !(id in values));
    if (missing) {
      const typed = below.length === 0 ? `/${line.word} ${line.args.replace(FINAL, '')}` : null;
      return missingOf(missing[1], example, typed);
    }
    const since = read.day?.date ?? null;
    entries.push({ refs: segment.refs, values, text: text.trim(), ...(since ? { since } : {}) });
  }
  if (entries.length === 0) return refuse('entry.missing', { example, proposals: [example] });
  return {
    ...bareCommand('add'),
    form: line.registerId,
    period: context.today,
    place: first?.name ?? null,
    values: entries.length === 1 ? (entries[0]?.values ?? {}) : {},
    args: line.args,
    entries,
  };
}

/** What still has to be said; of a choice, the lines with which each may be said. */
function missingOf(field: Field, example: string, typed: string | null): Draft {
  if (field.type !== 'choice') return refuse('field.missing', { text: field.name, example, proposals: [example] });
  const choices = typed === null ? [] : field.options.slice(0, MOST_CHOICES).map(({ name }) => `${typed} ${name}`);
  return refuse('choice.missing', { text: field.name, example, choices });
}

const MOST_CHOICES = 8;

const requiredExamples = ({ fields }: Register): string[] =>
  Object.values(fields)
    .filter((field) => field.required)
    .map(exampleValue);

/** What stands behind the name: why. */
const REASON: Reader['fields'] = {
  reason: { type: 'text', name: '原因', aliases: [], required: false, bare: false, rest: true, upward: 'hidden' },
};

/** `/解除 张三`, `/解除 张三 期满` */
function readEnd(line: RegisterLine, context: ParseContext): Draft {
  const example = `/${line.word} ${exampleEntry(line.register)}`;
  const unit = unitBefore(line.args, context);
  const read = segmentsOf(unit?.rest ?? line.args, readerOf(line, REASON), context);
  if ('kind' in read) return read;
  const [segment, ...more] = read.segments;
  if (!segment || segment.refs.length === 0 || more.length > 0)
    return refuse('entry.missing', { example, proposals: [example] });
  return {
    ...bareCommand('end'),
    form: line.registerId,
    period: context.today,
    place: unit?.name ?? null,
    note: segment.words.length > 0 ? segment.words.join(' ') : null,
    args: line.args,
    entries: [{ refs: segment.refs, values: {}, text: line.args }],
  };
}

/** `/包户 12 13-20 李四`: the last word is who covers them. */
function readCover(line: RegisterLine, context: ParseContext): Draft {
  const example = `/${line.word} ${exampleEntry(line.register)} 李四`;
  const unit = unitBefore(line.args, context);
  const args = (unit?.rest ?? line.args).replace(FINAL, '');
  const at = args.lastIndexOf(' ') + 1;
  const cover = args.slice(at);
  const read = segmentsOf(args.slice(0, at).trim(), readerOf(line, NO_FIELDS), context);
  if ('kind' in read) return read;
  const refs = read.segments.flatMap((segment) => segment.refs);
  if (refs.length === 0 || personLength(cover, 0) === 0)
    return refuse('entry.missing', { example, proposals: [example] });
  return {
    ...bareCommand('cover'),
    form: line.registerId,
    period: context.today,
    place: unit?.name ?? null,
    deputy: cover,
    args: line.args,
    entries: [{ refs, values: {}, text: args.slice(0, at).trim() }],
  };
}

/** `/响应 红色`, `/响应 林东镇 解除` */
export function readPhase(word: string, phaseId: string, phase: Phase, args: string, context: ParseContext): Draft {
  const unit = unitBefore(args, context);
  const said = (unit?.rest ?? args).replace(FINAL, '');
  const state = phase.states.find((each) => normalise(each) === said || `${normalise(each)}响应` === said);
  if (state === undefined) {
    const proposals = phase.states.map((each) => `/${word} ${each}`);
    return refuse('state.unknown', { text: said, example: phase.states.join('、'), choices: proposals });
  }
  return { ...bareCommand('phase'), form: phaseId, period: context.today, place: unit?.name ?? null, args: state };
}
