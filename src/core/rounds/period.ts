/** What a period's key and label say of it. */
import type { Form } from '../playbook/index.ts';
import type { PeriodId, PeriodKey, PeriodRow } from '../rows/index.ts';
import { type CivilDate, HOUR, type Instant, MINUTE, startOfDay } from '../time.ts';

/** A period as sentences speak of it: its day, with its label where it has one. */
export type When = CivilDate | { day: CivilDate; label: string };

const DAY_LENGTH = 10;

/** The civil day on which a period begins. */
export function dayOf({ key }: { key: PeriodKey }): CivilDate {
  return (key.length === DAY_LENGTH ? key : key.slice(0, DAY_LENGTH)) as CivilDate;
}

/** The form and the key that a period's id `form@key` is made of. */
export function namedBy(id: PeriodId): { form: string; key: PeriodKey } {
  const at = id.indexOf('@');
  return { form: id.slice(0, at), key: id.slice(at + 1) as PeriodKey };
}

export function whenOf(period: Pick<PeriodRow, 'key' | 'label'>): When {
  return period.label === null ? dayOf(period) : { day: dayOf(period), label: period.label };
}

/** The moment from which a period's times are counted: midnight, or of rounds by the hour the hour. */
export function startOf(period: Pick<PeriodRow, 'key'>, every: Form['every'] | undefined): Instant {
  const midnight = startOfDay(dayOf(period));
  if (every?.kind !== 'span') return midnight;
  const time = period.key.slice(DAY_LENGTH + 1);
  return midnight + Number(time.slice(0, 2)) * HOUR + Number(time.slice(2)) * MINUTE;
}
