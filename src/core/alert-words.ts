/** What an alert says of its rule. It goes with the notice: the playbook may be another by the time that leaves. */
import type { Alert, Form } from './playbook/index.ts';

export interface AlertWords {
  /** The rule's name. */
  name: string;
  form: string;
  days: number;
  /** The field, or the option that is counted. */
  what: string;
  /** Only a no is counted. */
  no?: true;
  above?: number;
  below?: number;
  /** The unit of what is read, where only readings beyond a bound are counted. */
  unit?: string;
  /** What the figure is in; null where nothing better is known than that things are counted. */
  measure: string | null;
}

export function alertWords(alert: Alert, form: Form): AlertWords {
  const { name, days, is, above, below } = alert;
  const field = form.fields[alert.field];
  const unit = field?.type === 'number' ? field.unit : undefined;
  const narrowed = is !== undefined || above !== undefined || below !== undefined;
  const counted = form.measureWords[0] ?? null;
  const own = field?.type === 'count' ? (field.measures[0] ?? counted) : (unit ?? '');
  return {
    name,
    form: form.name,
    days,
    what: typeof is === 'string' ? is : (field?.name ?? ''),
    ...(is === false ? { no: true } : {}),
    ...(above === undefined ? {} : { above }),
    ...(below === undefined ? {} : { below }),
    ...(narrowed && unit !== undefined ? { unit } : {}),
    measure: narrowed ? counted : own,
  };
}
