/** A day's ladder, and its tables. */
import { settle } from '../src/app/walk.ts';
import { civilDateOf } from '../src/core/time.ts';
import { type ComposeContext, compose, spokenOf } from '../src/notices/index.ts';
import { COUNTY_ID, townshipId, townshipOf, villageId, villageOf } from './county.ts';
import type { SizeFigures, StepFigures, TableFigures } from './figures.ts';
import { percentile } from './percentiles.ts';
import { momentOf, type World } from './world.ts';

/** The steps of the epidemic's ladder. */
export const STEPS = ['17:00', '17:45', '18:00', '18:30', '19:30'] as const;

/** Tables made of each level, at most; the only one of the county so many times over. */
const TABLES = 500;
const AGAIN = 20;

/** Goes through the evening of a day, step by step. */
export async function eveningOf(world: World, day: number, onProgress: (done: number) => void): Promise<StepFigures[]> {
  const { app, clock, driver, platform } = world;
  await driver.pause();
  const steps: StepFigures[] = [];
  for (const at of STEPS) {
    clock.moveTo(momentOf(day, at));
    const before = { messages: platform.messages, texts: platform.texts };
    const began = performance.now();
    platform.lastTextAt = began;
    await settle(app, clock);
    steps.push({
      at,
      ms: platform.lastTextAt - began,
      settledMs: performance.now() - began,
      texts: platform.texts - before.texts,
      messages: platform.messages - before.messages,
    });
    onProgress(steps.length);
  }
  driver.resume();
  return steps;
}

/** Makes tables of each level and puts them into words. */
export function timeTables(world: World, grids: number): NonNullable<SizeFigures['tables']> {
  const villages = villageOf(grids - 1) + 1;
  const townships = townshipOf(villages - 1) + 1;
  const some = (count: number, id: (at: number) => string): string[] =>
    Array.from({ length: Math.min(count, TABLES) }, (_, i) => id(Math.floor((i * count) / Math.min(count, TABLES))));
  return {
    village: timeTable(world, some(villages, villageId)),
    township: timeTable(world, some(townships, townshipId)),
    county: timeTable(
      world,
      Array.from({ length: AGAIN }, () => COUNTY_ID),
    ),
  };
}

function timeTable({ app, clock, playbook }: World, unitIds: readonly string[]): TableFigures {
  const county = app.county();
  const now = clock.now();
  const form = Object.keys(playbook.forms)[0] ?? '';
  const context: ComposeContext = {
    county,
    view: county.viewAt(now),
    ...spokenOf(playbook),
    now,
    here: null,
    reachable: (personId) => county.accountsOf(personId).length > 0,
    known: (personId) => county.accountsOf(personId).length > 0,
  };
  const times = unitIds.map((unitId) => {
    const began = performance.now();
    const composed = compose(
      { kind: 'table', periodId: `${form}@${civilDateOf(now)}`, unitId },
      { ...context, here: unitId },
    );
    if (!composed) throw new Error(`there is no table of ${unitId}`);
    return performance.now() - began;
  });
  const sorted = times.sort((a, b) => a - b);
  return { tables: times.length, median: percentile(sorted, 0.5), worst: percentile(sorted, 1) };
}
