/**
 * Takes out of entries, reports and messages what names somebody when its time is over. At night, and in portions: a few
 * entries, or some versions of one period, with all that was heard and said of them, in one commit with the record of how
 * many they were. Whatever ends it in between, the next tick goes on from there.
 */
import type { County } from '../core/county.ts';
import { erasedBody, erasedEntry, erasedEvent, erasedReport } from '../core/erased.ts';
import { ERASED_ON, erasedUpTo } from '../core/meta.ts';
import { type Decision, NOTHING, replyKey } from '../core/notices.ts';
import { partsOf } from '../core/obligation-id.ts';
import { type Form, formOfSource } from '../core/playbook/index.ts';
import {
  entriesOver,
  FROM_THE_FIRST,
  formsAbout,
  formsKept,
  isEntryOver,
  lockedBy,
  nextErasure,
  type Reached,
  reachedAgain,
} from '../core/retention.ts';
import {
  type EntryRow,
  type ErasureRow,
  type InboundRow,
  type OutboxRow,
  type PeriodRow,
  put,
  type ReportRow,
  type Write,
} from '../core/rows/index.ts';
import { addDays, type CivilDate, civilDateOf, type Instant, startOfDay } from '../core/time.ts';
import { defineJob, type JobFacts, type PastReads } from './job.ts';
import { FIRST_OPENING } from './open-periods.ts';

/** Versions of one period at once. */
const MOST_REPORTS = 2_000;
/** Periods without any words that are passed over in one portion. */
const MOST_PERIODS = 50;
/** Days before an entry came in from which a period may have gone on into its time without being locked by then. */
const BEFORE_ENTRY = 31;

/** What was said, with the messages that said it and the answers to them. */
interface Said {
  reports: ReportRow[];
  periods: PeriodRow[];
  heard: InboundRow[];
  answers: OutboxRow[];
}

type Portion =
  | ({ kind: 'entries'; register: string; ids: string[] } & Said)
  | ({ kind: 'reports'; form: string; reached: Reached } & Said)
  | { kind: 'nothing' };

export const erase = defineJob<Portion>({
  id: 'erase',

  nextDue({ county, playbook, now }) {
    const keeps = Object.values(playbook.registers).some(({ keep }) => keep !== undefined);
    if (!keeps && formsKept(playbook.forms, county.versions.lastVersions()).size === 0) return null;
    return nextErasure(doneOn(county), now);
  },

  async load(facts, past) {
    return (await entriesPortion(facts, past)) ?? (await reportsPortion(facts, past)) ?? { kind: 'nothing' };
  },

  decide(facts, portion) {
    if (!portion) return NOTHING;
    if (portion.kind === 'nothing') return done(facts);
    const writes = portion.kind === 'entries' ? entriesErased(facts, portion) : reportsErased(facts, portion);
    return { writes, notices: [] };
  },
});

/** The day of the first opening counts as a night that is done: there was nothing yet. */
function doneOn(county: County): CivilDate | null {
  const opened = county.meta(FIRST_OPENING);
  const done = county.meta(ERASED_ON) as CivilDate | null;
  return done ?? (opened === null ? null : civilDateOf(Number(opened)));
}

function done({ county, playbook, now }: JobFacts): Decision {
  const writes: Write[] = [put('meta', { id: ERASED_ON, value: civilDateOf(now) })];
  for (const form of formsKept(playbook.forms, county.versions.lastVersions()).keys()) {
    const reached = reachedIn(county, form);
    const again = reachedAgain(reached, now);
    if (again !== reached) writes.push(reachedIs(form, again));
  }
  return { writes, notices: [] };
}

const reachedIs = (form: string, reached: Reached): Write =>
  put('meta', { id: erasedUpTo(form), value: JSON.stringify(reached) });

function reachedIn(county: County, form: string): Reached {
  const kept = county.meta(erasedUpTo(form));
  return kept === null ? FROM_THE_FIRST : (JSON.parse(kept) as Reached);
}

// ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────────

async function entriesPortion({ county, playbook, now }: JobFacts, past: PastReads): Promise<Portion | null> {
  for (const [register, declared] of Object.entries(playbook.registers)) {
    const entries = entriesOver(county.entries.of(register), declared, civilDateOf(now));
    if (entries.length === 0) continue;
    const ids = entries.map(({ id }) => id);
    const reports = await past.reportsAbout(
      ids,
      formsAbout(register, playbook.forms, county.versions.specs()),
      startOfDay(addDays(earliest(entries), -BEFORE_ENTRY)),
    );
    const periods = await past.periods([...new Set(reports.map(({ obligationId }) => partsOf(obligationId).period))]);
    const events = ids.flatMap((id) => county.entries.events(id));
    const messages = [...events.map(({ message }) => message), ...reports.map(({ message }) => message)];
    return { kind: 'entries', register, ids, reports, periods, ...(await exchanged(messages, past)) };
  }
  return null;
}

const earliest = (entries: readonly EntryRow[]): CivilDate =>
  entries.reduce((first, { since }) => (since < first ? since : first), entries[0]?.since ?? '9999-12-31');

/** Messages and the answers to them. */
async function exchanged(messages: readonly (string | null)[], past: PastReads) {
  const heard = await past.heard([...new Set(messages.filter((id) => id !== null))]);
  return { heard, answers: await past.settled(heard.map(({ id, sentAt }) => replyKey(sentAt, id))) };
}

function entriesErased({ county, playbook, now }: JobFacts, portion: Extract<Portion, { kind: 'entries' }>): Write[] {
  const { register } = portion;
  const declared = playbook.registers[register] ?? {};
  const rows = portion.ids.flatMap((id) => county.entries.get(id) ?? []);
  const over = rows.filter((entry) => isEntryOver(entry, declared, civilDateOf(now)));
  // One that goes on after all since it was read, or is erased: what was read holds no more, and is read again.
  if (over.length < portion.ids.length) return [];
  const left = county.entries.of(register).filter((entry) => isEntryOver(entry, declared, civilDateOf(now))).length;
  const said = saidErased(portion, county);
  return [
    ...over.map((entry) => put('entry', erasedEntry(entry, now))),
    ...over.flatMap(({ id }) => county.entries.events(id).map((event) => put('entryEvent', erasedEvent(event)))),
    ...said.writes,
    erasure(`register:${register}`, now, `${left}`, { ...said, entries: over.length }),
  ];
}

// ── reports ─────────────────────────────────────────────────────────────────────────────────────────────────────

async function reportsPortion({ county, playbook, now }: JobFacts, past: PastReads): Promise<Portion | null> {
  for (const [form, keep] of formsKept(playbook.forms, county.versions.lastVersions())) {
    let reached = reachedIn(county, form);
    for (let passed = 0; passed < MOST_PERIODS; passed += 1) {
      const period = await periodAfter(form, reached, lockedBy(keep, now), past);
      if (!period) break;
      const reports = await past.reportsIn(period.id, reached.report, MOST_REPORTS);
      const isAll = reports.length < MOST_REPORTS;
      const last = isAll ? '' : (reports.at(-1)?.id ?? '');
      reached = { locksAt: period.locksAt, period: period.id, report: last };
      if (reports.length === 0 && passed < MOST_PERIODS - 1) continue;
      const messages = reports.map(({ message }) => message);
      return { kind: 'reports', form, reached, reports, periods: [period], ...(await exchanged(messages, past)) };
    }
  }
  return null;
}

/** The period to go on with: the one that was not gone through to its end, or the next. */
async function periodAfter(
  form: string,
  { locksAt, period, report }: Reached,
  until: Instant,
  past: PastReads,
): Promise<PeriodRow | null> {
  const [begun] = report === '' ? [] : await past.periods([period]);
  return begun ?? past.nextLocked(form, { locksAt, id: period }, until);
}

function reportsErased({ county, now }: JobFacts, portion: Extract<Portion, { kind: 'reports' }>): Write[] {
  const { form, reached } = portion;
  const said = saidErased(portion, county);
  const writes = [reachedIs(form, reached), ...said.writes];
  if (said.reports + said.messages === 0) return writes;
  const [period] = portion.periods;
  const which = `${period?.key ?? ''}#${said.writes.length}`;
  return [...writes, erasure(`form:${form}`, now, which, { ...said, entries: 0 })];
}

// ── both ────────────────────────────────────────────────────────────────────────────────────────────────────────

function saidErased({ reports, periods, heard, answers }: Said, county: County) {
  const forms = formsOf(periods, county);
  const writes: Write[] = [];
  for (const report of reports) {
    const row = erasedReport(report, forms.get(partsOf(report.obligationId).period) ?? null);
    if (row) writes.push({ table: 'report', op: 'erase', row });
  }
  const count = { reports: writes.length, messages: 0 };
  for (const row of heard) {
    if (row.text === '') continue;
    writes.push({ table: 'inbound', op: 'erase', row: { ...row, text: '' } });
    count.messages += 1;
  }
  for (const row of answers) {
    const body = erasedBody(row.body);
    if (body) writes.push({ table: 'outbox', op: 'erase', row: { ...row, body } });
  }
  return { writes, ...count };
}

/** Each period's form as it was when the period opened; none where that was not kept or cannot be read any more. */
function formsOf(periods: readonly PeriodRow[], county: County): Map<string, Form | null> {
  const sources = new Map([...county.versions.specs()].map(({ id, source }) => [id, source]));
  return new Map(
    periods.map(({ id, spec }) => {
      const source = spec === null ? undefined : sources.get(spec);
      return [id, source === undefined ? null : formOfSource(source)];
    }),
  );
}

/** @param which tells portions of one moment apart */
function erasure(
  what: string,
  at: Instant,
  which: string,
  { entries, reports, messages }: Pick<ErasureRow, 'entries' | 'reports' | 'messages'>,
): Write {
  return put('erasure', { id: `${what}#${at}#${which}`, what, at, entries, reports, messages });
}
