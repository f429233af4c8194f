/** Which unit a line is about, mostly a grid, and by what right its sender speaks for it. Between two readings the sender is asked. */
import { typedValue } from '../core/example-line.ts';
import { simplestLine } from '../core/form.ts';
import type { Level } from '../core/playbook/index.ts';
import type { ReportingRight, Unit } from '../core/roster/view.ts';
import type { UnitId } from '../core/rows/index.ts';
import { lines, WORDS } from '../locales/lines.ts';
import { dayText, zh } from '../locales/zh-CN.ts';
import { answer, type Found, formOf, isMain, type KnownCall } from './command.ts';

export interface Subject {
  /** A unit of the level whose reports the form asks for. */
  grid: Unit;
  right: ReportingRight;
  /** The line named it. */
  named: boolean;
}

/** The place below which names are looked for first: the group's unit, in a direct chat the sender's village. */
export function homeOf(call: KnownCall): Unit | null {
  if (call.unit) return call.unit;
  const post = call.view.postsOf(call.person.id)[0];
  if (!post) return null;
  const line = [...call.view.ancestors(post.post.unitId), call.view.unit(post.post.unitId)];
  return line.find((unit) => unit?.level === 'village') ?? line.at(-1) ?? null;
}

/** A unit by the name typed; below the call's home first. */
export function findUnit(call: KnownCall, name: string): Found<Unit> {
  const units = call.view.findUnits(name, homeOf(call)?.id);
  const [unit] = units;
  if (units.length === 1 && unit) return { found: unit };
  if (units.length === 0) {
    const send = call.unit ? lines.of(WORDS.missing, '') : lines.bind(null);
    return { refused: answer(call, zh.unitNotFound(name, send)) };
  }
  const choices = units.slice(0, 8).map((each) => lineWith(call, name, call.view.label(each.id)));
  return { refused: answer(call, zh.unitAmbiguous(name, choices)) };
}

/** The level whose units owe the form a call is about: grids, or villages. */
function levelOf(call: KnownCall): Level {
  const { subject } = formOf(call).form;
  return 'level' in subject ? subject.level : 'grid';
}

/** The unit a report is for, and the right to report for it. */
export function subjectOf(call: KnownCall): Found<Subject> {
  const subject = call.parsed.subject === null ? ownUnit(call) : namedUnit(call, call.parsed.subject);
  return isWrongPlace(call, subject) ?? subject;
}

/** `/日报 一网格 0`: the line typed, as it would be for another subject. */
export function lineFor(call: KnownCall, grid: Unit, verb?: string): string {
  const { id, form } = formOf(call);
  const values = Object.entries(call.parsed.values).flatMap(([fieldId, value]) => {
    const field = form.fields[fieldId];
    return field ? typedValue(field, value) : [];
  });
  const [only, ...more] = call.view.findUnits(grid.name, homeOf(call)?.id);
  const name = only?.id === grid.id && more.length === 0 ? grid.name : call.view.label(grid.id);
  const day = call.parsed.period && call.parsed.period !== call.view.day ? [dayText(call.parsed.period)] : [];
  const bare = verb === undefined && (call.parsed.command === 'exempt' || call.parsed.command === 'withdraw');
  const what = values.length > 0 ? values : bare ? [] : simplestLine(form).split(' ').slice(1);
  const note = verb === undefined && call.parsed.note ? [call.parsed.note] : [];
  const word = verb ?? verbOf(call) ?? form.name;
  // An act by itself means the main form.
  const isNamed = word !== form.name && !isMain(call, id) && call.parsed.command !== 'exempt';
  const named = isNamed ? [form.name] : [];
  return [`/${word}`, ...named, name, ...day, ...what, ...note].join(' ');
}

/** The line with which this grid is reported plainly, with the values typed. */
export function reportLine(call: KnownCall, grid: Unit): string {
  return lineFor(call, grid, formOf(call).form.name);
}

/** The word the line began with, where it was not the form's own. */
function verbOf({ parsed }: KnownCall): string | null {
  if (parsed.verb === 'behalf' || parsed.verb === 'makeup') return WORDS[parsed.verb];
  const { command } = parsed;
  return command === 'correct' || command === 'withdraw' || command === 'exempt' ? WORDS[command] : null;
}

/** The line as it was typed, for whoever may say it. */
export function lineTyped(call: KnownCall): string {
  return lines.of(verbOf(call) ?? wordOf(call), argsWithForm(call, call.parsed.args));
}

/** The arguments of a line, with the form's name where an act read it out of them. */
function argsWithForm(call: KnownCall, args: string): string {
  if (verbOf(call) === null || call.parsed.command === 'exempt') return args;
  const { id, form } = formOf(call);
  return isMain(call, id) ? args : `${form.name} ${args}`;
}

function ownUnit(call: KnownCall): Found<Subject> {
  const { view, person, unit } = call;
  const level = levelOf(call);
  if (unit?.level === level) {
    const right = view.mayReportFor(person.id, unit.id);
    if (right === 'own' || right === 'deputy') return { found: { grid: unit, right, named: false } };
  }
  const held = view.unitsHeldBy(person.id, level);
  const [own] = held;
  // As it nearly always is: what lies in this group and is one's own comes before all else.
  if (own && held.length === 1 && own.parentId === unit?.id)
    return { found: { grid: own, right: 'own', named: false } };
  const standingIn = view.deputizedBy(person.id).flatMap((entry) => (entry.unit.level === level ? entry.unit : []));
  const inside = (grids: readonly Unit[]): Unit[] =>
    unit ? grids.filter((grid) => view.isWithin(grid.id, unit.id)) : [...grids];
  // What lies in this group comes before what lies elsewhere, one's own before what one stands in for.
  const grids = [inside(held), inside(standingIn), held, standingIn].find((list) => list.length > 0) ?? [];
  const [grid] = grids;
  if (grids.length === 1 && grid) {
    return { found: { grid, right: held.includes(grid) ? 'own' : 'deputy', named: false } };
  }
  if (grids.length > 1) return { refused: answer(call, zh.whichUnit(level, linesFor(call, grids))) };
  return { refused: answer(call, zh.noUnit(level, behalfLine(call))) };
}

const linesFor = (call: KnownCall, units: readonly Unit[]): string[] => units.map((each) => lineFor(call, each));

/** For someone who leads a unit but none that owes the form: the line with which they report on behalf. */
function behalfLine(call: KnownCall): string | null {
  const led = call.view.unitsAnsweredFor(call.person.id)[0];
  if (!led) return null;
  const grid = call.view.units(levelOf(call)).find((each) => call.view.isWithin(each.id, led.id));
  return grid ? lineFor(call, grid, WORDS.behalf) : null;
}

function namedUnit(call: KnownCall, name: string): Found<Subject> {
  const grid = unitOrPersonsGrid(call, name);
  if ('refused' in grid) return grid;
  const right = call.view.mayReportFor(call.person.id, grid.found.id);
  if (right === null)
    return {
      refused: answer(
        call,
        zh.notYours(
          levelOf(call),
          call.view.nameAmong(grid.found.id, call.unit?.id ?? null),
          lineFor(call, grid.found, WORDS.behalf),
        ),
      ),
    };
  return { found: { grid: grid.found, right, named: true } };
}

/** A unit that owes the form by its own name, or by the name of who holds it. */
export function unitOrPersonsGrid(call: KnownCall, name: string): Found<Unit> {
  const { view } = call;
  const level = levelOf(call);
  const home = homeOf(call)?.id;
  const units = view.findUnits(name, home);
  if (units.length === 0) {
    const grids = view.findPersons(name, home).flatMap((person) => view.unitsHeldBy(person.id, level));
    const [grid] = grids;
    if (grids.length === 1 && grid) return { found: grid };
    if (grids.length > 1) return { refused: answer(call, zh.whichUnit(level, linesFor(call, grids))) };
  }
  const unit = findUnit(call, name);
  if ('refused' in unit || unit.found.level === level) return unit;
  const below = view.units(level).find((each) => view.isWithin(each.id, unit.found.id));
  const example = below ? lineFor(call, below) : simplestLine(formOf(call).form);
  return { refused: answer(call, zh.notOfLevel(level, name, example)) };
}

/**
 * One's own report is given in the village's group, in the grid's own, or in a direct chat; for others also in the
 * groups above. Names do not wander into groups beside or below the grid's line.
 */
function isWrongPlace(call: KnownCall, subject: Found<Subject>): Found<Subject> | null {
  if ('refused' in subject || !call.unit) return null;
  const { grid, right } = subject.found;
  if (isPlaceFor(call, grid, right)) return null;
  const village = call.view.ancestors(grid.id).at(-1);
  const send = right === 'own' ? simplestLine(formOf(call).form) : lineFor(call, grid);
  return { refused: answer(call, zh.wrongPlace(village?.name ?? '', grid.name, send)) };
}

/** Whether a grid may be reported in this chat by that right. */
export function isPlaceFor({ view, unit }: KnownCall, grid: Unit, right: ReportingRight): boolean {
  if (!unit) return true;
  if (right === 'above') return view.chain(grid.id).includes(unit.id);
  return unit.id === grid.id || unit.id === grid.parentId;
}

/** Whether somebody answers for a unit as a level above it, whatever else they are. */
export function isAbove({ view, person }: KnownCall, unitId: UnitId): boolean {
  return view.ancestors(unitId).some((unit) => view.leads(person.id, unit.id));
}

/** The line typed with one name in it made longer. */
function lineWith(call: KnownCall, name: string, longer: string): string {
  const args = call.parsed.args.replace(name, longer);
  return lines.of(verbOf(call) ?? wordOf(call), argsWithForm(call, args));
}

function wordOf(call: KnownCall): string {
  return (WORDS as Readonly<Record<string, string>>)[call.parsed.command] ?? formOf(call).form.name;
}
