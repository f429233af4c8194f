/** Rows of one period, for tests of what is counted over them. */
import type { ExemptionRow, ObligationRow, PeriodRow, ReportRow } from '../../src/core/rows.ts';

export const PERIOD: PeriodRow = {
  id: 'daily@2026-11-23',
  form: 'daily',
  key: '2026-11-23',
  opensAt: 0,
  dueAt: 1_000,
  locksAt: 2_000,
  playbook: 'epidemic',
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
    fromDay: PERIOD.key,
    toDay: PERIOD.key,
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
