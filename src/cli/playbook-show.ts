/** A playbook written out in words, whole or form by form. */
import { simplestLine } from '../core/form.ts';
import type { Field, Form, Playbook, Register, Slice } from '../core/playbook/index.ts';
import { playbookWords as words } from '../locales/playbook.ts';

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** What `check` says of a playbook that can be used: of each form who owes it, how often, until when, and its ladder. */
export function briefly(playbook: Playbook): string[] {
  const forms = Object.entries(playbook.forms).flatMap(([id, form]) => [
    words.heading(form.name, id),
    ...indent([...owed(form, playbook), ...ladder(form)]),
  ]);
  return [words.title(playbook.id, playbook.name), ...forms, words.usable];
}

/** A playbook with everything in it. */
export function atLength(playbook: Playbook): string[] {
  const { registers, forms, alerts, phases, slices } = playbook;
  const section = (head: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', `【${head}】`, ...lines];
  return [
    words.title(playbook.id, playbook.name),
    ...section(
      words.registers,
      Object.entries(registers).flatMap(([id, register]) => [
        words.heading(register.name, id),
        ...indent(ofRegister(register, playbook)),
      ]),
    ),
    ...section(
      words.forms,
      Object.entries(forms).flatMap(([id, form], i) => [
        words.heading(form.name, id),
        ...indent([...(i === 0 ? [words.main] : []), ...ofForm(form, playbook)]),
      ]),
    ),
    ...section(
      words.alerts,
      Object.values(alerts).map((alert) => words.alert(alert, forms[alert.form])),
    ),
    ...section(words.phases, Object.values(phases).map(words.phase)),
    ...section(
      words.slices,
      Object.values(slices).map((slice) => ofSlice(slice, playbook)),
    ),
    ...section(words.keeping, [
      ...Object.values(forms).map((form) => words.keptForm(form.name, form.keep ?? null)),
      ...Object.values(registers).map((register) => words.keptRegister(register.name, register.keep ?? null)),
    ]),
  ];
}

function owed(form: Form, { registers, phases }: Playbook): string[] {
  const register = 'register' in form.subject ? registers[form.subject.register] : undefined;
  const by = form.every.kind === 'rhythm' ? (register?.fields[form.every.by]?.name ?? null) : null;
  const condition = form.while;
  return [
    words.subject(form, register),
    words.every(form.every, by),
    words.due(form),
    ...(condition ? [words.while(phases[condition.phase]?.name ?? condition.phase, condition.is)] : []),
  ];
}

function ladder(form: Form): string[] {
  if (form.ladder.length === 0) return [words.noLadder];
  return [words.ladderHead, ...indent(form.ladder.map((step) => words.step(step, form.every)))];
}

function ofForm(form: Form, playbook: Playbook): string[] {
  const aliases = form.aliases.filter((alias) => alias !== form.name);
  return [
    ...(aliases.length > 0 ? [words.called(aliases)] : []),
    ...owed(form, playbook),
    ...(form.adds ? [words.adds] : []),
    ...(form.spoken ? [words.spoken] : []),
    words.example(simplestLine(form)),
    words.fieldsHead,
    ...indent(ofFields(form.fields, playbook)),
    ...ladder(form),
  ];
}

function ofFields(fields: Readonly<Record<string, Field>>, { figures }: Playbook): string[] {
  return Object.values(fields).map((field) =>
    words.field(field, field.figure === undefined ? null : (figures[field.figure]?.name ?? field.figure)),
  );
}

function ofRegister(register: Register, playbook: Playbook): string[] {
  const { add, end, cover, lasts } = register;
  return [
    words.registerOf(register),
    ...register.aliases.map(words.look),
    ...(add ? [words.act('add', add.aliases[0] ?? '', add.by, null)] : []),
    ...(end ? [words.act('end', end.aliases[0] ?? '', end.by, null)] : []),
    ...(cover ? [words.act('cover', cover.aliases[0] ?? '', cover.by, cover.name)] : []),
    ...(lasts === undefined ? [] : [words.lasts(lasts)]),
    words.fieldsHead,
    ...indent(ofFields(register.fields, playbook)),
  ];
}

function ofSlice(slice: Slice, { forms, registers }: Playbook): string {
  const form = forms[slice.form];
  const register = form && 'register' in form.subject ? registers[form.subject.register] : undefined;
  return words.slice(slice, form, register);
}
