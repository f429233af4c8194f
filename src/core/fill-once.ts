/**
 * Said once: a report fills every form that asks for its figures, of the same subject and day. What somebody reported in
 * a form themselves is theirs, and is never filled over.
 */
import type { PeriodBook } from './book.ts';
import type { County } from './county.ts';
import type { Due } from './frozen.ts';
import { partsOf, versionId } from './obligation-id.ts';
import type { Form, Playbook, Values } from './playbook/index.ts';
import { dayOf, namedBy } from './rounds/period.ts';
import type { ReportRow } from './rows/index.ts';
import {
  type Answered,
  answeredElsewhere,
  booksOn,
  formIn,
  formsSharingWith,
  type Known,
  keysOn,
  knownFigures,
} from './shared-figures.ts';
import { bySending } from './standing.ts';

/** What a version does to other forms. */
export interface Filling {
  /** Their versions, to be kept together with it. */
  rows: readonly ReportRow[];
  /** The names of the forms that are filled by it, or whose figures it changes. */
  fills: readonly string[];
  /** The names of the forms that were filled and are owed again. */
  empties: readonly string[];
}

export const NOTHING_FILLED: Filling = Object.freeze({ rows: [], fills: [], empties: [] });

/**
 * What follows for other forms from a version that has been decided and is not in memory yet. A form is filled when all
 * it requires is known, from this report and from others of the day; it follows the newest statements, and is taken back
 * when they no longer answer all it requires. A form that is locked, exempt or not open yet at the sending is left alone.
 */
export function fillOnce(county: County, playbook: Playbook, said: ReportRow): Filling {
  const { period, subject } = partsOf(said.obligationId);
  const named = namedBy(period);
  const others = formsSharingWith(playbook, named.form);
  if (others.length === 0) return NOTHING_FILLED;
  const day = dayOf(named);
  if (!keysOn(playbook, named.form, day).includes(named.key)) return NOTHING_FILLED;
  const known = knownFigures(county, playbook, subject, day, said);
  const saying: Saying = { said, source: county.book(period)?.due(subject), known };
  const rows: ReportRow[] = [];
  const [fills, empties] = [new Set<string>(), new Set<string>()];
  for (const id of others) {
    const open = booksOn(county, playbook, id, day).filter((book) => book.period.opensAt <= said.sentAt);
    for (const book of open) {
      const form = formIn(playbook, book);
      const due = book.due(subject);
      const row = form && due && followed(saying, form, { book, due, isRunning: book === open.at(-1) });
      if (!row) continue;
      rows.push(row);
      (row.kind === 'report' ? fills : empties).add(form.name);
    }
  }
  return rows.length === 0 ? NOTHING_FILLED : { rows, fills: [...fills], empties: [...empties] };
}

/** What several versions of one message do to other forms. */
export function allFilled(fillings: readonly Filling[]): Filling {
  const names = (of: 'fills' | 'empties'): string[] => [...new Set(fillings.flatMap((each) => each[of]))];
  return { rows: fillings.flatMap(({ rows }) => rows), fills: names('fills'), empties: names('empties') };
}

/** What was said, where, and all that is known with it. */
interface Saying {
  said: ReportRow;
  source: Due | undefined;
  known: Known;
}

/** What may be filled. */
interface Target {
  book: PeriodBook;
  due: Due;
  /** Of a form with several rounds a day: the one that opened last. Those before it only follow what filled them. */
  isRunning: boolean;
}

/** The version that makes a form follow what is known; null where it does so already, or is not to. */
function followed({ said, source, known }: Saying, form: Form, { book, due, isRunning }: Target): ReportRow | null {
  const { state, current } = due.standing;
  const isTheirs = current !== null && current.via !== 'filled';
  if (isTheirs || state === 'exempt' || !form.owed || form.adds || said.sentAt >= book.period.locksAt) return null;
  const isOfSource = source?.versions.some(({ message }) => message === current?.message) ?? false;
  if (!isRunning && !isOfSource) return null;
  const answered = answeredElsewhere(known, book.period.form, form, takenBack(due));
  if (answersAll(form, answered.values)) {
    const isDone = current !== null && isSame(current.values, answered.values);
    return isDone ? null : filled(said, due, 'report', answered);
  }
  return current === null ? null : filled(said, due, 'withdrawal', { values: {}, said: [] });
}

/** The last withdrawal that somebody said in this form: what was known before it no longer answers it. */
function takenBack({ versions }: Due): ReportRow | null {
  const own = versions.filter(({ kind, via }) => kind === 'withdrawal' && via !== 'filled');
  return own.sort(bySending).at(-1) ?? null;
}

function answersAll({ fields }: Form, values: Values): boolean {
  if (Object.keys(values).length === 0) return false;
  return Object.entries(fields).every(([id, { required }]) => !required || id in values);
}

function isSame(a: Values, b: Values): boolean {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => a[id] === b[id]);
}

/**
 * It is said when the message was sent; where messages arrive out of turn, when the last of what it goes by was sent:
 * before that not all was known.
 */
function filled(said: ReportRow, due: Due, kind: 'report' | 'withdrawal', { values, said: by }: Answered): ReportRow {
  const { id } = due.obligation;
  const before = [...by, ...due.versions].filter((version) => version.kind !== 'unparsed');
  return {
    id: versionId(id, said.message),
    obligationId: id,
    kind,
    values,
    items: [],
    note: null,
    sentAt: Math.max(said.sentAt, ...before.map(({ sentAt }) => sentAt)),
    receivedAt: said.receivedAt,
    personId: said.personId,
    via: 'filled',
    message: said.message,
  };
}
