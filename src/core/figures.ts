/** What of a report's values can be counted and summed up level by level. */
import type { Field, Form, Value, Values } from './playbook/index.ts';

/** A column of a form's tables. */
export interface Column {
  id: string;
  name: string;
  /** `sum` adds up level by level; `own` is shown of a single report only; `max` and `min` are looked for when asked. */
  kind: 'sum' | 'own' | 'max' | 'min';
  /** The field whose values it shows. */
  field: string;
}

/** A column as a table shows it. */
export interface TableColumn extends Column {
  /** A figure above 0 is something to tell by itself: a count, and the option that is meant by other words. */
  telling: boolean;
}

/** The columns of a form's tables, with what is to be told of each. */
export function tableColumnsOf(form: Form): TableColumn[] {
  return columnsOf(form).map((column) => {
    const field = form.fields[column.field];
    // The first option is what is usual: 正常.
    const isOther = field?.type === 'choice' && column.name !== field.options[0]?.name;
    const isCounted = field?.type === 'count' || (field?.type === 'number' && column.kind === 'sum');
    return { ...column, telling: isCounted || isOther };
  });
}

/** A figure as it is shown: sums of readings are no more exact than those. */
export const shownNumber = (figure: number): number => Number(figure.toFixed(3));

/** What makes a choice's option a figure: `status=正常`. */
export const optionId = (field: string, option: string): string => `${field}=${option}`;

const columns = new WeakMap<Form, readonly Column[]>();

/** The columns of a form's tables: words, people and plates have none, for they stay at their level. */
export function columnsOf(form: Form): readonly Column[] {
  const known = columns.get(form);
  if (known) return known;
  const made = Object.entries(form.fields).flatMap(([id, field]) => columnsOfField(id, field));
  columns.set(form, made);
  return made;
}

function columnsOfField(id: string, field: Field): Column[] {
  const { name } = field;
  switch (field.type) {
    case 'count':
    case 'photo':
    case 'yesno':
      return [{ id, name, kind: 'sum', field: id }];
    case 'number':
      return [{ id, name, kind: field.upward === 'hidden' ? 'own' : field.upward, field: id }];
    case 'choice':
      return field.options.map((option) => ({
        id: optionId(id, option.name),
        name: option.name,
        kind: 'sum',
        field: id,
      }));
    default:
      return [];
  }
}

/** Whether all of a form's fields are counts, as those of nearly every report at the peak are. */
const plain = new WeakMap<Form, boolean>();

export function isPlain(form: Form): boolean {
  const known = plain.get(form);
  if (known !== undefined) return known;
  const made = Object.values(form.fields).every((field) => field.type === 'count');
  plain.set(form, made);
  return made;
}

/** Column id → number, of what is summed up. Without a form (a version that cannot be read any more) whatever is a number. */
export function figuresOf(form: Form | null, values: Values): Readonly<Record<string, number>> {
  if (form && isPlain(form)) return values as Readonly<Record<string, number>>;
  const figures: Record<string, number> = {};
  for (const [id, value] of Object.entries(values)) {
    const field = form?.fields[id];
    const [key, figure] = figureOf(id, field, value) ?? [];
    if (key !== undefined && figure !== undefined) figures[key] = figure;
  }
  return figures;
}

function figureOf(id: string, field: Field | undefined, value: Value): [string, number] | null {
  if (typeof value === 'number') {
    const isSummed =
      !field || field.type === 'count' || field.type === 'photo' || (field.type === 'number' && field.upward === 'sum');
    return isSummed ? [id, value] : null;
  }
  if (typeof value === 'boolean') return [id, value ? 1 : 0];
  return field?.type === 'choice' ? [optionId(id, value), 1] : null;
}

/** Numbers a single report shows: what is summed up, and readings that are not. */
export function shownOf(form: Form | null, values: Values): ReadonlyMap<string, number> {
  const shown = new Map(Object.entries(figuresOf(form, values)));
  for (const [id, value] of Object.entries(values)) {
    if (typeof value === 'number' && form?.fields[id]?.type === 'number') shown.set(id, value);
  }
  return shown;
}

/** Reports of one period put together, where they add up: numbers are summed, of all else the last holds. */
export function added(form: Form | null, values: Values, more: Values): Values {
  const sum: Record<string, Value> = { ...values };
  for (const [id, value] of Object.entries(more)) {
    const before = sum[id];
    const adds = form?.fields[id]?.type !== 'number' && typeof value === 'number' && typeof before === 'number';
    sum[id] = adds ? before + value : value;
  }
  return sum;
}
