/** The jobs, in the order in which they decide: a period is open before its ladder is looked at. */
import { alertsAgain } from './alerts-again.ts';
import { erase } from './erase.ts';
import type { Job } from './job.ts';
import { ladder } from './ladder.ts';
import { openPeriods } from './open-periods.ts';
import { slices } from './slices.ts';

export const JOBS: readonly Job[] = [openPeriods, ladder, alertsAgain, slices, erase];
