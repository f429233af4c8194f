/** The words of a form or register with fields of every kind, ready to look for in a normalised line. */
import { NO, YES } from '../../playbook/field.ts';
import type { Field } from '../../playbook/index.ts';
import { normalise } from '../../text.ts';

export interface FieldWord {
  word: string;
  id: string;
  field: Field;
}

export interface MixedWords {
  /** Labels, longest first. */
  labels: readonly FieldWord[];
  /** The field meant by a value without a label. */
  bare: readonly [string, Field] | null;
  /** The field that takes whatever no other does. */
  rest: readonly [string, Field] | null;
  /** Words that by themselves are the value of a choice, longest first. */
  options: readonly (FieldWord & { option: string })[];
  /** Measure words of counts: 2人 needs no label. */
  measures: readonly FieldWord[];
  fields: Readonly<Record<string, Field>>;
}

const known = new WeakMap<object, MixedWords>();
const longestFirst = (a: FieldWord, b: FieldWord): number => b.word.length - a.word.length;

/** The words of some fields, of a form or of a register; made once. */
export function mixedWords(fields: Readonly<Record<string, Field>>): MixedWords {
  const made = known.get(fields) ?? wordsOf(fields);
  known.set(fields, made);
  return made;
}

function wordsOf(fields: Readonly<Record<string, Field>>): MixedWords {
  const all = Object.entries(fields);
  const worded = (words: readonly string[], id: string, field: Field): FieldWord[] =>
    words.map((word) => ({ word: normalise(word), id, field }));
  return {
    labels: all.flatMap(([id, field]) => worded([field.name, ...field.aliases], id, field)).sort(longestFirst),
    bare: all.find(([, field]) => field.bare) ?? null,
    rest: all.find(([, field]) => field.type === 'text' && field.rest) ?? null,
    options: all
      .flatMap(([id, field]) =>
        field.type === 'choice'
          ? field.options.flatMap(({ name, words }) =>
              worded(words, id, field).map((each) => ({ ...each, option: name })),
            )
          : [],
      )
      .sort(longestFirst),
    measures: all
      .flatMap(([id, field]) => (field.type === 'count' ? worded(field.measures, id, field) : []))
      .sort(longestFirst),
    fields,
  };
}

const words = (own: readonly string[], common: readonly string[]): string[] =>
  [...own, ...common].map(normalise).sort((a, b) => b.length - a.length);

/** What a yes-or-no field takes for yes, longest first. */
export const yesWords = (field: Extract<Field, { type: 'yesno' }>): string[] => words(field.yes, YES);
/** What it takes for no. */
export const noWords = (field: Extract<Field, { type: 'yesno' }>): string[] => words(field.no, NO);
