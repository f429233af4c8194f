/** Recognising in a new list the people the roster knows, so that they keep their accounts when posts or numbers change. */
import type { PersonId, PersonRow, UnitId } from '../rows/index.ts';
import type { CivilDate } from '../time.ts';
import { slotKey } from './change.ts';
import { keyOf, pathKey } from './keys.ts';
import { type PlannedPerson, phoneKey, scopeKey } from './people.ts';
import { pushTo } from './tree.ts';
import { holdsOn, type RosterRows } from './view.ts';

/** Where the roster knows a person from. */
interface Known {
  readonly person: PersonRow;
  /** Posts held now: name with unit and title. */
  readonly slots: Set<string>;
  /** Scopes of those posts. */
  readonly scopes: Set<string>;
  /** Scopes of posts held at any time. */
  readonly formerScopes: Set<string>;
}

/**
 * Finds for each planned person who they are in the roster. Nobody is matched twice, and where two would fit nobody
 * is matched: a stranger must not come into another's account.
 */
export function matchPeople(
  planned: readonly PlannedPerson[],
  rows: RosterRows,
  effective: CivilDate,
  paths: ReadonlyMap<UnitId, readonly string[]>,
): Map<PlannedPerson, PersonRow> {
  const known = knownPeople(rows, effective, paths);
  const matching = new Matching(planned, known);
  matching.match(
    ({ name, phone }) => (phone === null ? [] : [phoneKey(name, phone)]),
    ({ person }) => (person.phone === null ? [] : [phoneKey(person.name, person.phone)]),
  );
  const slots = ({ name, posts }: PlannedPerson): string[] => posts.map(({ path, title }) => slotOf(name, path, title));
  matching.match(slots, (each) => each.slots);
  matching.match(
    ({ scopes }) => scopes,
    (each) => each.scopes,
  );
  // Someone back after a time without a post; a different number would make it too bold a guess.
  matching.match(
    ({ scopes }) => scopes,
    (each) => each.formerScopes,
    (plan, { phone }) => plan.phone === null || phone === null || plan.phone === phone,
  );
  return matching.found;
}

/** Matches in rounds; who is matched in one takes no part in the next. */
class Matching {
  readonly found = new Map<PlannedPerson, PersonRow>();
  private planned: readonly PlannedPerson[];
  private known: readonly Known[];

  constructor(planned: readonly PlannedPerson[], known: readonly Known[]) {
    this.planned = planned;
    this.known = known;
  }

  /** Matches those who share a key that nobody else has, on either side. */
  match(
    keysOfPlanned: (plan: PlannedPerson) => Iterable<string>,
    keysOfKnown: (known: Known) => Iterable<string>,
    fits: (plan: PlannedPerson, person: PersonRow) => boolean = () => true,
  ): void {
    const here = new Map<string, Known[]>();
    for (const each of this.known) for (const key of new Set(keysOfKnown(each))) pushTo(here, key, each);
    const there = new Map<string, PlannedPerson[]>();
    for (const plan of this.planned) for (const key of new Set(keysOfPlanned(plan))) pushTo(there, key, plan);
    const taken = new Set<PersonId>();
    for (const [key, [plan, ...otherPlans]] of there) {
      const [candidate, ...others] = here.get(key) ?? [];
      if (plan === undefined || candidate === undefined || otherPlans.length > 0 || others.length > 0) continue;
      const { person } = candidate;
      if (this.found.has(plan) || taken.has(person.id) || !fits(plan, person)) continue;
      this.found.set(plan, person);
      taken.add(person.id);
    }
    this.planned = this.planned.filter((plan) => !this.found.has(plan));
    this.known = this.known.filter(({ person }) => !taken.has(person.id));
  }
}

function knownPeople(rows: RosterRows, effective: CivilDate, paths: ReadonlyMap<UnitId, readonly string[]>): Known[] {
  const known = new Map<PersonId, Known>();
  for (const person of rows.person) {
    known.set(person.id, { person, slots: new Set(), scopes: new Set(), formerScopes: new Set() });
  }
  const posts = new Map(rows.post.map((post) => [post.id, post]));
  for (const holding of rows.holding) {
    const each = known.get(holding.personId);
    const post = posts.get(holding.postId);
    if (each === undefined || post === undefined) continue;
    const path = paths.get(post.unitId) ?? [];
    const scope = scopeKey(each.person.name, path);
    each.formerScopes.add(scope);
    if (!holdsOn(holding, effective)) continue;
    each.scopes.add(scope);
    each.slots.add(slotOf(each.person.name, path, post.title));
  }
  return [...known.values()];
}

/** A name at a post. */
function slotOf(name: string, path: readonly string[], title: string): string {
  return `${keyOf(name)}\n${slotKey(pathKey(path), title)}`;
}
