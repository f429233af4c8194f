/** A value that needs no label: of the bare field, of a choice by its word, of a count by its measure, a plate, a day. */
import type { Field } from '../../playbook/index.ts';
import type { Refusal } from '../types.ts';
import { at, type Line } from './line.ts';
import type { Segment } from './segment.ts';
import { countsOther, type Found, valueAt } from './value.ts';

/** What says that it holds for all of those that were named: 12、13都无. */
const ALL = /(?:全部|全都|都|均|全)/y;

/** The value and whose it is; without a field it is none of anything. */
export interface Unlabelled extends Found {
  id: string;
  field: Field | null;
}

/** The value at `from`, where `open` is what was said before it; `unclear` where a number belongs to nothing. */
export function unlabelledAt(line: Line, from: number, open: Segment): Unlabelled | Refusal | 'unclear' | null {
  const all = open.refs.length > 0 ? at(ALL, line.text, from).length : 0;
  const start = from + all;
  const found =
    optionAt(line, start, open) ??
    measuredAt(line, start, open) ??
    bareAt(line, start, open) ??
    shapedAt(line, start, open);
  return found && typeof found === 'object' && 'length' in found ? { ...found, length: all + found.length } : found;
}

function optionAt(line: Line, from: number, { values }: Segment): Unlabelled | null {
  const option = line.words.options.find(({ word }) => line.text.startsWith(word, from));
  if (!option || !line.mayEnd(from + option.word.length)) return null;
  const { id, field, word, option: value } = option;
  // Said twice in other words it is no second answer.
  return values[id] === value ? null : { id, field, value, length: word.length };
}

function measuredAt(line: Line, from: number, { values }: Segment): Unlabelled | null {
  for (const { id, field } of line.words.measures) {
    const found = id in values ? null : valueAt(field, line, from);
    if (!found || 'kind' in found) continue;
    if (endsWithMeasure(line.text.slice(from, from + found.length), field)) return { ...found, id, field };
  }
  return null;
}

function bareAt(line: Line, from: number, { values }: Segment): Unlabelled | Refusal | 'unclear' | null {
  const { bare, rest } = line.words;
  if (!bare) {
    const zero = line.reader.zeroWords.find((word) => line.text.startsWith(word, from));
    const isZero = zero !== undefined && line.mayEnd(from + zero.length);
    return isZero ? { id: '', field: null, value: 0, length: zero.length } : null;
  }
  const [id, field] = bare;
  // A second one is a mistake, unless it may be one word among others.
  if (id in values && (field.type === 'choice' || rest)) return null;
  const found = field.type === 'text' || field.type === 'person' ? null : valueAt(field, line, from);
  if (!found || 'kind' in found) return found;
  const end = from + found.length;
  return countsOther(line, from, found.length) || !line.isApart(field, end) ? 'unclear' : { ...found, id, field };
}

/** What is told by its shape alone. */
function shapedAt(line: Line, from: number, { values }: Segment): Unlabelled | null {
  for (const [id, field] of Object.entries(line.words.fields)) {
    if ((field.type !== 'plate' && field.type !== 'date') || id in values) continue;
    const found = valueAt(field, line, from);
    if (found && !('kind' in found)) return { ...found, id, field };
  }
  return null;
}

function endsWithMeasure(typed: string, field: Field): boolean {
  return (
    field.type === 'count' &&
    /^\d|^[零一二两三四五六七八九十百]/u.test(typed) &&
    field.measures.some((word) => typed.endsWith(word))
  );
}
