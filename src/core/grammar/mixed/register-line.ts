/** Lines about what a register holds: looked up, let go, covered; and a phase that is declared. */
import type { Phase, Register, RegisterAct } from '../../playbook/index.ts';
import { normalise } from '../../text.ts';
import { bareCommand, type Draft, type EntryRef, type ParseContext, type Refusal, refuse } from '../types.ts';
import { exampleEntry } from './example.ts';
import { Line, type Reader, registerReader } from './line.ts';
import { unitBefore } from './place.ts';
import { segmentsOf } from './segments.ts';

export interface RegisterLine {
  word: string;
  registerId: string;
  register: Register;
  act: Exclude<RegisterAct, 'add'>;
  args: string;
}

const FINAL = /[\s,、:;=。!]+$/;

/** Reads a line about what a register holds already. */
export function readRegister(line: RegisterLine, context: ParseContext): Draft {
  switch (line.act) {
    case 'look':
      return readLook(line, context);
    case 'end':
      return readEnd(line, context);
    case 'cover':
      return readCover(line, context);
  }
}

/** A line about a register, without the unit at its head. */
function linesOf(line: RegisterLine, text: string, fields: Reader['fields'], context: ParseContext) {
  const unit = unitBefore(text, context);
  const read = new Line(unit?.rest ?? text, registerReader(line.registerId, line.register, fields), context);
  const whole = (proposal: string): string => `/${line.word} ${unit ? `${unit.name} ` : ''}${proposal}`.trim();
  return { unit, read, whole };
}

/** A refusal of a line behind its word, its proposals made whole lines again. */
function inLine(refusal: Refusal, whole: (proposal: string) => string, example: string): Refusal {
  const { proposals, choices } = refusal;
  const own = refusal.code === 'entry.missing' ? [example] : [];
  return { ...refusal, proposals: [...proposals.map(whole), ...own], choices: choices.map(whole) };
}

/** `/户 12`, `/户 张三`, `/户`: of one, or how many there are. */
function readLook(line: RegisterLine, context: ParseContext): Draft {
  const args = line.args.replace(FINAL, '');
  const command = { ...bareCommand('look'), form: line.registerId, period: context.today, args };
  if (args === '') return command;
  const { unit, read, whole } = linesOf(line, args, NO_FIELDS, context);
  const cut = segmentsOf(read);
  if ('kind' in cut) return inLine(cut, whole, `/${line.word} ${exampleEntry(line.register)}`);
  const words = [...cut.segments.flatMap((segment) => segment.words), ...(cut.day ? [cut.day] : [])];
  if (words.length > 0) {
    return refuse('text.unknown', {
      text: words.map(({ text }) => text).join(' '),
      proposals: [whole(read.without(words)), `/${line.word}`],
    });
  }
  const refs = cut.segments.flatMap((segment) => segment.refs);
  return {
    ...command,
    subject: namesOf(refs),
    place: unit?.name ?? null,
    entries: refs.map((ref) => ({ refs: [ref], values: {}, text: ref.text })),
  };
}

const namesOf = (refs: readonly EntryRef[]): string | null =>
  refs.length > 0 ? refs.map(({ text }) => text).join('、') : null;

const NO_FIELDS: Reader['fields'] = {};

/** What stands behind the name: why. */
const REASON: Reader['fields'] = {
  reason: { type: 'text', name: '原因', aliases: [], required: false, bare: false, rest: true, upward: 'hidden' },
};

/** `/解除 张三`, `/解除 张三 期满` */
function readEnd(line: RegisterLine, context: ParseContext): Draft {
  const example = `/${line.word} ${exampleEntry(line.register)}`;
  const { unit, read, whole } = linesOf(line, line.args, REASON, context);
  const cut = segmentsOf(read);
  if ('kind' in cut) return inLine(cut, whole, example);
  const [segment, second] = cut.segments;
  if (!segment || segment.refs.length === 0) return refuse('entry.missing', { example, proposals: [example] });
  if (second) {
    const text = read.text.slice(second.start, second.end);
    return refuse('text.extra', { text, proposals: [whole(read.without([second]))] });
  }
  const when = cut.day ? [cut.day.text] : [];
  const words = [...Object.values(segment.values), ...segment.words.map(({ text }) => text), ...when];
  return {
    ...bareCommand('end'),
    subject: namesOf(segment.refs),
    form: line.registerId,
    period: context.today,
    place: unit?.name ?? null,
    note: words.length > 0 ? words.join(' ') : null,
    args: line.args,
    entries: [{ refs: segment.refs, values: {}, text: line.args }],
  };
}

/** Whom they are covered by stands last: 12 李四, 12-20户李四. */
const COVER = /^(.*[\s,、\d户号])(\p{Script=Han}{2,4})$/u;

/** 李四 12 */
const SWAPPED = /^(\p{Script=Han}{2,4})[\s,、]+(\d.*)$/u;

/** `/包户 12 13-20 李四`: the last word is who covers them. */
function readCover(line: RegisterLine, context: ParseContext): Draft {
  const example = `/${line.word} ${exampleEntry(line.register)} 李四`;
  const { unit, read, whole } = linesOf(line, line.args.replace(FINAL, ''), NO_FIELDS, context);
  const [, said = '', cover = ''] = COVER.exec(read.text) ?? [];
  const whom = said.replace(/[\s,、]+$/, '');
  const cut = segmentsOf(new Line(whom, read.reader, context));
  if ('kind' in cut) return { ...cut, proposals: [], choices: [] };
  const refs = cut.segments.flatMap((segment) => segment.refs);
  const words = [...cut.segments.flatMap((segment) => segment.words), ...(cut.day ? [cut.day] : [])];
  if (words.length > 0) {
    return refuse('text.unknown', {
      text: words.map(({ text }) => text).join(' '),
      proposals: [whole(`${new Line(whom, read.reader, context).without(words)} ${cover}`)],
    });
  }
  if (refs.length === 0) {
    const [, first, others] = SWAPPED.exec(read.text) ?? [];
    const swapped = first === undefined ? [] : [whole(`${others} ${first}`)];
    return refuse('entry.missing', { example, proposals: [...swapped, example] });
  }
  return {
    ...bareCommand('cover'),
    subject: namesOf(refs),
    form: line.registerId,
    period: context.today,
    place: unit?.name ?? null,
    deputy: cover,
    args: line.args,
    entries: [{ refs, values: {}, text: whom }],
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
