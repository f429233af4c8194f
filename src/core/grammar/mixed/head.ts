/** What a whole message says of the day and of the unit whose entries are meant: once, before everything else. */
import { type Refusal, refuse } from '../types.ts';
import type { Line, Span } from './line.ts';
import type { UnitSaid } from './place.ts';
import type { Segments } from './segment.ts';

interface Read extends Segments {
  line: Line;
  unit: UnitSaid | null;
}

export interface MessageHead {
  day: Segments['day'];
  place: string | null;
}

/** Writes the message anew, with some text before everything else and some lines changed. */
type Rewrite = (first: string, changed: ReadonlyMap<number, string>) => string;

/** The day and the place of a message; a refusal where they differ from line to line, or hold for part of it only. */
export function headOf(reads: readonly Read[], rewrite: Rewrite): MessageHead | Refusal {
  const days = reads.flatMap(({ day }, i) => (day ? [{ ...day, i, key: day.date as string }] : []));
  const isUnits = reads[0]?.line.reader.register === null;
  const places = isUnits
    ? []
    : reads.flatMap(({ unit }, i) => (unit ? [{ ...unit, text: unit.name, i, key: unit.name }] : []));
  const day = one(days, reads, rewrite, 'date.two');
  if (day && 'kind' in day) return day;
  const place = one(places, reads, rewrite, 'place.two');
  if (place && 'kind' in place) return place;
  return { day: day, place: place?.name ?? null };
}

interface Found extends Span {
  i: number;
  key: string;
  text: string;
}

function one<F extends Found>(
  found: readonly F[],
  reads: readonly Read[],
  rewrite: Rewrite,
  code: 'date.two' | 'place.two',
): F | Refusal | null {
  const [first, ...more] = found;
  if (!first) return null;
  const other = more.find(({ key }) => key !== first.key);
  if (other) return refuse(code, { text: `${first.text} ${other.text}` });
  const isEverywhere = reads.every(({ segments }, i) => segments.length === 0 || found.some((each) => each.i === i));
  const own = reads[first.i];
  const segments = own?.segments ?? [];
  const before = segments[0];
  // Behind what was said of somebody it may hold for them only, or be part of what is told.
  const isAmid = before !== undefined && first.start > before.start && (segments.length > 1 || before.words.length > 0);
  if (!isAmid && (first.i === 0 || isEverywhere)) return first;
  const changed = new Map(found.map((each) => [each.i, reads[each.i]?.line.without([each]) ?? '']));
  return refuse('text.first', { text: first.text, proposals: [rewrite(first.text, changed)] });
}
