/** The entries of one line, and of a whole message: what is said of whom, and of nobody twice. */
import { nameKey } from '../../text.ts';
import { type EntrySaid, type Refusal, type ReportLine, refuse } from '../types.ts';
import { complete } from './complete.ts';
import type { Line } from './line.ts';
import type { UnitSaid } from './place.ts';
import type { Segment, Segments } from './segment.ts';

/** One line of a message, read. */
export interface LineRead extends Segments {
  line: Line;
  unit: UnitSaid | null;
}

/** The entries of one line; `alone` where no other line says anything. */
export function entriesOf(
  { line, unit, segments }: LineRead,
  said: ReportLine,
  alone: boolean,
): { entries: EntrySaid[]; note: string | null } | Refusal {
  const isUnits = line.reader.register === null;
  const nobody = isUnits ? null : nobodyOf(segments, line, alone);
  if (nobody) return nobody;
  const entries: EntrySaid[] = [];
  let note: string | null = null;
  const own = isUnits && unit ? [{ kind: 'name' as const, text: unit.name }] : null;
  for (const segment of segments) {
    const [first, second] = [...(own ?? []), ...segment.refs];
    if (isUnits && (second || entries.length > 0)) {
      return refuse('subject.two', { text: [first, second].flatMap((ref) => (ref ? [ref.text] : [])).join(' ') });
    }
    const done = said.act === 'withdraw' ? withdrawn(segment, line) : complete(segment, line, said);
    if ('kind' in done) return done;
    note ??= done.note;
    entries.push({ refs: own ?? segment.refs, values: done.values, text: typed(segment, line) });
  }
  if (own && segments.length === 0 && said.act === 'withdraw')
    entries.push({ refs: own, values: {}, text: own[0]?.text ?? '' });
  return { entries, note };
}

const typed = ({ start, end }: Segment, line: Line): string => line.text.slice(start, end).replace(/ +/g, ' ').trim();

function withdrawn(
  { places, words }: Segment,
  line: Line,
): { values: EntrySaid['values']; note: string | null } | Refusal {
  const spans = Object.values(places);
  const [first] = spans;
  if (!first) return { values: {}, note: words.length > 0 ? words.map(({ text }) => text).join(' ') : null };
  return refuse('text.extra', { text: line.text.slice(first.start, first.end), proposals: [line.without(spans)] });
}

/** A value with nobody before it, where others are named: 36.5 张三. */
function nobodyOf(segments: readonly Segment[], line: Line, mayBeOwn: boolean): Refusal | null {
  const nobody = segments.find(({ refs }) => refs.length === 0);
  if (!nobody || (mayBeOwn && segments.length === 1)) return null;
  const [first, second, ...more] = segments;
  const isSwapped = first === nobody && second && more.length === 0 && Object.keys(second.places).length === 0;
  const said = line.text.slice(nobody.start, nobody.end).trim();
  const proposals =
    isSwapped && second.words.length === 0
      ? [line.instead({ start: first.start, end: second.end }, `${line.text.slice(second.start, second.end)} ${said}`)]
      : [];
  return refuse('entry.missing', { text: said, proposals });
}

/** Somebody of whom something is said twice; to choose from, the message without the one or the other. */
export function repeated(reads: readonly LineRead[]): Refusal | null {
  const seen = new Map<string, { i: number; segment: Segment }>();
  for (const [i, { segments }] of reads.entries()) {
    for (const segment of segments) {
      for (const { kind, text } of segment.refs) {
        const key = kind === 'number' ? `#${Number(text) || text}` : nameKey(text);
        const before = seen.get(key);
        if (before && before.segment !== segment) {
          const without = (at: number, gone: Segment): string =>
            reads.map(({ line }, n) => line.without(n === at ? [gone] : [])).join('\n');
          const choices = [without(i, segment), without(before.i, before.segment)];
          return refuse('field.twice', { text, choices });
        }
        seen.set(key, { i, segment });
      }
    }
  }
  return null;
}
