/** Working days of the People's Republic: holidays and make-up workdays (调休) as the State Council announced them. */
import chineseDays from 'chinese-days';
import type { CivilDate } from '../time.ts';

/**
 * Whether offices work on a day. Of a year whose holidays are not announced yet, every Monday to Friday counts, and the
 * festivals that are fixed by law.
 */
export function isWorkday(day: CivilDate): boolean {
  return chineseDays.isWorkday(day);
}
