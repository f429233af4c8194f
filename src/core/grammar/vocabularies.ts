/** All the words that lines may begin with under a playbook. */
import type { Playbook } from '../playbook/index.ts';
import { DEFAULT_COMMANDS, type Vocabularies } from './words.ts';

const known = new WeakMap<Playbook, Vocabularies>();

/** The words of a playbook and of the commands there are; the same object for the same playbook. */
export function vocabulariesOf(playbook: Playbook): Vocabularies {
  const { forms, registers, phases } = playbook;
  const made = known.get(playbook) ?? {
    forms: new Map(Object.entries(forms)),
    commands: DEFAULT_COMMANDS,
    registers: new Map(Object.entries(registers)),
    phases: new Map(Object.entries(phases)),
  };
  known.set(playbook, made);
  return made;
}
