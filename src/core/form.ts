/** What a form says of itself: the line to send, and how its values are written. */
import type { Form, Playbook } from './playbook.ts';

/** The shortest line that answers a form: `/日报 0`. */
export function simplestLine(form: Form): string {
  const values = Object.values(form.fields)
    .filter((field) => field.required)
    .map((field) => (field.bare ? '0' : `${field.name}0`));
  return [`/${form.name}`, ...values].join(' ');
}

/** The line with which a playbook's first form is answered; what newcomers are told. */
export function firstLine({ forms }: Playbook): string {
  const [form] = Object.values(forms);
  return form ? simplestLine(form) : '';
}

/** A line that answers a form with something to say: `/日报 2 返乡1 发热1`. */
export function fullerLine(form: Form): string {
  const fields = Object.values(form.fields);
  const required = fields.filter((field) => field.required).map((field) => (field.bare ? '2' : `${field.name}2`));
  const optional = fields.filter((field) => !field.required).slice(0, 2);
  return [`/${form.name}`, ...required, ...optional.map((field) => `${field.name}1`)].join(' ');
}

/** Whether every value that was given is zero. */
export function isZero(values: Readonly<Record<string, number>>): boolean {
  return Object.values(values).every((value) => value === 0);
}

/** `异常2 返乡1`: the fields that were given, in the form's order; of a zero report nothing. */
export function valuesText(form: Form, values: Readonly<Record<string, number>>): string {
  if (isZero(values)) return '';
  return Object.entries(form.fields)
    .filter(([id]) => values[id] !== undefined)
    .map(([id, field]) => `${field.name}${values[id]}`)
    .join(' ');
}
