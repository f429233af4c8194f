/** What a form says of itself: the line to send, and how its values are written. */
import type { PeriodBook } from './book.ts';
import type { Field, Form, Value, Values } from './playbook/index.ts';

export { firstLine, fullerLine, simplestLine } from './example-line.ts';

/** The form a period is read under: as it was when the period opened, else as it is now. */
export function formOfBook(book: PeriodBook, forms: ReadonlyMap<string, Form>): Form | undefined {
  return book.form ?? forms.get(book.period.form);
}

/** Whether every value that was given is a count of zero. */
export function isZero(values: Values): boolean {
  for (const id in values) if (values[id] !== 0) return false;
  return true;
}

/** The fields of some values that a form does not have, or has as something else: those of another version of it. */
export function unfitFor(form: Pick<Form, 'fields'>, values: Values): string[] {
  return Object.entries(values).flatMap(([id, value]) => {
    const field = form.fields[id];
    return field && fits(field, value) ? [] : id;
  });
}

function fits(field: Field, value: Value): boolean {
  if (field.type === 'choice') return field.options.some(({ name }) => name === value);
  if (field.type === 'yesno') return typeof value === 'boolean';
  const isNumber = field.type === 'count' || field.type === 'number' || field.type === 'photo';
  return typeof value === (isNumber ? 'number' : 'string');
}

/** `异常2 返乡1`: the fields that were given, in the form's order; of a zero report nothing. */
export function valuesText(form: Pick<Form, 'fields'>, values: Values): string {
  if (isZero(values)) return '';
  return Object.entries(form.fields)
    .flatMap(([id, field]) => {
      const value = values[id];
      return value === undefined ? [] : fieldText(field, value);
    })
    .join(' ');
}

/** `发热2`, `体温36.5`, `消毒√`, `情况:正常`; of a field that needs no label its value alone. */
export function fieldText(field: Field, value: Value): string {
  if (typeof value === 'boolean') return `${field.name}${value ? '√' : '×'}`;
  if (typeof value === 'number') return `${field.name}${value}${field.type === 'number' ? (field.unit ?? '') : ''}`;
  return field.bare || (field.type === 'text' && field.rest) ? value : `${field.name}:${value}`;
}
