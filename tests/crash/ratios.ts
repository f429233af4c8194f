/** How many reports of a unit were in, of how many, at any moment in the life of a file: nobody may be told anything else. */
import { type Account, listed } from './autopsy.ts';
import { type Outcome, outcomeOf, type Saying } from './model.ts';
import { gridId, parents } from './people.ts';

/** Somebody was told that so many of a unit's reports are in. */
export interface Claim {
  day: string;
  unit: string;
  /** `7/12` */
  ratio: string;
}

/** What was claimed of the reports in a file and was never so in it. */
export function ratioFaults(claims: readonly Claim[], account: Account): string[] {
  const held = ratiosOf(account);
  const wrong = claims.filter(({ day, unit, ratio }) => !held.get(`${day} ${unit}`)?.has(ratio));
  return listed(
    'counts that the file never held',
    wrong.map(
      ({ day, unit, ratio }) =>
        `${unit} ${ratio} on ${day} (it held ${[...(held.get(`${day} ${unit}`) ?? [])].at(-1)})`,
    ),
  );
}

interface Count {
  expected: number;
  exempt: number;
  isIn: number;
}

/** Every ratio that a unit above the grids has had on a day, one message of the file after the other. */
function ratiosOf({ sayings, world }: Account): Map<string, Set<string>> {
  const above = parents(world.grids);
  const counts = new Map<string, Count>();
  const held = new Map<string, Set<string>>();
  const change = (day: string, grid: number, by: (count: Count) => void): void => {
    for (let unit = above.get(gridId(grid)); unit !== undefined; unit = above.get(unit)) {
      const key = `${day} ${unit}`;
      const count = counts.get(key) ?? { expected: 0, exempt: 0, isIn: 0 };
      counts.set(key, count);
      by(count);
      const ratios = held.get(key) ?? new Set();
      held.set(key, ratios.add(`${count.isIn}/${count.expected - count.exempt}`));
    }
  };
  const begin = (count: Count): void => {
    count.expected += 1;
  };
  for (const day of world.days) {
    for (let grid = 0; grid < world.grids; grid += 1) change(day, grid, begin);
  }
  // Those of a half counted county were never so.
  held.clear();
  const nothing = (): void => undefined;
  for (const day of world.days) for (let grid = 0; grid < world.grids; grid += 1) change(day, grid, nothing);

  const said = new Map<string, Saying[]>();
  const before = new Map<string, Outcome['state']>();
  for (const saying of sayings) {
    const { day, grid } = saying;
    if (!world.days.includes(day)) continue;
    const key = `${day} ${grid}`;
    const list = said.get(key) ?? [];
    said.set(key, list);
    list.push(saying);
    const [old, state] = [before.get(key) ?? 'missing', outcomeOf(list, world.times(day)).state];
    before.set(key, state);
    change(day, grid, (count) => {
      count.exempt += Number(state === 'exempt') - Number(old === 'exempt');
      count.isIn += Number(isIn(state)) - Number(isIn(old));
    });
  }
  return held;
}

const isIn = (state: Outcome['state']): boolean => state === 'reported' || state === 'late';
