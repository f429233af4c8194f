/** What an obligation amounts to, from the versions said about it. */
import { added } from './figures.ts';
import type { Form } from './playbook/index.ts';
import type { ExemptionRow, PeriodRow, ReportRow } from './rows/index.ts';

/**
 * `missing` is what is not in, locked or not. Zero is a report whose values are 0; blank is a field a report leaves
 * out; unparsed is an attempt that could not be read: none of them is any of the others.
 */
export type State = 'reported' | 'late' | 'exempt' | 'missing';

export interface Standing {
  state: State;
  /** The version that counts; where reports add up the latest, with the values of all. Null when exempt or missing. */
  current: ReportRow | null;
  /** Something was sent that could not be read, and nothing readable counts. */
  unparsed: boolean;
}

/** Orders versions by the moment they were sent; those sent together by arrival. */
export function bySending(a: ReportRow, b: ReportRow): number {
  return a.sentAt - b.sentAt || a.receivedAt - b.receivedAt;
}

/** How every obligation begins. */
const NOTHING_SAID: Standing = Object.freeze({ state: 'missing', current: null, unparsed: false });

/**
 * Judges one obligation. The version sent last counts; it is on time when the first report since the last withdrawal
 * was sent at or before the due moment, so a correction keeps the timeliness of what it corrects.
 * A report lifts an exemption: whoever reports has something to say. What was filled in never takes the place of what
 * somebody reported themselves, in whatever order the two arrive.
 */
export function standingOf(
  period: Pick<PeriodRow, 'dueAt'>,
  versions: readonly ReportRow[],
  exemption: ExemptionRow | null,
  form: Form | null = null,
): Standing {
  if (versions.length === 0 && exemption === null) return NOTHING_SAID;
  const standing = form?.adds
    ? standingOfSum(period, versions, exemption, form)
    : standingOfLast(period, versions, exemption);
  // What nobody owes is never missing: taken back, it is as if nothing had been said.
  return standing.state === 'missing' && form?.owed === false ? { ...standing, state: 'exempt' } : standing;
}

function standingOfLast(
  period: Pick<PeriodRow, 'dueAt'>,
  versions: readonly ReportRow[],
  exemption: ExemptionRow | null,
): Standing {
  let first: ReportRow | null = null;
  let current: ReportRow | null = null;
  let unparsed = false;
  for (const version of versions.length === 1 ? versions : versions.toSorted(bySending)) {
    if (version.kind === 'unparsed') unparsed = true;
    else if (version.via === 'filled' && current !== null && current.via !== 'filled') continue;
    else if (version.kind === 'withdrawal') first = current = null;
    else {
      first ??= version;
      current = version;
    }
  }
  if (first && current) {
    return { state: first.sentAt <= period.dueAt ? 'reported' : 'late', current, unparsed: false };
  }
  return exemption
    ? { state: 'exempt', current: null, unparsed: false }
    : { state: 'missing', current: null, unparsed };
}

/** Where reports add up: a correction takes the place of the last one, a withdrawal takes the last one back. */
function standingOfSum(
  period: Pick<PeriodRow, 'dueAt'>,
  versions: readonly ReportRow[],
  exemption: ExemptionRow | null,
  form: Form,
): Standing {
  const counted: ReportRow[] = [];
  let unparsed = false;
  for (const version of versions.toSorted(bySending)) {
    if (version.kind === 'unparsed') unparsed = true;
    else if (version.kind !== 'report') counted.pop();
    if (version.kind === 'report' || version.kind === 'correction') counted.push(version);
  }
  const [first] = counted;
  const last = counted.at(-1);
  if (first && last) {
    const values = counted.map((version) => version.values).reduce((sum, more) => added(form, sum, more));
    return { state: first.sentAt <= period.dueAt ? 'reported' : 'late', current: { ...last, values }, unparsed: false };
  }
  return exemption
    ? { state: 'exempt', current: null, unparsed: false }
    : { state: 'missing', current: null, unparsed };
}
