/** Whether what a file holds is what it should be: all of it is made anew from the messages in the file itself. */
import { accountKey, chatKey } from '../../src/core/chat.ts';
import type { Form } from '../../src/core/playbook/index.ts';
import { dayOf } from '../../src/core/rounds/period.ts';
import type { ReportRow } from '../../src/core/rows/index.ts';
import { type CivilDate, civilDateOf, type Instant } from '../../src/core/time.ts';
import {
  expectedTables,
  type Outcomes,
  outcomesOf,
  type Saying,
  type Times,
  type Version,
  type World,
} from './model.ts';
import { gridId, leaderOf } from './people.ts';
import { type Raw, readingOf } from './reading.ts';
import type { Remains } from './remains.ts';
import { differences, tablesOf } from './tables.ts';
import type { Said } from './talk.ts';

export interface Expectation {
  /** Everything ever said, by chat, in the order in which it was delivered there. */
  lanes: Iterable<readonly Said[]>;
  /** Messages of which somebody outside was told that they are kept. */
  acknowledged: ReadonlySet<string>;
  form: Form;
  grids: number;
  times: (day: CivilDate) => Times;
  now: Instant;
}

/** So many, and the first few by name; nothing of none. */
export function listed(what: string, ids: readonly string[]): string[] {
  return ids.length > 0 ? [`${ids.length} ${what}: ${ids.slice(0, 5).join(', ')}`] : [];
}

/** What the messages in a file come to. */
export interface Account {
  sayings: readonly Saying[];
  outcomes: Outcomes;
  world: World;
  /** Messages that nobody can have said. */
  strange: readonly string[];
}

/** Reads the messages of a file; what was said to the bot is not asked. */
export function accountOf(
  { messages, county }: Remains,
  { grids, times }: Pick<Expectation, 'grids' | 'times'>,
): Account {
  const sayings: Saying[] = [];
  const strange: string[] = [];
  for (const raw of messages) {
    const saying = readingOf(raw);
    if (saying) sayings.push(saying);
    else strange.push(`${raw.id} ${raw.text}`);
  }
  const world = { grids, times, days: county.books().map(({ period }) => dayOf(period)) };
  return { sayings, outcomes: outcomesOf(sayings, world), world, strange };
}

/** What is wrong with a file; empty when it is sound. */
export function faultsOf(
  remains: Remains,
  expectation: Expectation,
  account = accountOf(remains, expectation),
): string[] {
  const { form, now } = expectation;
  const tables = differences(tablesOf(remains.county, form, now), expectedTables(account.outcomes, account.world));
  return [
    ...remains.health.map((line) => `the database is broken: ${line}`),
    ...messageFaults(remains, expectation),
    ...listed('kept that nobody can have said', account.strange),
    ...listed(
      'kept on a day that was never opened',
      account.sayings.filter(({ sentAt }) => !account.world.days.includes(civilDateOf(sentAt))).map(({ id }) => id),
    ),
    ...versionFaults(remains.reports, account.outcomes),
    ...waiverFaults(remains, account),
    ...tables.map((line) => `a table read from the file is wrong: ${line}`),
  ];
}

/** What of the messages was kept, against what was said. */
function messageFaults({ messages, answers }: Remains, { lanes, acknowledged }: Expectation): string[] {
  const found = new Map(messages.map((raw) => [raw.id, raw]));
  const known = new Set<string>();
  const altered: string[] = [];
  const overtaken: string[] = [];
  for (const lane of lanes) {
    // Plain talk is never kept.
    const toKeep = lane.filter(({ kind }) => kind !== 'talk');
    const stored = toKeep.filter(({ id }) => found.has(id));
    for (const [at, said] of stored.entries()) {
      known.add(said.id);
      if (said !== toKeep[at]) overtaken.push(said.id);
      const raw = found.get(said.id);
      if (raw && !isAsSaid(raw, said)) altered.push(`${said.id} ${said.message.text} as ${raw.text}`);
    }
  }
  const missed = [...acknowledged].filter((id) => !found.has(id));
  return [
    ...listed('acknowledged and not kept', missed),
    ...listed('kept although what was said before in that chat is not', overtaken),
    ...listed('kept as something else than was said', altered),
    ...listed(
      'kept and never said',
      messages.flatMap(({ id }) => (known.has(id) ? [] : id)),
    ),
    ...listed(
      'kept without an answer',
      messages.flatMap(({ id }) => (answers.has(id) ? [] : id)),
    ),
    ...listed(
      'answered and not kept',
      [...answers.keys()].filter((id) => !found.has(id)),
    ),
  ];
}

function isAsSaid(raw: Raw, { chat, message }: Said): boolean {
  return (
    raw.text === message.text &&
    raw.sentAt === message.sentAt &&
    raw.receivedAt >= raw.sentAt &&
    raw.chat === chatKey(chat) &&
    raw.accountId === accountKey(chat.platform, message.sender.id)
  );
}

const keyOf = (version: Pick<Version, 'message' | 'obligationId'>): string =>
  `${version.message} ${version.obligationId}`;

/** Each message has left the versions it should have, one of each. */
function versionFaults(reports: readonly ReportRow[], outcomes: Outcomes): string[] {
  const versions = [...outcomes.values()].flatMap((outcome) => outcome.versions);
  const expected = new Map(versions.map((version) => [keyOf(version), version]));
  const found = new Map<string, ReportRow>();
  const twice: string[] = [];
  for (const row of reports) {
    if (found.has(keyOf(row))) twice.push(`${keyOf(row)} as ${row.id}`);
    found.set(keyOf(row), row);
  }
  const isSame = (a: Version, b: Version | undefined): boolean => b === undefined || factsOf(a) === factsOf(b);
  return [
    ...listed('reports that stand there twice', twice),
    ...listed(
      'reports that no message accounts for',
      [...found.keys()].filter((key) => !expected.has(key)),
    ),
    ...listed(
      'messages that took no effect',
      [...expected.keys()].filter((key) => !found.has(key)),
    ),
    ...listed(
      'reports that say something else than their message',
      [...expected].flatMap(([key, version]) => (isSame(version, found.get(key)) ? [] : key)),
    ),
  ];
}

const factsOf = ({ kind, values, sentAt }: Version): string =>
  JSON.stringify([kind, Object.entries(values).sort(), sentAt]);

/** Each exemption and each leave stands there once, as it was said; leaves change no table. */
function waiverFaults({ exemptions, leaves }: Remains, { outcomes, sayings }: Account): string[] {
  const exempted = new Set([...outcomes.values()].flatMap((outcome) => outcome.exemptions));
  const expected = sayings.flatMap(({ kind, id, grid, day }) => {
    if (kind === 'leave') return `leave of ${leaderOf(grid)} ${day} to ${day} by ${id}`;
    return exempted.has(id) ? `exemption of ${gridId(grid)} ${day} to ${day} by ${id}` : [];
  });
  const found = [
    ...leaves.map(
      (row) => `leave of ${row.personId} ${row.fromDay} to ${row.toDay} by ${row.id.replace('leave#', '')}`,
    ),
    ...exemptions.map(
      (row) => `exemption of ${row.unitId} ${row.fromDay} to ${row.toDay} by ${row.id.replace('exempt#', '')}`,
    ),
  ];
  const twice = found.filter((each, at) => found.indexOf(each) !== at);
  return [
    ...listed('that stand there twice', twice),
    ...listed(
      'that no message accounts for',
      found.filter((each) => !expected.includes(each)),
    ),
    ...listed(
      'that took no effect',
      expected.filter((each) => !found.includes(each)),
    ),
  ];
}
