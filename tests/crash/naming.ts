/**
 * Who is named as missing: in the reminders of a village, and in the tables of all levels. Nobody is whose report was
 * certain to be kept before the words were made: before the step fell due, or before the bot's life in which they were
 * said began, whichever was later. Within a life nobody outside can tell what was kept first.
 */
import type { ChatRef } from '../../src/core/chat.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { dayText } from '../../src/locales/zh-CN.ts';
import type { Step } from './day-clock.ts';
import { completedIn, remindedIn, tableIn } from './hearing.ts';
import type { Readers } from './ladder.ts';
import { type Outcome, outcomeOf, type Times } from './model.ts';
import { COUNTY_ID, gridId, parents, unitOfChat, unitsByName, villageOfChat } from './people.ts';
import type { Claim } from './ratios.ts';
import type { Said } from './talk.ts';

/** Reminders of a day that one village may hear. */
const REMINDERS_PER_DAY = 2;

/** Something said, and the moment from which on it was certain to be kept; null while it is not. */
export interface Known {
  said: Said;
  certainAt: number | null;
}

export interface NamingDeps {
  grids: number;
  times: (day: CivilDate) => Times;
  /** What was said about a grid on a day, in order. */
  known: (day: CivilDate, grid: number) => readonly Known[];
  complain: (complaint: string) => void;
}

export class Naming implements Readers {
  /** How many reminders were heard, and how many grids they named. */
  reminders = 0;
  reminded = 0;
  readonly #deps: NamingDeps;
  readonly #units: Map<string, string>;
  readonly #below = new Map<string, number[]>();
  /** The moments at which steps of a day fell due. */
  readonly #due = new Map<string, number[]>();
  readonly #days = new Set<CivilDate>();
  readonly #remindersHeard = new Map<string, number>();
  readonly #shown = new Map<string, string[][]>();
  readonly #completed = new Map<string, Set<string>>();
  /** In which life a table was heard last. */
  readonly #tableLives = new Map<string, number>();

  constructor(deps: NamingDeps) {
    this.#deps = deps;
    this.#units = unitsByName(deps.grids);
    const above = parents(deps.grids);
    for (let grid = 0; grid < deps.grids; grid += 1) {
      for (let unit: string | undefined = gridId(grid); unit !== undefined; unit = above.get(unit)) {
        this.#below.set(unit, [...(this.#below.get(unit) ?? []), grid]);
      }
    }
  }

  shown(day: string, unit: string): readonly (readonly string[])[] {
    return this.#shown.get(`${day} ${unit}`) ?? [];
  }

  completed(day: string, unit: string): ReadonlySet<string> {
    return this.#completed.get(`${day} ${unit}`) ?? new Set();
  }

  /** The clock is about to reach a moment at which a step of a day falls due. */
  falls(step: Step, day: CivilDate, moment: number): void {
    this.#days.add(day);
    const key = `${step} ${day}`;
    this.#due.set(key, [...(this.#due.get(key) ?? []), moment]);
  }

  /** Something was said in a chat by a life of the bot that began at a moment; gives what it counted. */
  hear(chat: ChatRef, text: string, life: { number: number; from: number }): Claim[] {
    const unit = unitOfChat(chat);
    if (unit === null) return [];
    const village = villageOfChat(chat);
    const table = tableIn(text);
    const completed = completedIn(text);
    const claims: Claim[] = [];
    for (const day of this.#days) {
      if (village !== null) this.#hearReminder(remindedIn(text, day, village), day, village, life.from);
      if (table?.day === dayText(day)) claims.push(...this.#hearTable(table.missing, day, unit, life));
      if (completed?.day === dayText(day)) this.#hearCompleted(completed.names, day, unit);
    }
    const isOfKnownDay = [...this.#days].some((day) => dayText(day) === (table ?? completed)?.day);
    if ((table ?? completed) && !isOfKnownDay) this.#deps.complain(`${unit} was shown a table before its time`);
    return claims;
  }

  /**
   * The first reminder that a village hears may be that of any step, and is measured by the first; a second one is not of
   * the first.
   */
  #hearReminder(grids: readonly number[], day: CivilDate, village: number, lifeFrom: number): void {
    if (grids.length === 0) return;
    this.reminders += 1;
    this.reminded += grids.length;
    const key = `${day} ${village}`;
    const before = this.#remindersHeard.get(key) ?? 0;
    this.#remindersHeard.set(key, before + 1);
    if (before >= REMINDERS_PER_DAY) this.#deps.complain(`village ${village} was reminded once more on ${day}`);
    const due = this.#due.get(`reminder ${day}`) ?? [];
    const step = due[Math.min(before, due.length - 1)];
    if (step === undefined) this.#deps.complain(`village ${village} was reminded on ${day} before its time`);
    for (const grid of grids) this.#judge(grid, day, Math.max(step ?? 0, lifeFrom), 'reminded');
  }

  #hearTable(
    missing: readonly { name: string; ratio: string | null }[],
    day: CivilDate,
    unit: string,
    { number, from }: { number: number; from: number },
  ): Claim[] {
    const step: Step = unit === COUNTY_ID ? 'county table' : unit.startsWith('t') ? 'township table' : 'village table';
    const [due] = this.#due.get(`${step} ${day}`) ?? [];
    if (due === undefined) this.#deps.complain(`${unit} was shown a table of ${day} before its time`);
    const key = `${day} ${unit}`;
    if (this.#tableLives.get(key) === number)
      this.#deps.complain(`${unit} was shown its table of ${day} twice by one life`);
    this.#tableLives.set(key, number);
    const bound = Math.max(due ?? 0, from);
    const rows: string[] = [];
    const claims: Claim[] = [];
    for (const { name, ratio } of missing) {
      const row = this.#units.get(`${unit} ${name}`);
      if (row === undefined) {
        this.#deps.complain(`${unit} was shown a table with a row ${name}, which is none of its`);
        continue;
      }
      rows.push(row);
      if (ratio === null) this.#judge(Number(row.slice(1)), day, bound, 'missing in a table');
      else claims.push({ day, unit: row, ratio });
      if (ratio !== null) this.#judgeUnit(row, ratio, day, bound);
    }
    this.#shown.set(key, [...(this.#shown.get(key) ?? []), rows]);
    return claims;
  }

  #hearCompleted(names: readonly string[], day: CivilDate, unit: string): void {
    const key = `${day} ${unit}`;
    const completed = this.#completed.get(key) ?? new Set();
    this.#completed.set(key, completed);
    for (const name of names) completed.add(this.#units.get(`${unit} ${name}`) ?? name);
  }

  #judge(grid: number, day: CivilDate, bound: number, how: string): void {
    if (this.#certain(grid, day, bound) === 'missing') return;
    const last = this.#deps.known(day, grid).findLast(({ certainAt }) => certainAt !== null && certainAt < bound);
    this.#deps.complain(`grid ${grid} was ${how} on ${day} though ${last?.said.id} had been kept before`);
  }

  /** A unit is shown as incomplete, and so many of it as in. */
  #judgeUnit(unit: string, ratio: string, day: CivilDate, bound: number): void {
    const states = (this.#below.get(unit) ?? []).map((grid) => this.#certain(grid, day, bound));
    const isIn = states.filter((state) => state === 'reported' || state === 'late').length;
    if (!states.includes('missing'))
      this.#deps.complain(`${unit} was shown as incomplete on ${day} though it was complete`);
    if (Number(ratio.split('/')[0]) < isIn) {
      this.#deps.complain(`${unit} was shown with ${ratio} on ${day} though ${isIn} had been kept before`);
    }
  }

  /** What was certain of a grid before a moment; missing where it may have been open again. */
  #certain(grid: number, day: CivilDate, before: number): Outcome['state'] {
    const known = this.#deps.known(day, grid);
    const isCertain = ({ certainAt }: Known): boolean => certainAt !== null && certainAt < before;
    if (known.some((each) => each.said.kind === 'withdrawal' && !isCertain(each))) return 'missing';
    return outcomeOf(
      known.filter(isCertain).map(({ said }) => said),
      this.#deps.times(day),
    ).state;
  }
}
