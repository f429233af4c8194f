/** What cannot be seen in one form alone: whether the parts of playbooks fit together. */
import type { z } from 'zod';
import type { Alert } from './alert.ts';
import type { Field } from './field.ts';
import type { Form } from './form.ts';
import type { Playbook } from './playbook.ts';
import type { Register } from './register.ts';
import { LEVELS } from './scalars.ts';
import type { Slice } from './slice.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly string[];

/** One problem: where, the code of what to do about it, and the word it is about. */
function issue(path: Path, code: string, about = ''): Issue {
  return { code: 'custom', path: [...path], message: code, params: { about }, input: undefined };
}

/** Problems of playbooks taken together; each path begins with the id of the playbook it is in. */
export function checkTogether(whole: Playbook, parts: readonly Playbook[]): Issue[] {
  return parts.flatMap((part) => {
    const within = (...path: string[]): Path => [part.id, ...path];
    return [
      ...ownedTwice(part, parts, within),
      ...Object.entries(part.forms).flatMap(([id, form]) => checkForm(form, whole, within('forms', id))),
      ...Object.entries(part.registers).flatMap(([id, each]) => checkRegister(each, whole, within('registers', id))),
      ...Object.entries(part.alerts).flatMap(([id, each]) => checkAlert(each, whole, within('alerts', id))),
      ...Object.entries(part.slices).flatMap(([id, each]) => checkSlice(each, whole, within('slices', id))),
    ];
  });
}

/** Two playbooks with one id for different things would hide one of them. */
function ownedTwice(part: Playbook, parts: readonly Playbook[], within: (...path: string[]) => Path): Issue[] {
  const others = parts.slice(0, parts.indexOf(part));
  return (['figures', 'registers', 'forms', 'alerts', 'phases', 'slices'] as const).flatMap((kind) =>
    Object.keys(part[kind])
      .filter((id) => others.some((other) => id in other[kind]))
      .map((id) => issue(within(kind, id), 'id-twice', id)),
  );
}

function checkForm(form: Form, { registers, phases, figures }: Playbook, at: Path): Issue[] {
  const issues = checkFields(form.fields, figures, [...at, 'fields']);
  const bare = Object.values(form.fields).filter((field) => field.bare);
  if (bare.length > 1) issues.push(issue([...at, 'fields'], 'two-bare'));
  if (Object.keys(form.fields).length === 0) issues.push(issue([...at, 'fields'], 'no-fields'));
  if (form.every.kind === 'sessions') {
    form.every.sessions.forEach((session, i) => {
      if (!inOrder(session)) issues.push(issue([...at, 'every', String(i), 'due'], 'moments'));
    });
  } else if (!inOrder(form)) issues.push(issue([...at, 'due'], 'moments'));
  const steps = form.ladder.map((step) => JSON.stringify(step));
  if (new Set(steps).size < steps.length) issues.push(issue([...at, 'ladder'], 'step-twice'));
  const names = [form.name, ...form.aliases];
  for (const name of form.zeroNames) {
    if (!names.includes(name)) issues.push(issue([...at, 'zeroNames'], 'zero-name', name));
  }
  if (form.while) {
    const phase = phases[form.while.phase];
    if (!phase) issues.push(issue([...at, 'while', 'phase'], 'no-phase', form.while.phase));
    for (const state of form.while.is) {
      if (phase && !phase.states.includes(state)) issues.push(issue([...at, 'while', 'is'], 'no-state', state));
    }
  }
  return [...issues, ...checkSubject(form, registers, at)];
}

const inOrder = ({ opens, due, locks }: { opens: number; due: number; locks: number }): boolean =>
  opens < due && due < locks;

function checkSubject({ subject, every }: Form, registers: Playbook['registers'], at: Path): Issue[] {
  if (!('register' in subject)) {
    const needsEntries = ['rhythm', 'nth', 'each', 'sweep'].includes(every.kind);
    return needsEntries ? [issue([...at, 'every'], 'needs-register')] : [];
  }
  const register = registers[subject.register];
  if (!register) return [issue([...at, 'subject', 'register'], 'no-register', subject.register)];
  const issues = Object.keys(subject.where)
    .filter((field) => !(field in register.fields))
    .map((field) => issue([...at, 'subject', 'where', field], 'no-field', field));
  if (every.kind !== 'rhythm') return issues;
  const field = register.fields[every.by];
  if (field?.type !== 'choice') return [...issues, issue([...at, 'every', 'by'], 'no-choice', every.by)];
  const known = new Set(field.options.map(({ name }) => name));
  for (const option of Object.keys(every.rhythms)) {
    if (!known.has(option)) issues.push(issue([...at, 'every', 'rhythms', option], 'no-option', option));
  }
  return issues;
}

function checkRegister(register: Register, { figures }: Playbook, at: Path): Issue[] {
  const issues = checkFields(register.fields, figures, [...at, 'fields']);
  const ends = register.end !== undefined || register.lasts !== undefined;
  if (register.keep !== undefined && !ends) issues.push(issue([...at, 'keep'], 'never-ends'));
  return issues;
}

function checkFields(fields: Readonly<Record<string, Field>>, figures: Playbook['figures'], at: Path): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const [id, field] of Object.entries(fields)) {
    for (const label of [field.name, ...field.aliases]) {
      if (seen.has(label)) issues.push(issue([...at, id], 'label-twice', label));
      seen.add(label);
    }
    if (field.figure !== undefined && !(field.figure in figures)) {
      issues.push(issue([...at, id, 'figure'], 'no-figure', field.figure));
    }
    if (field.type === 'number' && field.min >= field.max) issues.push(issue([...at, id, 'max'], 'range'));
    if (field.type !== 'choice') continue;
    const named = [...(field.otherwise === undefined ? [] : [['otherwise', field.otherwise] as const])];
    for (const [key, option] of [...named, ...field.again.map((each) => ['again', each] as const)]) {
      if (!field.options.some(({ name }) => name === option)) {
        issues.push(issue([...at, id, key], 'no-option', option));
      }
    }
  }
  return issues;
}

function checkAlert(alert: Alert, { forms }: Playbook, at: Path): Issue[] {
  const form = forms[alert.form];
  if (!form) return [issue([...at, 'form'], 'no-form', alert.form)];
  const field = form.fields[alert.field];
  if (!field) return [issue([...at, 'field'], 'no-field', alert.field)];
  const issues: Issue[] = [];
  const bounded = alert.above !== undefined || alert.below !== undefined;
  if (bounded && field.type !== 'number' && field.type !== 'count') issues.push(issue([...at, 'field'], 'no-number'));
  if (alert.is === undefined) {
    const summed = ['count', 'number', 'photo'].includes(field.type);
    if (!summed) issues.push(issue([...at, 'field'], 'needs-is', field.name));
  } else if (typeof alert.is === 'boolean' ? field.type !== 'yesno' : !hasOption(field, alert.is)) {
    issues.push(issue([...at, 'is'], 'no-option', String(alert.is)));
  }
  return issues;
}

/** How often a form may be asked for whose readings are listed day by day. */
const DAILY: readonly Form['every']['kind'][] = ['day', 'workday', 'sessions', 'span', 'nth', 'each'];

function checkSlice(slice: Slice, { forms, registers }: Playbook, at: Path): Issue[] {
  const form = forms[slice.form];
  if (!form) return [issue([...at, 'form'], 'no-form', slice.form)];
  if (!('register' in form.subject)) return [issue([...at, 'form'], 'slice-register', form.name)];
  const register = registers[form.subject.register];
  // That there is none is a problem of the form's.
  if (!register) return [];
  const issues = DAILY.includes(form.every.kind) ? [] : [issue([...at, 'form'], 'slice-daily', form.name)];
  if (LEVELS.indexOf(slice.in) > LEVELS.indexOf(register.of)) issues.push(issue([...at, 'in'], 'slice-level'));
  slice.fields.forEach((field, i) => {
    if (!(field in register.fields)) issues.push(issue([...at, 'fields', String(i)], 'no-field', field));
  });
  return issues;
}

function hasOption(field: Field, name: string): boolean {
  return field.type === 'choice' && field.options.some((option) => option.name === name);
}
