/** What is written when a round opens. */
import type { County } from '../county.ts';
import type { Form } from '../playbook/index.ts';
import { type ObligationRow, type PeriodRow, put, type UnitId, type Write } from '../rows/index.ts';
import { obligationRow } from './expected.ts';
import type { Round } from './rounds.ts';
import { specIdOf } from './spec.ts';

/** A form with the id it has in its playbook. */
export interface NamedForm {
  id: string;
  form: Form;
  playbookId: string;
}

/** The row of a period; `unitId` is the area it is about, null for the whole county. */
export function periodRow({ id, form, playbookId }: NamedForm, round: Round, unitId: UnitId | null = null): PeriodRow {
  const { key, label, opensAt, dueAt, locksAt } = round;
  const times = { key, opensAt, dueAt, locksAt };
  return { id: `${id}@${key}`, form: id, ...times, playbook: playbookId, spec: specIdOf(form), label, unitId };
}

/** A period with the version of the form it is opened under, and its frozen obligations. */
export function openingOf(
  county: County,
  { id, form }: NamedForm,
  period: PeriodRow,
  expected: readonly Omit<ObligationRow, 'id' | 'periodId'>[],
): Write[] {
  const spec = specIdOf(form);
  return [
    ...(county.hasSpec(spec) ? [] : [put('spec', { id: spec, form: id, source: form.source })]),
    put('period', period),
    ...expected.map((each) => put('obligation', obligationRow(period.id, each))),
  ];
}
