/** The rules of the daily report as the contract states them, written apart from the program: what a day must come to. */
import * as fc from 'fast-check';
import { type Counts, rosterOf, says, tells } from './script.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The grids of the model's county; those without a leader are led by nobody. */
export const GRIDS = [
  { village: '福山地村', township: '林东镇', name: '甲网格', leader: '张三', secretary: '孙三' },
  { village: '福山地村', township: '林东镇', name: '乙网格', leader: '李四', secretary: '孙三' },
  { village: '大新庄村', township: '林东镇', name: '丙网格', leader: '吴六', secretary: '周五' },
  { village: '大新庄村', township: '林东镇', name: '丁网格', leader: '', secretary: '周五' },
  { village: '白音沟村', township: '隆昌镇', name: '戊网格', leader: '陈七', secretary: '冯五' },
] as const;

type Grid = (typeof GRIDS)[number];

const TOWNSHIP_SECRETARY = { 林东镇: '钱二', 隆昌镇: '郑四' } as const;

export const MODEL_ROSTER = rosterOf(
  '巴林左旗,,,,书记,赵一',
  '巴林左旗,林东镇,,,书记,钱二',
  '巴林左旗,隆昌镇,,,书记,郑四',
  '巴林左旗,林东镇,福山地村,,书记,孙三',
  '巴林左旗,林东镇,大新庄村,,书记,周五',
  '巴林左旗,隆昌镇,白音沟村,,书记,冯五',
  ...GRIDS.map((grid) => `巴林左旗,${grid.township},${grid.village},${grid.name},网格长,${grid.leader}`),
);

const KINDS = [
  'report',
  'phone',
  'correct',
  'withdraw',
  'exempt',
  'makeUp',
  'redeliver',
  'noise',
  'wrongPlace',
  'stranger',
] as const;

export interface Act {
  /** Seconds after the midnight the first period begins with. */
  at: number;
  kind: (typeof KINDS)[number];
  grid: number;
  value: number;
}

export type State = 'reported' | 'late' | 'exempt' | 'missing';

const DUE = 18 * HOUR;
const LOCK = 36 * HOUR;

/** Acts of one day, at different seconds, in order; `until` is in seconds after midnight. */
export function acts(until = 21 * HOUR): fc.Arbitrary<Act[]> {
  const act = fc.record({
    // Steps of the ladder lie on whole minutes; a line said ten seconds off one is on one side of it for sure.
    at: fc.integer({ min: 7 * 60 + 30, max: Math.floor(until / 60) - 2 }).map((minute) => minute * 60 + 20),
    kind: fc.constantFrom(...KINDS, 'report', 'report', 'report'),
    grid: fc.nat({ max: GRIDS.length - 1 }),
    value: fc.nat({ max: 5 }),
  });
  return fc
    .uniqueArray(act, { selector: ({ at }) => at, minLength: 1, maxLength: 14 })
    .map((list) => [...list].sort((a, b) => a.at - b.at));
}

/** The states of the grids after the acts sent until `time`. Exempt grids are left alone afterwards: see {@link applies}. */
export function statesAt(list: readonly Act[], time: number): State[] {
  const states: State[] = GRIDS.map(() => 'missing');
  for (const act of list) {
    if (act.at > time || !applies(act, states)) continue;
    states[act.grid] = next(act, states[act.grid] ?? 'missing');
  }
  return states;
}

function next({ kind, at, grid }: Act, state: State): State {
  if (kind === 'withdraw') return at < LOCK ? 'missing' : state;
  if (kind === 'exempt') return 'exempt';
  if (kind === 'correct') return state;
  const led = GRIDS[grid]?.leader !== '';
  if (kind === 'phone' || ((kind === 'report' || kind === 'makeUp') && led)) {
    return state === 'missing' ? (at <= DUE ? 'reported' : 'late') : state;
  }
  return state;
}

/** Whether the contract settles what the act does in these states; others are not put into a script. */
export function applies({ kind, grid, at }: Act, states: readonly State[]): boolean {
  const state = states[grid];
  if (state === 'exempt') return kind === 'noise' || kind === 'stranger';
  if (kind === 'exempt') return state === 'missing' && at < 24 * HOUR;
  if (kind === 'makeUp') return at > DUE;
  if (kind === 'report' || kind === 'phone') return at < 24 * HOUR;
  return true;
}

/** The acts as steps of a script, without those the contract does not settle. */
export function stepsOf(list: readonly Act[]): { steps: string[]; acts: Act[] } {
  const steps: string[] = [];
  const kept: Act[] = [];
  for (const act of list) {
    if (!applies(act, statesAt(kept, act.at))) continue;
    const step = stepOf(act, steps);
    if (step === undefined) continue;
    steps.push(step);
    kept.push(act);
  }
  return { steps, acts: kept };
}

function stepOf(act: Act, before: readonly string[]): string | undefined {
  const grid: Grid | undefined = GRIDS[act.grid];
  if (grid === undefined) return undefined;
  const day = Math.floor(act.at / (24 * HOUR));
  const at = clock(act.at);
  const when = day > 0 ? ' 11月23日' : '';
  const own = (text: string) => {
    if (grid.leader === '')
      return says(at, grid.village, grid.secretary, text.replace(/^\S+/, `$& ${grid.name}`), { day });
    const places = [grid.village, grid.name];
    const place = places[act.value % 3];
    return place === undefined ? tells(at, grid.leader, text, { day }) : says(at, place, grid.leader, text, { day });
  };
  switch (act.kind) {
    case 'report':
      return grid.leader === '' ? says(at, grid.village, '路人', '/日报 0') : own(`/日报 ${act.value}`);
    case 'makeUp':
      return grid.leader === '' ? undefined : own(`/补报${when} ${act.value} 停电`);
    case 'phone':
      return says(at, grid.village, grid.secretary, `/代报 ${grid.name} ${act.value} 电话核实`);
    case 'correct':
      return own(`/更正${when} ${act.value}`);
    case 'withdraw':
      return own(`/撤回${when}`);
    case 'exempt':
      return says(at, grid.village, grid.secretary, `/免报 ${grid.name} 11月23日 整组搬迁`);
    case 'redeliver': {
      const said = before.flatMap((step, n) => (step.includes('"say"') ? [n + 1] : []));
      const step = said[act.value % Math.max(1, said.length)];
      return step === undefined ? undefined : JSON.stringify({ at, day, redeliver: step });
    }
    case 'noise':
      return says(
        at,
        grid.village,
        grid.secretary,
        ['大家好', '/日报 -1', '/日抱 0', '/免报', '收到', '/更正 很多'][act.value] ?? '',
        { day },
      );
    case 'wrongPlace':
      return grid.leader === '' ? undefined : says(at, grid.township, grid.leader, '/日报 0', { day });
    case 'stranger':
      return says(at, grid.village, '路人', `/日报 ${grid.name} 0`, { day });
  }
}

function clock(at: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(at / HOUR) % 24)}:${two(Math.floor(at / MINUTE) % 60)}:${two(at % MINUTE)}`;
}

/** The five counts of every unit, keyed by its path; the county's own under the empty path. */
export function countsFrom(states: readonly State[]): Map<string, Counts> {
  const all = new Map<string, Counts>();
  GRIDS.forEach((grid, n) => {
    const state = states[n] ?? 'missing';
    const { township, village, name } = grid;
    for (const path of ['', township, `${township}/${village}`, `${township}/${village}/${name}`]) {
      const counts = all.get(path) ?? { expected: 0, reported: 0, late: 0, exempt: 0, missing: 0 };
      counts.expected += 1;
      counts[state] += 1;
      all.set(path, counts);
    }
  });
  return all;
}

/** Who a village's reminder or table must mention: leaders of missing grids, the secretary for a grid nobody leads. */
export function toActIn(village: string, states: readonly State[]): string[] {
  const people = missing(states).filter((grid) => grid.village === village);
  return unique(people.map((grid) => grid.leader || grid.secretary));
}

/** Who a township's table must mention: the secretaries of its villages with a gap. */
export function toActBelow(township: string, states: readonly State[]): string[] {
  return unique(missing(states).flatMap((grid) => (grid.township === township ? [grid.secretary] : [])));
}

/** Who the county's table must mention: the secretaries of the townships with a gap. */
export function toActAtAll(states: readonly State[]): string[] {
  return unique(missing(states).map((grid) => TOWNSHIP_SECRETARY[grid.township]));
}

function missing(states: readonly State[]): Grid[] {
  return GRIDS.filter((_, n) => states[n] === 'missing');
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
