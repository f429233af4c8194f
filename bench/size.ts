/** Everything that is measured at one size, in a process of its own. */
import { statSync } from 'node:fs';
import { County } from '../src/core/county.ts';
import type { Playbook } from '../src/core/playbook/index.ts';
import type { Write } from '../src/core/rows/index.ts';
import { openStore } from '../src/store/prisma.ts';
import { countyRows, installRows } from './county.ts';
import { eveningOf, STEPS, timeTables } from './evening.ts';
import type { LatencyFigures, MemoryFigures, SizeFigures, StartFigures, ThroughputFigures } from './figures.ts';
import { reportOf } from './messages.ts';
import { spreadOf } from './percentiles.ts';
import { lateLeg, type Plan } from './plan.ts';
import { type Rush, rush, type Stream, stream, wakeOn } from './runs.ts';
import { spokenRows } from './spoken.ts';
import { COUNTY_SINCE, loadBenchPlaybook, momentOf, openWorld } from './world.ts';

/** The unit, its post, who holds it, the person, their account, and a share of the village. */
const ROWS_PER_GRID = 6;

/** What is being done, how much of it is done, and how much there is. */
export type Report = (doing: string, done: number, total: number) => void;

export interface SizeJob {
  /** A county in which nobody has spoken yet. */
  path: string;
  plan: Plan;
  rate: number;
  inFlight: number;
}

/** Measures a working day of a county, or several. The file stays, with its last day full. */
export async function measureSize(
  { path, plan, rate, inFlight }: SizeJob,
  report: Report,
): Promise<Omit<SizeFigures, 'start'>> {
  const { grids, legs } = plan;
  const empty = collectedHeap();
  const sizeBefore = statSync(path).size;

  const world = await openWorld(path, 0);
  const rushes: Rush[] = [];
  const streams: Stream[] = [];
  let heapOfDay = 0;
  let reports = 0;
  for (const [at, leg] of legs.entries()) {
    await wakeOn(world, leg.day);
    const say = (done: number): void => report(leg.purpose, done, leg.count);
    say(0);
    if (leg.purpose === 'latency') streams.push(await stream(world, grids, leg, rate, say));
    else {
      const rushed = await rush(world, grids, leg, inFlight, say);
      if (leg.purpose === 'throughput') rushes.push(rushed);
    }
    reports += leg.count;
    // Days that follow would count as memory of the first.
    if (at === 0 && leg.count === grids) heapOfDay = collectedHeap();
  }
  const day = legs.at(-1)?.day ?? 0;
  const ladder = plan.whole ? await eveningOf(world, day, (done) => report('ladder', done, STEPS.length)) : null;
  const tables = plan.whole ? timeTables(world, grids) : null;
  await rush(world, grids, lateLeg(plan), inFlight, (done) => report('late', done, plan.missing));
  reports += plan.missing;
  const memory = memoryOf(grids, empty, heapOfDay);
  await world.close();
  return {
    grids,
    throughput: throughputOf(rushes),
    latency: latencyOf(streams, rate),
    memory,
    ladder: ladder && { missing: plan.missing, steps: ladder },
    tables,
    bytesPerReport: (statSync(path).size - sizeBefore) / reports,
  };
}

/** Makes the file of a county, with what its plan has written from the start. */
export async function install(path: string, plan: Plan, report: Report): Promise<void> {
  const playbook = await loadBenchPlaybook();
  const store = await openStore({ url: `file:${path}` });
  const { grids, written } = plan;
  let rows = 0;
  await installRows(store, grids, rowsOf(plan, playbook), (more) => {
    rows += more;
    report('install', rows, grids * (ROWS_PER_GRID + (written ? 1 : 0)) + (written?.count ?? 0));
  });
  await store.close();
}

function* rowsOf({ grids, written }: Plan, playbook: Playbook): Generator<Write> {
  const now = momentOf(0);
  if (!written) return yield* countyRows(grids, COUNTY_SINCE, now);
  const county = new County();
  for (const row of countyRows(grids, COUNTY_SINCE, now)) {
    county.apply([row]);
    yield row;
  }
  yield* spokenRows(county, playbook, grids, written, now);
}

/** Opens a file whose last day is full, as after a restart, and takes one message. */
export async function measureStart(path: string, day: number): Promise<StartFigures> {
  const began = performance.now();
  const world = await openWorld(path, day);
  const message = { ...reportOf(0, day, world.clock.now()), id: 'after the start', text: '/日报 1' };
  const name = world.app.county().viewAt(world.clock.now()).unit('g0')?.name ?? '';
  const acknowledged = new Promise<number>((resolve) => world.platform.expect(message.chat.id, name, resolve));
  await world.app.handle(message);
  const ms = performance.now() - began;
  const acknowledgedMs = (await acknowledged) - began;
  await world.close();
  return { ms, acknowledgedMs };
}

/** Bytes of heap in use after a collection. */
function collectedHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function memoryOf(grids: number, empty: number, heapOfDay: number): MemoryFigures {
  const { rss } = process.memoryUsage();
  const heapUsed = heapOfDay || collectedHeap();
  return {
    rss,
    peakRss: process.resourceUsage().maxRSS * 1_024,
    heapUsed,
    perGrid: (heapUsed - empty) / grids,
  };
}

function throughputOf(rushes: readonly Rush[]): ThroughputFigures {
  const sum = (pick: (each: Rush) => number): number => rushes.reduce((total, each) => total + pick(each), 0);
  const messages = sum((each) => each.messages);
  return {
    messages,
    acknowledgedPerSecond: (messages * 1_000) / sum((each) => each.acknowledgedMs),
    wallPerMessage: (sum((each) => each.acknowledgedMs) * 1_000) / messages,
    cpuPerMessage: sum((each) => each.cpu) / messages,
  };
}

function latencyOf(streams: readonly Stream[], offered: number): LatencyFigures | null {
  if (streams.length === 0) return null;
  const waits = streams.flatMap(({ waits }) => [...waits]);
  return {
    offered,
    messages: waits.length,
    unanswered: streams.reduce((sum, { unanswered }) => sum + unanswered, 0),
    acknowledged: spreadOf(waits),
  };
}
