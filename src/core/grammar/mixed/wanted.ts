/** What a line lacks, said in the form's own words: which fields, what an answer looks like, and the line with them. */
import type { Field } from '../../playbook/index.ts';
import { type Refusal, refuse } from '../types.ts';
import { exampleValue } from './example.ts';
import type { Line } from './line.ts';
import type { Segment } from './segment.ts';

/** So many options are still offered as lines to choose from. */
const MOST_OPTIONS = 4;
/** So many fields are named. */
const MOST_NAMED = 4;

/** How an answer is written: `口罩√,口罩×`, `返乡、密接、发热`. */
export function answersOf(field: Field): string {
  switch (field.type) {
    case 'yesno':
      return `${field.name}√,${field.name}×`;
    case 'choice':
      return field.options.map(({ name }) => name).join('、');
    default:
      return exampleValue(field);
  }
}

/** A refusal that names the fields that are wanted, of whom, and how they are written. */
export function wanted(fields: readonly Field[], whom: readonly string[] = [], line?: Line): Refusal {
  const [first, second] = fields;
  const names = fields.slice(0, MOST_NAMED).map(({ name }) => name);
  const text = `${whom.length > 0 ? `${whom.slice(0, 2).join('、')}的` : ''}${names.join('、')}`;
  if (!first) return refuse('entry.missing');
  const isCount = fields.every(({ type }) => type === 'count');
  if (isCount && !second) return refuse('field.missing', { text, example: line ? noneOf(first, line) : '' });
  if (first.type === 'choice') return refuse('choice.missing', { text: first.name });
  return refuse('field.wanted', { text, example: answersOf(first) });
}

/**
 * The ways to complete what was said of somebody: with an example of each field, or with every answer to the only one.
 * Nothing is offered as none.
 */
export function completions(fields: readonly Field[], segment: Segment, line: Line): string[] {
  const insert = (text: string): string => line.instead({ start: segment.end, end: segment.end }, `${text} `);
  const [only, ...more] = fields;
  if (only && more.length === 0) {
    if (only.type === 'yesno') return [insert(` ${only.name}√`), insert(` ${only.name}×`)];
    if (only.type === 'choice' && only.options.length <= MOST_OPTIONS) {
      return only.options.map(({ name }) => insert(` ${name}`));
    }
    // What words say nobody knows: 发现两个外地人 is not none.
    if (only.type === 'count' && segment.words.length > 0) return [];
    const zero = insert(` ${noneOf(only, line)}`);
    const [measure] = only.type === 'count' && only.bare ? only.measures : [];
    // 12 2: households twelve and two, or two people in the twelfth?
    const isNumber = segment.refs.length > 1 && segment.refs.at(-1)?.kind === 'number';
    const isCount = isNumber && measure !== undefined && /\d$/.test(line.text.slice(segment.start, segment.end));
    return isCount ? [zero, insert(measure)] : [zero];
  }
  return fields.length === 0 ? [] : [insert(` ${fields.map((field) => noneOf(field, line)).join(' ')}`)];
}

/** A count of none, or an example of another field. */
function noneOf(field: Field, { reader }: Line): string {
  if (field.type !== 'count') return exampleValue(field);
  return field.bare ? (reader.zeroWords.at(-1) ?? '0') : `${field.name}0`;
}
