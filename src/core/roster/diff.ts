/**
 * What an import would change. Nothing is deleted and the past is not rewritten: what the new list leaves out ends on
 * the effective day, what it adds begins on it, and importing the same list again changes nothing.
 */
import type { PersonId, UnitId, UnitRow } from '../rows/index.ts';
import type { CivilDate } from '../time.ts';
import { Draft, type RosterChange, shownPath, unitPaths } from './change.ts';
import { planPosts } from './diff-posts.ts';
import { pathKey } from './keys.ts';
import { matchPeople } from './match.ts';
import { groupPeople, type PlannedPerson } from './people.ts';
import type { RosterPlan } from './plan.ts';
import { holdsOn, type RosterRows } from './view.ts';

export type { RosterChange, RosterCounts, RosterEntry } from './change.ts';

/** The import would take effect before a change that is already on record. */
export class RosterOrderError extends RangeError {
  override readonly name = 'RosterOrderError';
  /** The day of the change on record. */
  readonly latest: CivilDate;
  constructor(latest: CivilDate) {
    super(`the roster already records a change on ${latest}`);
    this.latest = latest;
  }
}

/**
 * Compares a plan with the roster and says what to write so that from `effective` on the roster is what the plan says.
 * A unit is known by its path, a post by unit and title (and by holder among several of one title), a person by name
 * and phone, else by name within the village (above the villages: within the unit). A blank phone forgets no number.
 * What had ended on the effective day itself and is back again is taken up as if it had not ended.
 *
 * @param options.newId gives an id never used before; called once for each new row
 * @throws {RosterOrderError} when the roster records a change later than `effective`
 */
export function planImport(
  current: RosterRows,
  plan: RosterPlan,
  options: { effective: CivilDate; newId: () => string },
): RosterChange {
  const latest = latestChange(current);
  if (latest !== null && latest > options.effective) throw new RosterOrderError(latest);
  const draft = new Draft(options.effective, options.newId);
  const paths = unitPaths(current.unit);
  const unitIds = planUnits(draft, current.unit, plan, paths);
  const people = groupPeople(plan.posts);
  const ids = planPeople(draft, people, matchPeople(people, current, options.effective, paths));
  const holders = new Map(people.flatMap((person) => person.posts.map((post) => [post, ids.get(person) ?? ''])));
  planPosts(draft, current, plan, {
    unitId: (path) => unitIds.get(pathKey(path)) ?? '',
    holderId: (post) => holders.get(post) ?? null,
    path: (unitId) => shownPath(paths.get(unitId) ?? []),
  });
  return draft.finish();
}

/** The last day on which anything in the roster begins or ends; null for an empty roster. */
export function latestChange({ unit, post, holding }: RosterRows): CivilDate | null {
  let latest: CivilDate | null = null;
  for (const rows of [unit, post, holding]) {
    for (const { since, until } of rows) {
      if (latest === null || since > latest) latest = since;
      if (until !== null && until > latest) latest = until;
    }
  }
  return latest;
}

/** Starts and ends units; gives the id of each unit of the plan by the key of its path. */
function planUnits(
  draft: Draft,
  units: readonly UnitRow[],
  plan: RosterPlan,
  paths: ReadonlyMap<UnitId, readonly string[]>,
): Map<string, UnitId> {
  const here = new Map<string, UnitRow>();
  const endedToday = new Map<string, UnitRow>();
  for (const unit of units) {
    const key = pathKey(paths.get(unit.id) ?? []);
    if (holdsOn(unit, draft.effective)) here.set(key, unit);
    else if (unit.until === draft.effective) endedToday.set(key, unit);
  }
  const ids = new Map<string, UnitId>();
  for (const { path, level } of plan.units) {
    const key = pathKey(path);
    const known = here.get(key);
    here.delete(key);
    if (known !== undefined) {
      ids.set(key, known.id);
      continue;
    }
    const parentId = ids.get(pathKey(path.slice(0, -1))) ?? null;
    const back = endedToday.get(key);
    const name = path.at(-1) ?? '';
    const row: UnitRow =
      back !== undefined && back.parentId === parentId
        ? { ...back, until: null }
        : { id: draft.newId(), parentId, level, name, since: draft.effective, until: null };
    ids.set(key, row.id);
    draft.units.push(row);
    draft.added.push({ what: 'unit', path: shownPath(path), from: null, to: name });
  }
  for (const unit of here.values()) {
    draft.units.push({ ...unit, until: draft.effective });
    draft.removed.push({ what: 'unit', path: shownPath(paths.get(unit.id) ?? []), from: unit.name, to: null });
  }
  return ids;
}

/** Adds people nobody knew and notes new numbers of those who are known; gives the id of each planned person. */
function planPeople(
  draft: Draft,
  people: readonly PlannedPerson[],
  known: ReadonlyMap<PlannedPerson, { id: PersonId; name: string; phone: string | null }>,
): Map<PlannedPerson, PersonId> {
  const ids = new Map<PlannedPerson, PersonId>();
  for (const person of people) {
    const { name, phone } = person;
    const match = known.get(person);
    const row = match ?? { id: draft.newId(), name, phone };
    ids.set(person, row.id);
    if (match === undefined) {
      draft.people.push(row);
    } else if (phone !== null && phone !== match.phone) {
      draft.people.push({ ...match, phone });
      const path = shownPath(person.posts[0]?.path ?? []);
      draft.changed.push({ what: 'phone', path, name: match.name, from: match.phone, to: phone });
    }
  }
  return ids;
}
