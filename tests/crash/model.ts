/**
 * What the bot should have made of what was said, written down as simply as can be: it shares no code with the bot's
 * own grammar, standings or tallies. Messages of one grid are given in the order in which they were said.
 */
import type { ReportRow } from '../../src/core/rows/index.ts';
import type { CivilDate, Instant } from '../../src/core/time.ts';
import { COUNTY_ID, gridId, parents } from './people.ts';
import { detailOf, type Lines, lineOf } from './tables.ts';

/**
 * What a message is. `typo` is plainly meant as a report and cannot be read; `slip` is a command that does not exist;
 * `talk` is not for the bot and is not kept.
 */
export type Kind = 'report' | 'correction' | 'withdrawal' | 'exemption' | 'leave' | 'typo' | 'slip' | 'talk';

export interface Saying {
  /** As the bot claims it: `platform:chat:message`. */
  id: string;
  kind: Kind;
  grid: number;
  /** The civil day it is about. */
  day: CivilDate;
  sentAt: Instant;
  values: Readonly<Record<string, number>>;
}

/** A row that a message should have left behind. */
export interface Version {
  message: string;
  obligationId: string;
  kind: ReportRow['kind'];
  values: ReportRow['values'];
  sentAt: Instant;
}

export interface Outcome {
  versions: Version[];
  /** The messages that exempted it. */
  exemptions: string[];
  state: 'reported' | 'late' | 'exempt' | 'missing';
  values: Readonly<Record<string, number>>;
  /** Of what counts; null when nothing does. */
  sentAt: Instant | null;
  unparsed: boolean;
}

/** When a day's reports are due, and from when on they are taken no more. */
export interface Times {
  dueAt: Instant;
  locksAt: Instant;
}

/** Of one grid on one day. */
export function outcomeOf(sayings: readonly Saying[], { dueAt, locksAt }: Times): Outcome {
  const versions: Version[] = [];
  const exemptions: string[] = [];
  let counts: Saying | null = null;
  let isLate = false;
  let tried = false;
  for (const saying of sayings) {
    const version = (kind: Version['kind'], values: Version['values']): void => {
      const obligationId = `daily@${saying.day}@${gridId(saying.grid)}`;
      versions.push({ message: saying.id, obligationId, kind, values, sentAt: saying.sentAt });
    };
    // Whoever has reported owes nothing that could be waived.
    if (saying.kind === 'exemption' && counts === null) exemptions.push(saying.id);
    if (saying.sentAt >= locksAt) continue;
    // Without a report there is nothing to correct and nothing to withdraw.
    if (counts === null && (saying.kind === 'correction' || saying.kind === 'withdrawal')) continue;
    if (saying.kind === 'report' || saying.kind === 'correction') {
      if (counts === null) isLate = saying.sentAt > dueAt;
      counts = saying;
      version('report', saying.values);
    }
    if (saying.kind === 'withdrawal') {
      counts = null;
      version('withdrawal', {});
    }
    if (saying.kind === 'typo') {
      tried = true;
      version('unparsed', {});
    }
  }
  const made = { versions, exemptions };
  if (counts !== null) {
    const { values, sentAt } = counts;
    return { ...made, state: isLate ? 'late' : 'reported', values, sentAt, unparsed: false };
  }
  const nothing = { ...made, values: {}, sentAt: null };
  return exemptions.length > 0
    ? { ...nothing, state: 'exempt', unparsed: false }
    : { ...nothing, state: 'missing', unparsed: tried };
}

/** Every grid's outcome on every day: `day grid`. */
export type Outcomes = ReadonlyMap<string, Outcome>;

export interface World {
  grids: number;
  /** Those that have been opened: what is about any other is about nothing. */
  days: readonly CivilDate[];
  times: (day: CivilDate) => Times;
}

export function outcomesOf(sayings: readonly Saying[], { grids, days, times }: World): Outcomes {
  const said = new Map<string, Saying[]>();
  for (const saying of sayings) {
    const key = `${saying.day} ${saying.grid}`;
    const list = said.get(key);
    if (list) list.push(saying);
    else said.set(key, [saying]);
  }
  const outcomes = new Map<string, Outcome>();
  for (const day of days) {
    for (let grid = 0; grid < grids; grid += 1) {
      const key = `${day} ${grid}`;
      outcomes.set(key, outcomeOf(said.get(key) ?? [], times(day)));
    }
  }
  return outcomes;
}

/** The units of which something is missing on a day: `day unit`. */
export function incompleteUnits(outcomes: Outcomes, { grids, days }: World): Set<string> {
  const above = parents(grids);
  const incomplete = new Set<string>();
  for (const day of days) {
    for (let grid = 0; grid < grids; grid += 1) {
      if (outcomes.get(`${day} ${grid}`)?.state !== 'missing') continue;
      for (let unit: string | undefined = gridId(grid); unit !== undefined; unit = above.get(unit)) {
        incomplete.add(`${day} ${unit}`);
      }
    }
  }
  return incomplete;
}

/** Every table of every day, in the words of {@link Lines}. */
export function expectedTables(outcomes: Outcomes, { grids, days }: World): Lines {
  const above = parents(grids);
  const lines: Lines = {};
  for (const day of days) {
    const sums = new Map<string, Sum>();
    for (let grid = 0; grid < grids; grid += 1) {
      const outcome = outcomes.get(`${day} ${grid}`);
      if (!outcome) continue;
      const { state, unparsed, sentAt } = outcome;
      sums.set(gridId(grid), added(emptySum(detailOf(state, unparsed, sentAt)), outcome));
      for (let unit = above.get(gridId(grid)); unit !== undefined; unit = above.get(unit)) {
        sums.set(unit, added(sums.get(unit) ?? emptySum(''), outcome));
      }
    }
    for (const [unit, sum] of sums) {
      const row = `${lineOf(sum, sum.totals)}${sum.detail}`;
      const given = new Map([...sum.totals].map(([field, total]) => [field, `${total} of ${sum.given.get(field)}`]));
      lines[`${day} ${unit}`] = lineOf(sum, given);
      lines[`${day} ${unit} =`] = lineOf(sum, sum.totals);
      if (sum.detail !== '') lines[`${day} ${unit} > ${unit}`] = row;
      const parent = above.get(unit);
      if (parent !== undefined) lines[`${day} ${parent} > ${unit}`] = row;
    }
    if (!sums.has(COUNTY_ID)) throw new Error('a county without grids');
  }
  return lines;
}

interface Sum {
  expected: number;
  reported: number;
  late: number;
  exempt: number;
  missing: number;
  totals: Map<string, number>;
  /** How many gave the field. */
  given: Map<string, number>;
  /** What a table says of a single grid; empty for all other units. */
  detail: string;
}

function emptySum(detail: string): Sum {
  return { expected: 0, reported: 0, late: 0, exempt: 0, missing: 0, totals: new Map(), given: new Map(), detail };
}

/** Changes `sum` in place. */
function added(sum: Sum, { state, values }: Outcome): Sum {
  sum.expected += 1;
  sum[state] += 1;
  for (const [field, value] of Object.entries(values)) {
    sum.totals.set(field, (sum.totals.get(field) ?? 0) + value);
    sum.given.set(field, (sum.given.get(field) ?? 0) + 1);
  }
  return sum;
}
