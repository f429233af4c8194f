/** What a notice of an alert says, as things stood when the threshold was passed. */
import type { Notice } from './notices.ts';
import type { Alert, Playbook } from './playbook/index.ts';
import type { AlertRow, UnitId } from './rows/index.ts';

export interface AlertWords {
  number: number;
  /** The rule's name: 发热聚集. */
  name: string;
  form: string;
  /** The field, or the option of it that was counted: 发热, 有火. */
  what: string;
  days: number;
  value: number;
  unit: string | null;
  /** Only readings beyond a bound were counted. */
  beyond: boolean;
  /** What was told before, where it has grown. */
  before: number | null;
  /** Nobody has acknowledged it yet. */
  again: boolean;
}

/** The notice of an alert for one unit's group. */
export function alertNotice(
  row: AlertRow,
  alert: Alert,
  playbook: Playbook,
  to: UnitId,
  { before = null, again = false }: { before?: number | null; again?: boolean },
): Notice {
  const form = playbook.forms[alert.form];
  const field = form?.fields[alert.field];
  const words: AlertWords = {
    number: row.number,
    name: alert.name,
    form: form?.name ?? '',
    what: typeof alert.is === 'string' ? alert.is : (field?.name ?? ''),
    days: alert.days,
    value: row.value,
    unit: field?.type === 'number' ? (field.unit ?? null) : null,
    beyond: alert.above !== undefined || alert.below !== undefined,
    before,
    again,
  };
  return {
    to: { unit: to },
    body: { kind: 'alert', areaId: row.unitId, words },
    dedupeKey: `alert#${row.id}#${to}#${row.value}${again ? '#again' : ''}`,
  };
}
