/** The words these tests write their days in: steps of a script, rosters, and questions to what was heard. */
import type { SentLine } from '../../../src/cli/rehearse.ts';
import type { Played } from '../../support/rehearsal.ts';

export interface Extra {
  /** Days after the start's date. */
  day?: number;
}

/** Someone says a line in a unit's group. */
export function says(at: string, unit: string, from: string, text: string, extra: Extra = {}): string {
  return JSON.stringify({ at, ...extra, in: unit, from, say: text });
}

/** Someone says a line to the bot in private. */
export function tells(at: string, from: string, text: string, extra: Extra = {}): string {
  return JSON.stringify({ at, ...extra, direct: true, from, say: text });
}

/** The platform repeats an earlier step, counted from 1. */
export function redelivers(at: string, step: number): string {
  return JSON.stringify({ at, redeliver: step });
}

/** Something breaks. */
export function breaks(
  at: string,
  fault: 'restart' | 'kill' | { offline: string } | { sendFails: string },
  extra: Extra = {},
): string {
  return JSON.stringify({ at, ...extra, fault });
}

const HEADER = '县,乡镇,村,网格,职务,姓名,电话';

/** A roster from rows without a telephone. */
export function rosterOf(...rows: string[]): string {
  return [HEADER, ...rows.map((row) => `${row},`), ''].join('\n');
}

/** The people above 福山地村, and its secretary. */
export const ABOVE = ['巴林左旗,,,,书记,赵一', '巴林左旗,林东镇,,,书记,钱二', '巴林左旗,林东镇,福山地村,,书记,孙三'];

export const TWELVE = '一 二 三 四 五 六 七 八 九 十 十一 十二'.split(' ').map((n) => `${n}网格`);

/** Who leads the twelve grids; the index of a grid is the index of its leader. */
export const LEADERS = '甲一 乙二 丙三 丁四 戊五 己六 庚七 辛八 壬九 癸十 子一 丑二'.split(' ');

/** One village with twelve grids, each with a leader. */
export const TWELVE_GRIDS = rosterOf(
  ...ABOVE,
  ...TWELVE.map((grid, n) => `巴林左旗,林东镇,福山地村,${grid},网格长,${LEADERS[n]}`),
);

/** What was sent on `day` of November 2026 from `from` until before `to` (`HH:MM:SS`). */
export function between({ heard }: Pick<Played, 'heard'>, from: string, to: string, day = 23): SentLine[] {
  const stamp = (time: string) => `2026-11-${day}T${time}+08:00`;
  return heard.filter((line) => line.at >= stamp(from) && line.at < stamp(to));
}

/** What one group heard within a minute that began at `HH:MM`. */
export function inMinute(played: Played, unit: string, minute: string, day = 23): SentLine[] {
  return between({ heard: played.inGroup(unit) }, `${minute}:00`, `${minute}:60`, day);
}

/** The tables of one group that came with the files of a table, in order. */
export function tablesOf(played: Played, unit: string): SentLine[] {
  return played.inGroup(unit).filter(({ attachments }) => attachments.length > 0);
}

/** Names in a fixed order, so that two lists of people compare as sets without repeats hidden. */
export function sorted(names: readonly string[]): string[] {
  return [...names].sort();
}

/** The time of a line within its day, `18:00:03`. */
export function timeOf(line: SentLine | undefined): string {
  return line?.at.slice(11, 19) ?? 'nothing was sent';
}

export interface Counts {
  expected: number;
  reported: number;
  late: number;
  exempt: number;
  missing: number;
}

/** The five counts of a unit by its path, or of the county when the path is left out. */
export function countsOf({ summary }: Played, path?: string, period = '2026-11-23'): Counts {
  const form = summary.forms.daily?.[period];
  if (form === undefined) throw new Error(`no period ${period} in the summary`);
  const counts = path === undefined ? form : form.units[path];
  if (counts === undefined) throw new Error(`no unit ${path} in the summary`);
  const { expected, reported, late, exempt, missing } = counts;
  return { expected, reported, late, exempt, missing };
}

const ONE = { expected: 1, reported: 0, late: 0, exempt: 0, missing: 0 };
export const REPORTED: Counts = { ...ONE, reported: 1 };
export const LATE: Counts = { ...ONE, late: 1 };
export const EXEMPT: Counts = { ...ONE, exempt: 1 };
export const MISSING: Counts = { ...ONE, missing: 1 };

/** The paths of the grids in the usual roster. */
export const GRID = {
  first: '林东镇/福山地村/一网格',
  second: '林东镇/福山地村/二网格',
  third: '林东镇/福山地村/三网格',
  other: '林东镇/大新庄村/一网格',
} as const;
