/** Rows of one period, for tests of what is counted over them. */
import type { ExemptionRow, ObligationRow, PeriodRow, ReportRow } from '../../src/core/rows/index.ts';

const DAY = '2026-11-23';

export const PERIOD: PeriodRow = {
  id: `daily@${DAY}`,
  form: 'daily',
  key: DAY,
  opensAt: 0,
  dueAt: 1_000,
  locksAt: 2_000,
  playbook: 'epidemic',
  spec: null,
  label: null,
  unitId: null,
};

/** A report of zero by somebody, on a grid called `subject`. */
export function version(id: string, more: Partial<ReportRow> & { subject?: string } = {}): ReportRow {
  const { subject = 'g', ...row } = more;
  return {
    id,
    obligationId: `${PERIOD.id}@${subject}`,
    kind: 'report',
    values: { abnormal: 0 },
    items: [],
    note: null,
    sentAt: 500,
    receivedAt: row.sentAt ?? 500,
    personId: 'p',
    via: 'self',
    message: id,
    ...row,
  };
}

export function exemption(id: string, unitId = 'g'): ExemptionRow {
  return {
    id,
    form: PERIOD.form,
    unitId,
    fromDay: DAY,
    toDay: DAY,
    reason: '整组搬迁',
    personId: 'p',
    saidAt: 0,
  };
}

/** A grid owed by `township/village/grid`; units are known by their paths. */
export function obligation(path: string): ObligationRow {
  const names = path.split('/');
  const chain = ['', ...names.map((_, at) => names.slice(0, at + 1).join('/'))];
  return { id: `${PERIOD.id}@${path}`, periodId: PERIOD.id, subjectId: path, path, chain };
}
