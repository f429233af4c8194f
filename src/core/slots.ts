/**
 * The ids of ladder slots. A slot is known by its period and by what its step does, when and where: a step that two
 * versions of a form have in common is taken once.
 */
import type { LadderStep } from './playbook/index.ts';
import type { PeriodId } from './rows/index.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

const SIGN = '#';
const STEP = /^(?:(?:\+(\d{1,3})d)?(\d\d):(\d\d)|due(?:([+-])(\d+)m)?)-(remind|table)-(county|township|village|grid)$/;

/**
 * What a step is, in one word: `17:45-remind-village`, `+1d09:00-table-county` for the day after the period's,
 * `due-30m-remind-grid` half an hour before it is due.
 */
export function stepId(step: LadderStep): string {
  return `${timeOf(step)}-${step.do}-${step.in}`;
}

function timeOf({ from, at }: LadderStep): string {
  if (from === 'due') return at === 0 ? 'due' : `due${at < 0 ? '-' : '+'}${Math.abs(at) / MINUTE}m`;
  const days = Math.floor(at / DAY);
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  return `${days > 0 ? `+${days}d` : ''}${two((at % DAY) / HOUR)}:${two((at % HOUR) / MINUTE)}`;
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
  const found = STEP.exec(id.slice(id.lastIndexOf(SIGN) + 1));
  if (!found) return null;
  const [, days = '0', hours, minutes, sign, span = '0', what, level] = found;
  const rest = { do: what, in: level } as Pick<LadderStep, 'do' | 'in'>;
  if (hours === undefined)
    return { from: 'due', at: (sign === '-' ? 0 - Number(span) : Number(span)) * MINUTE, ...rest };
  return { at: Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE, ...rest };
}
