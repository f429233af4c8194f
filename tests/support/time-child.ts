/** A process that prints, as JSON, what the project says of moments and days: to be run under any time zone. */
import { writeSync } from 'node:fs';
import { matchDay } from '../../src/core/dates.ts';
import { afterQuiet } from '../../src/core/quiet.ts';
import { roundsToOpen } from '../../src/core/rounds/rounds.ts';
import * as time from '../../src/core/time.ts';

const MOMENTS = [
  '2026-11-22T15:59:59.999Z',
  '2026-11-22T16:00:00Z',
  '2026-11-23T10:00:00Z',
  '2024-02-28T16:30:00Z',
  '2026-03-08T07:30:00Z',
  '2026-12-31T15:59:00Z',
  '1969-12-31T23:00:00Z',
].map((text) => Date.parse(text));
const DAYS = ['2026-11-23', '2024-02-29', '2026-03-08', '2026-01-01', '2026-10-01'] as const;

const daily = (opens: number) =>
  ({ every: { kind: 'day' }, opens, due: opens + time.HOUR, locks: opens + time.DAY }) as const;

const says = {
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  moments: MOMENTS.map((at) => [
    time.civilDateOf(at),
    time.timeOfDay(at),
    time.clockText(at),
    time.isoShanghai(at),
    afterQuiet(at),
    roundsToOpen(daily(0), null, at),
    roundsToOpen(daily(8 * time.HOUR), '2026-11-20', at).length,
  ]),
  days: DAYS.map((day) => [
    time.startOfDay(day),
    time.addDays(day, 1),
    time.addDays(day, -365),
    time.partsOf(day),
    time.daysBetween(day, '2026-11-23'),
    ['昨天', '周三', '20号', '11月20日', '2-29'].map((text) => matchDay(text, 0, day, 'past')?.date),
  ]),
  real: [
    time.isRealDay(2024, 2, 29),
    time.isRealDay(2026, 2, 29),
    time.isRealDay(2026, 4, 31),
    time.isRealDay(2026, 0, 1),
  ],
};
writeSync(1, `${JSON.stringify(says)}\n`);
