/** Help on the forms of a playbook: the line with which this person answers each, and all there is to know of one. */
import { fullerLine, registerOf, simplestLine } from '../core/example-line.ts';
import { type Form, LEVELS, type Level } from '../core/playbook/index.ts';
import type { Person, Unit } from '../core/roster/view.ts';
import { formWords } from '../locales/forms.ts';
import { lines } from '../locales/lines.ts';
import { playbookWords } from '../locales/playbook.ts';
import { zh } from '../locales/zh-CN.ts';
import type { Call } from './command.ts';

/** Other forms of which a line is shown; of more only the names. */
const MOST_SHOWN = 1;

/** A line for the forms but the main one that this person answers, in the order of the playbook; the rest by their names. */
export function otherFormLines(call: Call): string[] {
  const { person, playbook } = call;
  if (!person) return [];
  const answered = Object.values(playbook.forms)
    .slice(1)
    .flatMap((form) => {
      const line = lineFor(call, person, form);
      return line === null ? [] : { name: form.name, text: zh.helpLine(line, formWords.helpMeaning(form)) };
    });
  const shown = answered.length > MOST_SHOWN + 1 ? answered.slice(0, MOST_SHOWN) : answered;
  const rest = answered.slice(shown.length).map(({ name }) => name);
  return [...shown.map(({ text }) => text), ...(rest.length > 0 ? [formWords.helpOthers(rest)] : [])];
}

/** The simplest line with which a person answers a form: for their own unit, else for one below theirs. */
function lineFor({ view, playbook, county }: Call, person: Person, form: Form): string | null {
  const standingIn = view.deputizedBy(person.id).map(({ unit }) => unit);
  const own = [...view.postsOf(person.id).flatMap(({ post }) => view.unit(post.unitId) ?? []), ...standingIn];
  const simplest = simplestLine(form, registerOf(form, playbook.registers));
  if ('register' in form.subject) {
    const { register } = form.subject;
    const isOwn = county.entries.coveredBy(person.id).some((entry) => entry.register === register);
    return own.length > 0 || isOwn ? simplest : null;
  }
  const { level } = form.subject;
  if (own.some((unit) => unit.level === level)) return simplest;
  const below = own.filter((unit) => isAbove(unit.level, level));
  const unit = below.flatMap((each) => firstBelow(each, level, view) ?? [])[0];
  if (!unit) return null;
  return lines.behalf(form.name, unit.name, null, simplest.split(' ').slice(1).join(' '));
}

const isAbove = (level: Level, below: Level): boolean => LEVELS.indexOf(level) < LEVELS.indexOf(below);

function firstBelow(unit: Unit, level: Level, view: Call['view']): Unit | undefined {
  if (unit.level === level) return unit;
  for (const child of view.children(unit.id)) {
    const found = firstBelow(child, level, view);
    if (found) return found;
  }
  return undefined;
}

/** All there is to know of a form before answering it, in its own words. */
export function explainForm({ playbook }: Call, form: Form): string {
  const register = registerOf(form, playbook.registers);
  const by = form.every.kind === 'rhythm' ? (register?.fields[form.every.by]?.name ?? null) : null;
  const aliases = form.aliases.filter((alias) => alias !== form.name);
  const [simplest, fuller] = [simplestLine(form, register), fullerLine(form, register)];
  const fields = Object.values(form.fields).map((field) => {
    const figure = field.figure === undefined ? null : (playbook.figures[field.figure]?.name ?? field.figure);
    return playbookWords.field(field, figure);
  });
  return [
    form.name,
    ...(aliases.length > 0 ? [playbookWords.called(aliases)] : []),
    playbookWords.subject(form, register),
    playbookWords.every(form.every, by),
    playbookWords.due(form),
    ...(form.adds ? [playbookWords.adds] : []),
    playbookWords.fieldsHead,
    ...fields,
    ...[...new Set([simplest, fuller])].map(playbookWords.example),
  ].join('\n');
}
