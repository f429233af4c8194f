/** The day a line is about, at a place in it. */
import { matchDay } from '../../dates.ts';
import { type Refusal, refuse } from '../types.ts';
import type { Line } from './line.ts';
import { isEmpty, type Segment, type Segments } from './segment.ts';

const NUMBERED = /^\d+[-/]/;
const BEFORE = /[\s,、;。:=]/;

/**
 * The day at `from`: before anything else, or as a word of its own further on. `open` is what is said so far of the
 * entries named last, `first` whether they are the first ones.
 */
export function dayAt(line: Line, from: number, open: Segment, first: boolean): Segments['day'] | Refusal {
  const { text, context, reader } = line;
  const day = matchDay(text, from, context.today, 'past');
  if (!day) return null;
  const end = from + day.length;
  const typed = text.slice(from, end);
  const isNew = first && isEmpty(open);
  // 3-1 is a household and 12号 is one, not the first of March nor the twelfth; a whole date is always one.
  const isNumeric = NUMBERED.test(typed) && !/^\d{4}/.test(typed);
  const isNumber = reader.numbered && (isNumeric || /^[^月周期礼]*号$/.test(typed));
  const { bare } = line.words;
  const isAmid = isNumeric && !isNew && (bare?.[1].type === 'number' || bare?.[1].type === 'count');
  if (isNumber || isAmid || line.known(from) > 0) return null;
  const isWord = line.isEdge(end) && BEFORE.test(text[from - 1] ?? '');
  const takesDays = Object.entries(reader.fields).some(([id, { type }]) => type === 'date' && !(id in open.values));
  if (!isNew && (!isWord || takesDays)) return null;
  if (day.date === null) return refuse('date.unreal', { text: typed });
  if (day.date > context.today) return refuse('date.future', { text: typed });
  return { date: day.date, text: typed, start: from, end };
}
