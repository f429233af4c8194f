/** What is said about who covers whom (包保), and where somebody is missing. */

import type { Playbook } from '../core/playbook/index.ts';
import type { CoverState } from '../core/register/cover.ts';
import { entryLabel } from '../core/register/entry.ts';
import type { Gap, GapCounts, Uncovered } from '../core/register/gaps.ts';
import type { RosterView } from '../core/roster/view.ts';

const list = (parts: readonly string[]): string => parts.join('、');

/** Of many names as many are said; the rest are counted. */
const MOST_NAMED = 12;
const MOST_LINES = 30;

/** `/包保 缺口`: the word that asks for the gaps. */
export const GAPS_WORD = '缺口';

function named(labels: readonly string[], measure: string): string {
  const shown = list(labels.slice(0, MOST_NAMED));
  return labels.length > MOST_NAMED ? `${shown} 等${labels.length}${measure}` : shown;
}

function cut(lines: readonly string[]): string[] {
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `还有 ${rest} 处没有列出`] : [...lines];
}

const total = ({ vacant, empty, uncovered }: GapCounts): number => vacant + empty + uncovered;

/** `空岗网格 1、没有登记的网格 2、没人管的 3` */
function countsText(counts: GapCounts): string {
  const parts = [
    [counts.vacant, '空岗网格'],
    [counts.empty, '空白网格'],
    [counts.uncovered, '没人包的'],
  ] as const;
  return list(parts.filter(([count]) => count > 0).map(([count, what]) => `${what} ${count}`));
}

const STATES = {
  nobody: (role: string, _: string) => `还没有${role}`,
  gone: (role: string, name: string) => `${role}${name}已不在岗`,
  away: (role: string, name: string) => `${role}${name}请假,没写代理人`,
  moved: () => '所在网格已撤并',
} as const satisfies Record<Uncovered, (role: string, name: string) => string>;

export const coverageWords = {
  /** What a unit has, and what is missing of it. */
  overview: (unit: string, sums: readonly string[], counts: GapCounts) => {
    const gaps = total(counts);
    const head = `${unit}包保:${sums.length > 0 ? list(sums) : '还没有登记'}`;
    return gaps === 0
      ? `${head},没有缺口`
      : `${head}。缺口 ${gaps} 处(${countsText(counts)}),要看请发:/包保 ${GAPS_WORD}`;
  },
  sum: (register: string, count: number, measure: string) => `${register} ${count}${measure}`,
  covers: (name: string, where: string | null, labels: readonly string[], measure: string) =>
    `${name}${where === null ? '' : `(${where})`}:${named(labels, measure)}`,
  below: (unit: string, heads: readonly string[], sums: readonly string[], counts: GapCounts) => {
    const who = heads.length > 0 ? `(${list(heads)})` : '';
    const gaps = total(counts) > 0 ? `,缺口 ${total(counts)} 处` : '';
    return `${unit}${who}:${sums.length > 0 ? list(sums) : '还没有登记'}${gaps}`;
  },
  lines: cut,

  gaps: (unit: string, counts: GapCounts, lines: readonly string[]) =>
    [`${unit}缺口 ${total(counts)} 处(${countsText(counts)}):`, ...cut(lines)].join('\n'),
  noGaps: (unit: string) => `${unit}没有缺口:网格都有人,户户有人包。`,
  gapsBelow: (unit: string, counts: GapCounts) => `${unit}:${countsText(counts)}`,
  vacant: (unit: string) => `${unit}:没有人任职`,
  empty: (unit: string, register: string) => `${unit}:${register}还是空的`,
  uncovered: (where: string, label: string, why: Uncovered, role: string, name: string) =>
    `${where} ${label}:${STATES[why](role, name)}`,

  entry: (label: string, unit: string) => `${label} ${unit}`,
  cover: (role: string, name: string | null, state: CoverState | null) =>
    `${role}:${name ?? '还没有'}${stateText(state)}`,
  level: (unit: string, heads: readonly string[], charged: readonly string[]) =>
    `${unit}:${[heads.length > 0 ? list(heads) : '空岗', ...charged].join(';')}`,
  charged: (title: string, name: string) => `${title} ${name}`,
  above: '往上:',

  own: (name: string, parts: readonly string[]) =>
    parts.length > 0 ? `${name}包保 ${parts.join(';')}` : `${name}没有直接包保的。`,
  ownPart: (where: string, labels: readonly string[], measure: string) => `${where} ${named(labels, measure)}`,
  posts: (posts: readonly string[]) => `岗位:${list(posts)}`,
  seeGaps: (unit: string, counts: GapCounts) =>
    total(counts) === 0 ? `${unit}没有缺口` : `${unit}缺口 ${total(counts)} 处,要看请发:/包保 ${GAPS_WORD}`,

  line: (unit: string, called: string) => `/包保 ${unit} ${called}`,
  several: (name: string, sends: readonly string[]) => `有几个「${name}」,请选一行发:\n${sends.join('\n')}`,
  unknown: (name: string) =>
    `台账和名册里没有「${name}」。请写户号或姓名,例如 /包保 12户;看缺口请发:/包保 ${GAPS_WORD}`,
} as const;

/** A gap in the village or the grid it is in, where names may be read. */
export function gapText(gap: Gap, { registers }: Pick<Playbook, 'registers'>, view: RosterView): string {
  const unit = view.unit(gap.unitId)?.name ?? '';
  if (gap.kind === 'vacant') return coverageWords.vacant(unit);
  const register = registers[gap.register];
  if (gap.kind === 'empty') return coverageWords.empty(unit, register?.name ?? '');
  const { entry, why } = gap;
  const name = entry.coverId === null ? '' : (view.person(entry.coverId)?.name ?? '');
  return coverageWords.uncovered(
    unit,
    entryLabel(entry, register?.measure ?? ''),
    why,
    register?.cover?.name ?? '',
    name,
  );
}

function stateText(state: CoverState | null): string {
  if (state === null || state.is === 'there') return '';
  if (state.is === 'gone') return '(已不在岗)';
  return state.standIn ? `(请假,${state.standIn.name}代)` : '(请假,没写代理人)';
}
