/** A report's line where the form is about entries of a register, or has fields that are no counts. */
import { matchDay } from '../../dates.ts';
import type { Form, Register } from '../../playbook/index.ts';
import { daysBetween } from '../../time.ts';
import { nameLength } from '../names.ts';
import { OLDEST } from '../report.ts';
import {
  bareCommand,
  type Draft,
  type EntrySaid,
  type ParseContext,
  type Refusal,
  type ReportLine,
  refuse,
} from '../types.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { entryExample } from './example.ts';
import { unitBefore } from './place.ts';
import { type Reader, type Segment, segmentsOf } from './segments.ts';
import { mixedWords } from './words.ts';

/** Whether a form's lines are read here rather than as a row of counts of one unit. */
export function isMixed(form: Form): boolean {
  return 'register' in form.subject || Object.values(form.fields).some(({ type }) => type !== 'count');
}

/** The register whose entries a form is about. */
export function registerOf(form: Form, context: ParseContext): Register | undefined {
  return 'register' in form.subject ? context.registers?.get(form.subject.register) : undefined;
}

/** Reads what follows the word; `below` are the lines under it, each about further entries. */
export function readMixed(line: ReportLine, below: readonly string[], context: ParseContext): Draft {
  const { form, act, args } = line;
  const register = registerOf(form, context);
  const reader = readerOf(form, register);
  const example = entryExample(line.word, form, register);
  const entries: EntrySaid[] = [];
  let day = null;
  let note: string | null = null;
  let place: string | null = null;
  for (const text of [args, ...below]) {
    const unit = 'register' in form.subject ? null : unitOf(text, context);
    const at = 'register' in form.subject ? placeOf(text, context) : null;
    place ??= at?.name ?? null;
    const body = unit?.rest ?? at?.rest ?? text;
    const read = segmentsOf(body, reader, context);
    if ('kind' in read) return forLine(read, line, args, text);
    day ??= read.day;
    for (const segment of read.segments) {
      const said = act === 'withdraw' ? { values: {}, note: noteOf(segment) } : complete(segment, form, act);
      if ('kind' in said) {
        const whom = segment.refs.map(({ text: ref }) => ref).join(' ') || unit?.name;
        return withProposal(said, entryExample(line.word, form, register, whom));
      }
      note ??= said.note;
      const refs = unit ? [{ kind: 'name' as const, text: unit.name }] : segment.refs;
      entries.push({ refs, values: said.values, text: body.slice(segment.start, segment.end).trim() });
    }
    if (unit && read.segments.length === 0 && act === 'withdraw') {
      entries.push({ refs: [{ kind: 'name', text: unit.name }], values: {}, text: unit.name });
    }
  }
  const period = day === null ? context.today : day.date;
  if (period === null) return refuse('date.unreal', { text: day?.text ?? '' });
  if (daysBetween(period, context.today) > OLDEST) return refuse('date.too-old', { text: day?.text ?? '' });
  if (entries.length === 0 && act !== 'withdraw') {
    return refuse('value.missing', { text: args, example, proposals: [example] });
  }
  const [only, ...more] = entries;
  return {
    ...bareCommand(act === 'correct' || act === 'withdraw' ? act : 'report'),
    verb: act === 'correct' || act === 'withdraw' ? null : act,
    form: line.formId,
    values: more.length === 0 ? (only?.values ?? {}) : {},
    items: more.length === 0 ? [] : entries.map(({ text }) => text),
    period,
    subject: more.length === 0 && only && only.refs.length > 0 ? only.refs.map(({ text }) => text).join('、') : null,
    note,
    args,
    entries,
    place,
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

/** The unit whose entries are meant, before or behind a day at the head of the line. */
function placeOf(text: string, context: ParseContext): { name: string; rest: string } | null {
  const day = matchDay(text, 0, context.today, 'past')?.length ?? 0;
  const at = day === 0 ? 0 : day + (/^[\s,、:]*/.exec(text.slice(day))?.[0].length ?? 0);
  const place = unitBefore(text.slice(at), context);
  return place && { name: place.name, rest: `${text.slice(0, at)}${place.rest}` };
}

/** A unit's name before or behind a day at the head of the line, where the form is a unit's. */
function unitOf(text: string, context: ParseContext): { name: string; rest: string } | null {
  const day = matchDay(text, 0, context.today, 'past')?.length ?? 0;
  const gap = /^[\s,、:]*/.exec(text.slice(day))?.[0].length ?? 0;
  const at = day === 0 ? 0 : day + gap;
  const length = nameLength(text, at, context, false);
  if (length === 0) return null;
  const name = text.slice(at, at + length).replace(/[\s,、]+/g, '/');
  return { name, rest: `${text.slice(0, at)}${text.slice(at + length)}` };
}

const noteOf = ({ words }: Segment): string | null => (words.length > 0 ? words.join(' ') : null);

/** The values of a segment with what follows from them: the words no field was named for, the option they mean. */
function complete(
  segment: Segment,
  form: Form,
  act: ReportLine['act'],
): { values: EntrySaid['values']; note: string | null } | Refusal {
  const { rest, fields } = mixedWords(form.fields);
  const values = { ...segment.values };
  const words = noteOf(segment);
  if (words !== null && rest) values[rest[0]] = values[rest[0]] === undefined ? words : `${values[rest[0]]} ${words}`;
  if (words !== null) {
    for (const [id, field] of Object.entries(fields)) {
      if (field.type === 'choice' && field.otherwise !== undefined && !(id in values)) values[id] = field.otherwise;
    }
  }
  const reasoned = act === 'behalf' || act === 'makeup' || act === 'correct';
  if (words !== null && !rest && !reasoned) return refuse('text.unknown', { text: words });
  // Photos come beside the line.
  const missing = Object.entries(fields).find(
    ([id, field]) => field.required && field.type !== 'photo' && !(id in values),
  );
  if (missing) {
    const [, { type, name }] = missing;
    return refuse(type === 'choice' || type === 'yesno' ? 'choice.missing' : 'field.missing', { text: name });
  }
  const hasPhoto = Object.values(fields).some(({ type }) => type === 'photo');
  if (Object.keys(values).length === 0 && !hasPhoto) return refuse('value.missing', { text: '' });
  return { values, note: rest ? null : words };
}

/** A refusal of one of several lines, its proposals made the whole message's first line again. */
function forLine(refusal: Refusal, { word }: ReportLine, args: string, text: string): Refusal {
  const whole = (proposal: string): string => `/${word} ${proposal}`.trim();
  if (text !== args) return { ...refusal, proposals: [], choices: [] };
  return { ...refusal, proposals: refusal.proposals.map(whole), choices: refusal.choices.map(whole) };
}

function withProposal(refusal: Refusal, example: string): Refusal {
  return { ...refusal, example, proposals: [...refusal.proposals, example] };
}
