/** Help on the registers and phases of a playbook, in its own words. */
import { exampleEntry, exampleValue } from '../core/grammar/mixed/example.ts';
import type { Phase, Register } from '../core/playbook/index.ts';
import { playbookWords } from '../locales/playbook.ts';
import { registerWords } from '../locales/register-words.ts';
import type { Call } from './command.ts';

/** What can be done with the register or the phase that a word belongs to; null where it belongs to none. */
export function explainRegister({ playbook }: Call, topic: string): string | null {
  const register = Object.values(playbook.registers).find((each) => wordsOf(each).includes(topic));
  if (register) return registerText(register);
  const phase = Object.values(playbook.phases).find(({ aliases }) => aliases.includes(topic));
  return phase ? phaseText(phase) : null;
}

function wordsOf({ name, aliases, add, end, cover }: Register): string[] {
  return [name, ...aliases, ...[add, end, cover].flatMap((act) => act?.aliases ?? [])];
}

function registerText(register: Register): string {
  const { name, aliases, fields, add, end, cover } = register;
  const entry = exampleEntry(register);
  const required = Object.values(fields).filter((field) => field.required);
  const named = register.numbered ? `${entry} ${registerWords.sampleName}` : entry;
  const help = registerWords.help;
  return [
    help.title(name),
    help.look(`/${aliases[0]} ${entry}`),
    ...(add ? [help.add([`/${add.aliases[0]} ${named}`, ...required.map(exampleValue)].join(' '))] : []),
    ...(cover ? [help.cover(`/${cover.aliases[0]} ${entry} ${registerWords.sampleCover}`, cover.name)] : []),
    ...(end ? [help.end(`/${end.aliases[0]} ${entry}`)] : []),
    ...Object.values(fields).map((field) => playbookWords.field(field, null)),
  ].join('\n');
}

function phaseText({ name, aliases, states }: Phase): string {
  return registerWords.help.phase(
    name,
    states.map((state) => `/${aliases[0]} ${state}`),
  );
}
