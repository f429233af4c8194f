/**
 * The ids of ladder slots. A slot is known by its period and by what its step does, when and where: a playbook whose
 * ladder is changed halfway through a day repeats no step it still has, and takes none for another.
 */
import type { LadderStep } from './playbook.ts';
import type { PeriodId } from './rows.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

const SIGN = '#';
const STEP = /^(?:\+(\d{1,3})d)?(\d\d):(\d\d)-(remind|table)-(county|township|village)$/;

/** What a step is, in one word: `17:45-remind-village`, or `+1d09:00-table-county` for the day after the period's. */
export function stepId(step: LadderStep): string {
  const days = Math.floor(step.at / DAY);
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const time = `${two((step.at % DAY) / HOUR)}:${two((step.at % HOUR) / MINUTE)}`;
  return `${days > 0 ? `+${days}d` : ''}${time}-${step.do}-${step.in}`;
}

/** The id of a period's slot for a step: `form@2026-11-23#17:45-remind-village`. */
export function slotId(periodId: PeriodId, step: LadderStep): string {
  return `${periodId}${SIGN}${stepId(step)}`;
}

/** The period that a slot belongs to. */
export function periodOfSlot(id: string): PeriodId {
  return id.slice(0, id.lastIndexOf(SIGN));
}

/** The step that a slot was decided for, also when no playbook has it any more; null for an id that names none. */
export function stepOfSlot(id: string): LadderStep | null {
  const [, days = '0', hours, minutes, what, level] = STEP.exec(id.slice(id.lastIndexOf(SIGN) + 1)) ?? [];
  if (what === undefined || level === undefined) return null;
  const at = Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE;
  return { at, do: what, in: level } as LadderStep;
}
