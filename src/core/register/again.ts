/** Reports that say somebody has to come again: nobody at home, not let in. */
import type { Field, Form, Values } from '../playbook/index.ts';

const isAgain = (field: Field, value: Values[string] | undefined): boolean =>
  field.type === 'choice' && typeof value === 'string' && field.again.includes(value);

/** The first word of a report after which another visit is due; null where none is. */
export function againOf(form: Pick<Form, 'fields'> | null, values: Values): string | null {
  const found = Object.entries(form?.fields ?? {}).find(([id, field]) => isAgain(field, values[id]));
  return found ? String(values[found[0]]) : null;
}
