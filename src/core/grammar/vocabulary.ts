/** A form's words, ready to look for in a normalised line. */
import type { Form } from '../playbook/index.ts';
import { normalise } from '../text.ts';

export interface Vocabulary {
  labels: readonly (readonly [name: string, field: string])[];
  zeroWords: readonly string[];
  measureWords: readonly string[];
}

const vocabularies = new WeakMap<Form, Vocabulary>();
const longestFirst = (a: string, b: string): number => b.length - a.length;

/** A form's labels, zero words and measure words, normalised, longest first. */
export function vocabularyOf(form: Form): Vocabulary {
  let found = vocabularies.get(form);
  if (!found) {
    found = {
      labels: Object.entries(form.fields)
        .flatMap(([id, field]) => [field.name, ...field.aliases].map((label) => [normalise(label), id] as const))
        .sort(([a], [b]) => longestFirst(a, b)),
      zeroWords: form.zeroWords.map(normalise).sort(longestFirst),
      measureWords: form.measureWords.map(normalise).sort(longestFirst),
    };
    vocabularies.set(form, found);
  }
  return found;
}
