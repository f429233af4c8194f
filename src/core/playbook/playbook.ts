/**
 * A playbook is a practice written as data: which forms are owed, when, and what happens when one is not in.
 * Code never knows a form's name; it knows playbooks.
 */
import { z } from 'zod';
import { alert, phase } from './alert.ts';
import { checkTogether } from './check.ts';
import { type Form, type FormSpec, form } from './form.ts';
import { register } from './register.ts';
import { identifier, word } from './scalars.ts';
import { slice } from './slice.ts';

/** One entry of the data dictionary: what a figure is, wherever it is asked for. */
const figure = z.strictObject({ name: word });

export const playbookShape = z.strictObject({
  $schema: z.string().optional(),
  id: identifier,
  name: word,
  /** Playbooks whose registers and figures it shares. */
  uses: z.array(identifier).default([]),
  figures: z.record(identifier, figure).default({}),
  registers: z.record(identifier, register).default({}),
  forms: z.record(identifier, form).default({}),
  alerts: z.record(identifier, alert).default({}),
  phases: z.record(identifier, phase).default({}),
  slices: z.record(identifier, slice).default({}),
});

type Checked = z.infer<typeof playbookShape>;
/** What is in force: a playbook, or several of them taken together. */
export type Playbook = Omit<Checked, 'forms' | '$schema'> & { forms: Readonly<Record<string, Form>> };

/**
 * Checks data (already read from YAML) as a playbook, by itself: what it shares with others is checked when they are
 * taken together, see {@link together}.
 * @throws {z.ZodError} naming the path and the code of what to write instead.
 */
export function checkPlaybook(data: unknown): Playbook {
  const { $schema: _, ...checked } = playbookShape.parse(data);
  const sources = (data as { forms?: Record<string, unknown> }).forms ?? {};
  const forms = Object.entries(checked.forms).map(([id, spec]): [string, Form] => [
    id,
    made(spec, JSON.stringify(sources[id])),
  ]);
  return { ...checked, forms: Object.fromEntries(forms) };
}

/**
 * Several playbooks as one, those they share once. The first form is the main one: a line that names no form means it.
 * @throws {z.ZodError} where one speaks of what none of them has, or two own one name
 */
export function together(playbooks: readonly Playbook[]): Playbook {
  const [first] = playbooks;
  if (!first) throw new Error('no playbook');
  // What others use of a playbook is theirs: it is not named.
  const used = new Set(playbooks.flatMap(({ uses }) => uses));
  const asked = playbooks.filter((each) => each === first || !used.has(each.id));
  const merged: Playbook = {
    id: asked.map(({ id }) => id).join('+'),
    name: asked.map(({ name }) => name).join('、'),
    uses: [],
    figures: merge(playbooks, 'figures'),
    registers: merge(playbooks, 'registers'),
    forms: merge(playbooks, 'forms'),
    alerts: merge(playbooks, 'alerts'),
    phases: merge(playbooks, 'phases'),
    slices: merge(playbooks, 'slices'),
  };
  const issues = checkTogether(merged, playbooks);
  if (issues.length > 0) throw new z.ZodError(issues);
  return merged;
}

function merge<K extends 'figures' | 'registers' | 'forms' | 'alerts' | 'phases' | 'slices'>(
  playbooks: readonly Playbook[],
  part: K,
): Playbook[K] {
  return Object.assign({}, ...playbooks.map((each) => each[part])) as Playbook[K];
}

/** A form answers to its own name. */
function made(spec: FormSpec, source: string): Form {
  return { ...spec, aliases: [...new Set([spec.name, ...spec.aliases])], source };
}

const versions = new Map<string, Form | null>();
/** So many versions of forms are kept ready; a county has a few dozen. */
const MOST_VERSIONS = 500;

/** A form as a period was opened under it, from the text that was kept; null where this program cannot read it any more. */
export function formOfSource(source: string): Form | null {
  const known = versions.get(source);
  if (known !== undefined) return known;
  if (versions.size >= MOST_VERSIONS) versions.clear();
  const read = readSource(source);
  versions.set(source, read);
  return read;
}

function readSource(source: string): Form | null {
  try {
    return made(form.parse(JSON.parse(source)), source);
  } catch {
    return null;
  }
}
