/** Lines that show how a form is answered; each of them can be read, whatever its fields are. */
import { entryExample, exampleEntry, exampleValue } from './grammar/mixed/example.ts';
import type { Field, Form, Playbook, Register, Value } from './playbook/index.ts';

/** Further fields shown in a line that has something to say. */
const MOST_FURTHER = 2;

/**
 * The shortest line that answers a form: `/日报 0`, `/水情 水位12.5`, `/体温 张三 36.5`. An entry is called as its
 * register, where that is given, calls it.
 */
export function simplestLine(form: Form, register?: Register): string {
  if ('register' in form.subject) return entryExample(form.name, form, register);
  return [`/${form.name}`, ...neededBy(form).map(least)].join(' ');
}

/** The line with which a playbook's main form is answered; what newcomers are told. */
export function firstLine({ forms, registers }: Playbook): string {
  const [form] = Object.values(forms);
  return form ? simplestLine(form, registerOf(form, registers)) : '';
}

/** A line that answers a form with something to say: `/日报 2 返乡1 发热1`. */
export function fullerLine(form: Form, register?: Register): string {
  const needed = neededBy(form);
  const required = needed.filter((field) => field.required);
  const optional = Object.values(form.fields).filter((field) => !field.required && field.type !== 'photo');
  const further = optional.slice(0, MOST_FURTHER);
  if ('level' in form.subject) return [`/${form.name}`, ...required.map(something), ...further.map(more)].join(' ');
  // Beside the number of a household a bare count needs its measure word.
  const entry = exampleEntry(register);
  const said = required.map((field) => (field.bare ? exampleValue(field) : something(field)));
  return [`/${form.name}`, entry, ...said, ...further.map(more)].join(' ');
}

/** The register whose entries a form is about; undefined where its subjects are units. */
export function registerOf({ subject }: Form, registers: Playbook['registers']): Register | undefined {
  return 'register' in subject ? registers[subject.register] : undefined;
}

/** A value as it is typed behind a form's name: `2`, `返乡1`, `消毒√`, `正常`. */
export function typedValue(field: Field, value: Value): string {
  if (typeof value === 'boolean') return `${field.name}${value ? '√' : '×'}`;
  if (field.bare || field.type === 'choice' || (field.type === 'text' && field.rest)) return String(value);
  return typeof value === 'number' ? `${field.name}${value}` : `${field.name} ${value}`;
}

/** The fields a line cannot do without; of a form that requires none the one that is said first. */
function neededBy({ fields }: Form): Field[] {
  const all = Object.values(fields);
  const required = all.filter((field) => field.required);
  const first = all.find((field) => field.bare) ?? all[0];
  return required.length > 0 || !first ? required : [first];
}

/** Nothing to report, or where a field has no word for that what is usual. */
const least = (field: Field): string => (field.type === 'count' ? typedValue(field, 0) : exampleValue(field));

const something = (field: Field): string => (field.type === 'count' ? typedValue(field, 2) : more(field));

function more(field: Field): string {
  if (field.type === 'count') return typedValue(field, 1);
  return field.type === 'choice' ? (field.otherwise ?? field.options.at(-1)?.name ?? '') : exampleValue(field);
}
