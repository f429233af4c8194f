/** One value of a field of any kind, at a place in a line. */
import { matchDay } from '../../dates.ts';
import type { Field, Value } from '../../playbook/index.ts';
import { normalise } from '../../text.ts';
import { personLength } from '../names.ts';
import { matchNumber } from '../number.ts';
import { type Refusal, refuse } from '../types.ts';
import { at, type Line, PLATE } from './line.ts';
import { readingAt } from './reading.ts';
import { noWords, yesWords } from './words.ts';

export interface Found {
  value: Value;
  length: number;
}

const HOUSEHOLD = /\d{1,5}(?:-\d{1,4})?(?:户|号)?/y;
const TEXT = /[^\s,、;。]+/y;
/** What numbers are counted in, whatever is counted. */
const MEASURE = /(?: ?(?:[人名例个户起辆台次张份件处条位只头口家间趟]))?/y;
/** 2人来自武汉: they come, rather than being two or so. */
const COMING = /^(\d{1,4})[人名户个](?=来[自了访串])/;
/** What a number is of when it is no count of anything: 3组, 8点, 60岁. */
const OTHER = /[号栋幢楼层组队点分秒天日周月年岁斤里米元度辆台条只间套亩]|单元|小时|公[斤里]/y;

/** The value at `from`; null where none begins; a refusal where it is one that may not be taken. */
export function valueAt(field: Field, line: Line, from: number): Found | Refusal | null {
  const found = typedAt(field, line, from);
  if (!found || 'kind' in found || field.type === 'text') return found;
  const typed = line.text.slice(from, from + found.length);
  // 2人来自武汉: behind a number with its measure word go words, where words are taken.
  const isCounted = field.type === 'count' && line.words.rest !== null && /^\d+\p{Script=Han}+$/u.test(typed);
  const isWhole = isCounted || line.mayEnd(from + found.length);
  return isWhole ? found : null;
}

function typedAt(field: Field, line: Line, from: number): Found | Refusal | null {
  const { text } = line;
  switch (field.type) {
    case 'count':
    case 'photo':
      return countAt(field, line, from);
    case 'number':
      return readingAt(field, line, from);
    case 'choice': {
      const own = line.words.options.filter((option) => option.field === field);
      const found = own.find(({ word }) => text.startsWith(word, from));
      return found ? { value: found.option, length: found.word.length } : null;
    }
    case 'yesno': {
      const starts = (word: string): boolean => text.startsWith(word, from);
      const no = noWords(field).find(starts);
      const yes = yesWords(field).find(starts);
      if (no !== undefined && no.length >= (yes?.length ?? 0)) return { value: false, length: no.length };
      return yes === undefined ? null : { value: true, length: yes.length };
    }
    case 'date':
      return dateAt(line, from);
    case 'person': {
      const length = personLength(text, from);
      return length > 0 ? { value: text.slice(from, from + length), length } : null;
    }
    case 'plate':
      return matched(at(PLATE, text, from), (plate) => plate.replace(/[-·. ]/g, '').toUpperCase());
    case 'household':
      return matched(at(HOUSEHOLD, text, from), (number) => number.replace(/[户号]$/, ''));
    case 'text':
      return matched(at(TEXT, text, from), (words) => words);
  }
}

function matched(found: string, value: (text: string) => string): Found | null {
  return found === '' ? null : { value: value(found), length: found.length };
}

function dateAt({ text, context }: Line, from: number): Found | Refusal | null {
  const day = matchDay(text, from, context.today, 'past');
  if (!day) return null;
  const typed = text.slice(from, from + day.length);
  return day.date === null ? refuse('date.unreal', { text: typed }) : { value: day.date, length: day.length };
}

function countAt(field: Field, line: Line, from: number): Found | Refusal | null {
  const { text, reader } = line;
  const zero = reader.zeroWords.find((word) => text.startsWith(word, from));
  const number = zero === undefined ? matchNumber(text, from) : null;
  if (zero !== undefined || number?.kind === 'number') {
    const length = zero?.length ?? number?.length ?? 0;
    const own = field.type === 'count' ? field.measures : [];
    const measures = [...own, ...reader.measureWords].map(normalise).sort((a, b) => b.length - a.length);
    // 车3人5, 车3 人5: a measure word may be the label of what follows.
    const next = from + length + (text[from + length] === ' ' ? 1 : 0);
    const isNext = isLabel(line, next);
    const measure = isNext ? 0 : (measures.find((word) => text.startsWith(word, from + length))?.length ?? 0);
    const value = number?.kind === 'number' ? number.value : 0;
    if (measure > 0 || zero !== undefined) return { value, length: length + measure };
    const common = at(MEASURE, text, from + length).length;
    const isOwn = common > 0 && line.mayEnd(from + length + common) && !isNext;
    const label = isOwn ? line.words.labels.find(({ word }) => text.startsWith(word, next)) : undefined;
    const isMeasure = isOwn && (!label || label.field === field);
    return { value, length: length + (isMeasure ? common : 0) };
  }
  const coming = COMING.exec(text.slice(from, from + 8))?.[1];
  if (coming !== undefined) return { value: Number(coming), length: coming.length + 1 };
  if (!number) return null;
  const proposals = number.fixes.map((fix) => line.instead({ start: from, end: from + number.length }, fix));
  const typed = text.slice(from, from + number.length);
  const choices = proposals.length > 1 ? proposals : [];
  return refuse(number.code, { text: typed, choices, proposals: choices.length > 0 ? [] : proposals });
}

function isLabel({ text, words }: Line, from: number): boolean {
  const label = words.labels.find(({ word }) => text.startsWith(word, from));
  return label !== undefined && /[\s:=\d]/.test(text[from + label.word.length] ?? '');
}

/** Whether a number at `from` of this length is one of something else: 3组, 8点. */
export function countsOther({ text }: Line, from: number, length: number): boolean {
  return /\d$/.test(text.slice(from, from + length)) && at(OTHER, text, from + length) !== '';
}
