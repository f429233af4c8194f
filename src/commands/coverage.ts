/** `/包保`: who covers whom, from the household up to the county, and where somebody is missing. */
import type { Decision } from '../core/notices.ts';
import { entriesBelow, type RegisterTarget } from '../core/register/below.ts';
import { levelOf } from '../core/register/cover.ts';
import { entryLabel } from '../core/register/entry.ts';
import { countGaps, type Gap, gapsByChild } from '../core/register/gaps.ts';
import type { Unit } from '../core/roster/view.ts';
import type { EntryRow, UnitId } from '../core/rows/index.ts';
import { coverageWords, GAPS_WORD, gapText } from '../locales/coverage.ts';
import { answer, defineCommand, isRefused, type KnownCall } from './command.ts';
import { coverageOf, coveredRegisters, gapsIn, ownCoverage } from './coverage-entry.ts';
import { maySeeEntries, unitAsked } from './looking.ts';

export const coverage = defineCommand({
  name: 'coverage',
  open: false,
  unbound: false,
  fits: ({ person, playbook }) => person !== null && Object.values(playbook.registers).some(({ cover }) => cover),
  decide(asked) {
    const call = asked as KnownCall;
    const args = call.parsed.args.trim();
    if (args.startsWith(GAPS_WORD)) return inUnit(call, args.slice(GAPS_WORD.length).trim(), gapList);
    if (args !== '') return coverageOf(call, args, (unit) => inUnit(call, unit, overview));
    return call.unit ? inUnit(call, '', overview) : answer(call, ownCoverage(call));
  },
});

/** Answers about the unit that is named, or that the chat or the sender is of, if it may be seen from here. */
function inUnit(call: KnownCall, name: string, say: (call: KnownCall, unit: Unit) => string): Decision {
  const subject = name === '' ? null : name.replace(/[\s,、]+/g, '/');
  const unit = unitAsked({ ...call, parsed: { ...call.parsed, subject } });
  return isRefused(unit) ? unit.refused : answer(call, say(call, unit.found));
}

const isNear = ({ level }: Unit): boolean => level !== 'county' && level !== 'township';

/** Who covers what: by names where names may be read, else how much each unit below has. */
function overview(call: KnownCall, unit: Unit): string {
  const gaps = gapsIn(call, unit.id);
  const head = coverageWords.overview(unit.name, sumsOf(call, unit.id), countGaps(gaps));
  const lines = isNear(unit) && maySeeEntries(call, unit) ? covererLines(call, unit) : childLines(call, unit, gaps);
  return [head, ...coverageWords.lines(lines)].join('\n');
}

/** Who covers what in a village or a grid, one line for each of them. */
function covererLines(call: KnownCall, unit: Unit): string[] {
  const { view } = call;
  return coveredRegisters(call).flatMap((target) => {
    const { measure } = target.register;
    const groups = new Map<string, EntryRow[]>();
    for (const entry of below(call, target, unit.id)) {
      if (entry.coverId === null) continue;
      const key = `${entry.coverId} ${entry.unitId}`;
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    return [...groups.values()].flatMap((entries) => {
      const [first] = entries;
      const person = first?.coverId ? view.person(first.coverId) : undefined;
      if (!first || !person) return [];
      const where = first.unitId === unit.id ? null : (view.unit(first.unitId)?.name ?? '');
      const labels = entries.map((entry) => entryLabel(entry, measure));
      return coverageWords.covers(person.name, where, labels, measure);
    });
  });
}

/** What each unit directly below has, with its head, and how many gaps. */
function childLines(call: KnownCall, unit: Unit, gaps: readonly Gap[]): string[] {
  const { view } = call;
  const groups = gapsByChild(gaps, view, unit.id);
  return view.children(unit.id).map((child) => {
    const heads = isNear(child) && child.level !== 'village' ? [] : levelOf(view, child).heads.map(({ name }) => name);
    const counts = countGaps(groups.get(child.id) ?? []);
    return coverageWords.below(child.name, heads, sumsOf(call, child.id), counts);
  });
}

/** What each register that asks for a cover has at or below a unit. */
function sumsOf(call: KnownCall, unitId: UnitId): string[] {
  return coveredRegisters(call).flatMap((target) => {
    const { name, measure } = target.register;
    const count = below(call, target, unitId).length;
    return count > 0 ? coverageWords.sum(name, count, measure) : [];
  });
}

const below = ({ county, view }: KnownCall, target: RegisterTarget, unitId: UnitId): EntryRow[] =>
  entriesBelow(target, { entries: county.entries, view }, unitId);

/** The gaps one by one where names may be read, else how many each unit below has. */
function gapList(call: KnownCall, unit: Unit): string {
  const { view, playbook } = call;
  const gaps = gapsIn(call, unit.id);
  if (gaps.length === 0) return coverageWords.noGaps(unit.name);
  const names = isNear(unit) && maySeeEntries(call, unit);
  const lines = names
    ? gaps.map((gap) => gapText(gap, playbook, view))
    : [...gapsByChild(gaps, view, unit.id)].map(([id, own]) =>
        coverageWords.gapsBelow(view.unit(id)?.name ?? '', countGaps(own)),
      );
  return coverageWords.gaps(unit.name, countGaps(gaps), lines);
}
