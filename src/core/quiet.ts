/** Quiet hours: from 22:00 to 07:00 nobody is disturbed but with answers, alerts, flash reports and the whistle. */
import { DAY, HOUR, type Instant, timeOfDay } from './time.ts';

const EVENING = 22 * HOUR;
const MORNING = 7 * HOUR;

/** `at` itself outside quiet hours, else the 07:00 that ends them. */
export function afterQuiet(at: Instant): Instant {
  const time = timeOfDay(at);
  if (time >= EVENING) return at - time + DAY + MORNING;
  return time < MORNING ? at - time + MORNING : at;
}
