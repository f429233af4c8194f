/** Who covers one entry, from its cover up to the county; and what one person covers. */
import type { Decision } from '../core/notices.ts';
import type { RegisterTarget } from '../core/register/below.ts';
import { type CoverLevel, coverChain, coveredBy, levelsFrom } from '../core/register/cover.ts';
import { entryLabel, isAlive } from '../core/register/entry.ts';
import { countGaps, findGaps, type Gap } from '../core/register/gaps.ts';
import { readNumber } from '../core/register/table/cells.ts';
import type { Person, Unit } from '../core/roster/view.ts';
import type { EntryRow, UnitId } from '../core/rows/index.ts';
import { coverageWords } from '../locales/coverage.ts';
import { entryWords } from '../locales/entries.ts';
import { answer, type KnownCall } from './command.ts';
import { unitName } from './entries/lines.ts';
import { maySayNamesOf } from './entries/places.ts';
import { placeOfEntries } from './entries/resolve.ts';
import { postsText } from './me.ts';
import { homeOf } from './whom.ts';

/** The registers whose entries somebody is to cover. */
export const coveredRegisters = ({ playbook }: Pick<KnownCall, 'playbook'>): RegisterTarget[] =>
  Object.entries(playbook.registers).flatMap(([id, register]) => (register.cover ? [{ id, register }] : []));

/** The gaps at or below a unit. */
export function gapsIn({ county, view, playbook }: KnownCall, unitId: UnitId): Gap[] {
  const { registers } = playbook;
  return findGaps({ registers, entries: county.entries, view, units: () => county.rosterRows().unit }, unitId);
}

/** What a line names: `12户`, `一网格 12户`, `张大爷`. */
interface Asked {
  called: string;
  /** The unit it is looked for in, where the line names one. */
  within: Unit | null;
}

/**
 * Answers about the entry, the unit or the person that a line names. Names stay in their village: above it the line is
 * not answered with any.
 * @param ofUnit answers about a unit
 */
export function coverageOf(call: KnownCall, args: string, ofUnit: (name: string) => Decision): Decision {
  const { view, unit } = call;
  const home = homeOf(call)?.id;
  if (view.findUnits(args.replace(/[\s,、]+/g, '/'), home).length > 0) return ofUnit(args);
  if (unit?.level === 'county' || unit?.level === 'township') return answer(call, entryWords.elsewhere(null));
  const asked = askedOf(call, args);
  const found = coveredRegisters(call).flatMap((target) =>
    entriesCalled(call, target, asked).map((entry) => ({ target, entry })),
  );
  const heard = found.filter(({ entry }) => mayHear(call, entry));
  const sends = heard.map(({ entry }) => coverageWords.line(unitName(call, entry.unitId), asked.called));
  // Several that no line tells apart are all told.
  if (new Set(sends).size > 1) return answer(call, coverageWords.several(asked.called, [...new Set(sends)]));
  if (heard.length > 0) return answer(call, heard.map((each) => chainText(call, each)).join('\n'));
  const [person, ...others] = view.findPersons(args, home).filter((each) => isNear(call, each));
  if (person && others.length === 0) return answer(call, personText(call, person));
  return answer(call, coverageWords.unknown(asked.called));
}

/** The unit in front of a name or a number, apart from it or glued to a number. */
function askedOf(call: KnownCall, args: string): Asked {
  const home = homeOf(call)?.id;
  const [, before = '', number = ''] = /^(.*\D)[\s,、]*(\d[\d-]*\D{0,2})$/u.exec(args) ?? [];
  const [, place = '', name = ''] = /^(.*\S)[\s,、]+(\S+)$/u.exec(args) ?? [];
  for (const [where, called] of [
    [before, number],
    [place, name],
  ] as const) {
    const [only, ...more] = where === '' ? [] : call.view.findUnits(where.trim().replace(/[\s,、]+/g, '/'), home);
    if (only && more.length === 0) return { called, within: only };
  }
  return { called: args, within: null };
}

function entriesCalled(call: KnownCall, target: RegisterTarget, { called, within }: Asked): EntryRow[] {
  const { county, view } = call;
  const { id, register } = target;
  const inside = (entry: EntryRow): boolean => within === null || view.isWithin(entry.unitId, within.id);
  const number = register.numbered ? readNumber(called, register.measure) : null;
  if (number === null) return county.entries.named(id, called, view.day).filter(inside);
  const place = within ?? placeOfEntries(call, target) ?? homeOf(call);
  const units = view.units(register.of).filter((unit) => place !== null && view.isWithin(unit.id, place.id));
  return units
    .flatMap((unit) => county.entries.inUnit(id, unit.id))
    .filter((entry) => entry.number === number && isAlive(entry, view.day));
}

/** In its village's groups; in private to its village's people and to whoever covers it. */
const mayHear = (call: KnownCall, entry: EntryRow): boolean =>
  maySayNamesOf(call, entry.unitId) || (call.unit === null && entry.coverId === call.person.id);

/** Whether somebody may be spoken of here: they hold a post in this village, or cover somebody in it. */
function isNear(call: KnownCall, { id }: Person): boolean {
  const { view, county, person } = call;
  if (id === person.id) return true;
  if (view.postsOf(id).some(({ post }) => maySayNamesOf(call, post.unitId))) return true;
  return coveredBy(view, county.entries, id).some((entry) => mayHear(call, entry));
}

function chainText({ view }: KnownCall, { target, entry }: { target: RegisterTarget; entry: EntryRow }): string {
  const { register } = target;
  const { cover, levels } = coverChain(view, entry);
  return [
    coverageWords.entry(entryLabel(entry, register.measure), view.unit(entry.unitId)?.name ?? ''),
    coverageWords.cover(register.cover?.name ?? '', cover?.person.name ?? null, cover?.state ?? null),
    ...levels.map(levelText),
  ].join('\n');
}

function levelText({ unit, heads, charged }: CoverLevel): string {
  const others = charged.map(({ person, title }) => coverageWords.charged(title, person.name));
  return coverageWords.level(
    unit.name,
    heads.map(({ name }) => name),
    others,
  );
}

/** What somebody covers, their posts, and who is above. */
function personText(call: KnownCall, person: Person): string {
  const { view, county, playbook } = call;
  const groups = new Map<string, EntryRow[]>();
  for (const entry of coveredBy(view, county.entries, person.id)) {
    if (!playbook.registers[entry.register] || !mayHear(call, entry)) continue;
    const key = `${entry.register} ${entry.unitId}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const parts = [...groups.values()].flatMap((entries) => {
    const [first] = entries;
    const measure = playbook.registers[first?.register ?? '']?.measure ?? '';
    const labels = entries.map((entry) => entryLabel(entry, measure));
    return first ? coverageWords.ownPart(view.unit(first.unitId)?.name ?? '', labels, measure) : [];
  });
  const posts = postsText(view, person.id);
  return [
    coverageWords.own(person.name, parts),
    ...(posts.length > 0 ? [coverageWords.posts(posts)] : []),
    ...aboveText(call, person),
  ].join('\n');
}

/** Who answers for the units above those in which somebody holds a post or covers somebody, each once. */
function aboveText({ view, county }: KnownCall, person: Person): string[] {
  const held = view.postsOf(person.id).map(({ post }) => post.unitId);
  const covered = coveredBy(view, county.entries, person.id).map(({ unitId }) => unitId);
  const above = new Map<UnitId, CoverLevel>();
  for (const id of [...held, ...covered]) {
    for (const level of levelsFrom(view, id)) above.set(level.unit.id, level);
  }
  const levels = [...above.values()].filter(({ heads }) => !heads.some(({ id }) => id === person.id));
  const order = ['grid', 'village', 'township', 'county'];
  const lines = levels
    .filter(({ heads, charged }) => heads.length + charged.length > 0)
    .sort((a, b) => order.indexOf(a.unit.level) - order.indexOf(b.unit.level))
    .map(levelText);
  return lines.length > 0 ? [coverageWords.above, ...lines] : [];
}

/** What the sender covers, and who is above; for those who lead a unit also how many gaps it has. */
export function ownCoverage(call: KnownCall): string {
  const { view, person } = call;
  const [led] = view.unitsAnsweredFor(person.id);
  const gaps = led ? [coverageWords.seeGaps(led.name, countGaps(gapsIn(call, led.id)))] : [];
  return [personText(call, person), ...gaps].join('\n');
}
