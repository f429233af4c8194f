/**
 * Figures of the data dictionary that several forms ask for: two fields with one figure are one question, and what was
 * said of a subject on a day answers it in all of them.
 */
import type { PeriodBook } from './book.ts';
import type { County } from './county.ts';
import { partsOf } from './obligation-id.ts';
import type { Field, Form, Playbook, Value, Values } from './playbook/index.ts';
import { namedBy } from './rounds/period.ts';
import { roundsOn } from './rounds/rounds.ts';
import type { PeriodId, PeriodKey, ReportRow, SubjectId } from './rows/index.ts';
import { bySending, standingOf } from './standing.ts';
import type { CivilDate } from './time.ts';

/** A figure as somebody said it themselves. */
export interface Statement {
  /** The form it was said in. */
  form: string;
  field: Field;
  value: Value;
  /** The version that counts there. */
  said: ReportRow;
}

/** Figure → what was said of it, the newest first. */
export type Known = ReadonlyMap<string, readonly Statement[]>;

/** What can be handed on: words, people and pictures belong to the report they came with. */
const HANDED_ON: ReadonlySet<Field['type']> = new Set(['count', 'number', 'choice', 'yesno']);

const NONE: readonly string[] = [];
const sharing = new WeakMap<Playbook, ReadonlyMap<string, readonly string[]>>();

/**
 * Form → the other forms that ask for one of its figures, of the same kind of subject; worked out once for a playbook.
 * Where reports add up each says what came since the one before it, which no other form asks: such forms share nothing.
 */
export function sharingForms(playbook: Playbook): ReadonlyMap<string, readonly string[]> {
  const known = sharing.get(playbook);
  if (known) return known;
  const questions = Object.entries(playbook.forms).map(([id, form]) => ({
    id,
    asked: form.adds ? [] : questionsOf(form),
  }));
  const made = new Map<string, readonly string[]>();
  for (const { id, asked } of questions) {
    const others = questions.filter((other) => other.id !== id && other.asked.some((each) => asked.includes(each)));
    if (others.length > 0)
      made.set(
        id,
        others.map((other) => other.id),
      );
  }
  sharing.set(playbook, made);
  return made;
}

/** The other forms that ask for a figure of this one. */
export function formsSharingWith(playbook: Playbook, formId: string): readonly string[] {
  return sharingForms(playbook).get(formId) ?? NONE;
}

function questionsOf({ subject, fields }: Form): string[] {
  const of = 'level' in subject ? `level ${subject.level}` : `register ${subject.register}`;
  return Object.values(fields).flatMap(({ figure, type }) =>
    figure !== undefined && HANDED_ON.has(type) ? `${of} ${type} ${figure}` : [],
  );
}

/** The keys of a form's rounds that ask about one day, in their order: what a week or a month is asked is another thing. */
export function keysOn(playbook: Playbook, formId: string, day: CivilDate): PeriodKey[] {
  const form = playbook.forms[formId];
  return (form ? roundsOn(form, day) : []).flatMap(({ rhythm, key }) => (rhythm === 'day' ? key : []));
}

/** The books of a form's rounds about one day, as far as they are in memory. */
export function booksOn(county: County, playbook: Playbook, formId: string, day: CivilDate): PeriodBook[] {
  return keysOn(playbook, formId, day).flatMap((key) => county.book(`${formId}@${key}`) ?? []);
}

/** The periods of a day in which a report of this form may fill something, or be filled. */
export function periodsSharing(playbook: Playbook, formId: string, day: CivilDate): PeriodId[] {
  const forms = sharingForms(playbook);
  if (!forms.has(formId)) return [];
  return [...forms.keys()].flatMap((id) => keysOn(playbook, id, day).map((key): PeriodId => `${id}@${key}`));
}

/** The form a book is read under. */
export function formIn(playbook: Playbook, book: PeriodBook): Form | undefined {
  return book.form ?? playbook.forms[book.period.form];
}

/**
 * What people have said themselves of a subject's shared figures on a day, in whichever form. What was filled in says
 * nothing of its own.
 * @param pending a version that has been decided and is not in memory yet
 */
export function knownFigures(
  county: County,
  playbook: Playbook,
  subjectId: SubjectId,
  day: CivilDate,
  pending: ReportRow | null = null,
): Known {
  const statements = [...sharingForms(playbook).keys()]
    .flatMap((id) => booksOn(county, playbook, id, day))
    .flatMap((book) => statementsIn(book, formIn(playbook, book), subjectId, pending))
    .concat(pending === null ? [] : statementsOpening(county, playbook, pending))
    .sort((a, b) => bySending(b.said, a.said));
  const known = new Map<string, Statement[]>();
  for (const statement of statements) {
    const figure = statement.field.figure ?? '';
    known.set(figure, [...(known.get(figure) ?? []), statement]);
  }
  return known;
}

function statementsIn(
  book: PeriodBook,
  form: Form | undefined,
  subjectId: SubjectId,
  pending: ReportRow | null,
): Statement[] {
  const due = book.due(subjectId);
  const isPending = pending?.obligationId === `${book.period.id}@${subjectId}`;
  if (!form || form.adds || (!due && !isPending)) return [];
  const said = isPending
    ? standingOf(book.period, [...(due?.versions ?? []), pending], due?.exemption ?? null, form).current
    : due?.standing.current;
  return said && said.via !== 'filled' ? statementsOf(said, book.period.form, form) : [];
}

/** Of a version that opens its period itself. */
function statementsOpening(county: County, playbook: Playbook, pending: ReportRow): Statement[] {
  const { period } = partsOf(pending.obligationId);
  const { form: id } = namedBy(period);
  const form = playbook.forms[id];
  return form && !form.adds && county.book(period) === undefined ? statementsOf(pending, id, form) : [];
}

function statementsOf(said: ReportRow, formId: string, form: Form): Statement[] {
  return Object.entries(form.fields).flatMap(([id, field]) => {
    const value = said.values[id];
    if (value === undefined || field.figure === undefined || !HANDED_ON.has(field.type)) return [];
    return { form: formId, field, value, said };
  });
}

/** What is known of a form's fields without it: their values, and the versions these were said in. */
export interface Answered {
  values: Values;
  said: readonly ReportRow[];
}

/**
 * The values of a form's fields that other forms have answered: the newest statement of an equal type decides, and what
 * the field could not hold is not known. `since`: only what was said after this version.
 */
export function answeredElsewhere(known: Known, formId: string, form: Form, since: ReportRow | null = null): Answered {
  const values: Record<string, Value> = {};
  const said: ReportRow[] = [];
  for (const [id, field] of Object.entries(form.fields)) {
    const newest = known
      .get(field.figure ?? '')
      ?.find(
        (each) =>
          each.form !== formId && each.field.type === field.type && (since === null || bySending(each.said, since) > 0),
      );
    if (!newest || !holds(field, newest.value)) continue;
    values[id] = newest.value;
    said.push(newest.said);
  }
  return { values, said };
}

/** Whether a value said in another field of the same type could have been said in this one. */
function holds(field: Field, value: Value): boolean {
  if (field.type === 'choice') return field.options.some(({ name }) => name === value);
  if (field.type !== 'number' || typeof value !== 'number') return true;
  return value >= field.min && value <= field.max && Number(value.toFixed(field.decimals)) === value;
}
