/** What the tests of lines with fields of every kind share: registers of all kinds on Monday 23 November 2026. */
import { readFileSync } from 'node:fs';
import { parse as readYaml } from 'yaml';
import { parse } from '../../../../src/core/grammar/parse.ts';
import type { ParseContext, ParsedCommand } from '../../../../src/core/grammar/types.ts';
import { vocabulariesOf } from '../../../../src/core/grammar/vocabularies.ts';
import { checkPlaybook, together } from '../../../../src/core/playbook/index.ts';

const read = (path: string) => checkPlaybook(readYaml(readFileSync(path, 'utf8')));

/** Where a line is read by these playbooks; nothing is known of who or what is in the registers. */
export function contextOf(...paths: string[]): ParseContext {
  const playbook = together(['playbooks/common.yaml', ...paths].map(read));
  return { today: '2026-11-23', botName: '网格助手', place: 'group', ...vocabulariesOf(playbook) };
}

/** The same where the registers hold these entries. */
export function knowing(context: ParseContext, entries: Readonly<Record<string, readonly string[]>>): ParseContext {
  const matchEntry = (register: string, text: string, at: number): number =>
    Math.max(0, ...(entries[register] ?? []).filter((name) => text.startsWith(name, at)).map((name) => name.length));
  return { ...context, matchEntry };
}

export const PLAIN = contextOf('tests/playbook/registers.yaml');
export const KNOWING = knowing(PLAIN, {
  watched: ['张三', '张三丰', '李四', '王五', '王奶奶', '12'],
  premises: ['福满家超市', '口罩厂', '正常村超市', '老鹰超市'],
  checkpoint: ['东口', '西口', '车站口'],
});
export const BOTH: readonly ParseContext[] = [PLAIN, KNOWING];

/** The practices that are shipped, apart: floods, forest fires and the care of the elderly. */
export const PRACTICES = contextOf('playbooks/flood.yaml', 'playbooks/forest-fire.yaml', 'playbooks/elderly-care.yaml');

/** The command a text parses to; fails the test when it is none. */
export function command(text: string, context: ParseContext = KNOWING): ParsedCommand {
  const parsed = parse(text, context);
  if (parsed.kind !== 'command') throw new Error(`${text} is no command: ${JSON.stringify(parsed)}`);
  return parsed;
}

/** What was said of whom: names and numbers as one text → values; or the code of the error, or `chat`. */
export function said(text: string, context: ParseContext = KNOWING): unknown {
  const parsed = parse(text, context);
  if (parsed.kind === 'error') return parsed.code;
  if (parsed.kind === 'chat') return 'chat';
  return Object.fromEntries(
    parsed.entries.map(({ refs, values }) => [
      refs.map(({ kind, text: ref }) => (kind === 'number' ? `#${ref}` : ref)).join('+'),
      values,
    ]),
  );
}

/** What is answered to a line that cannot be taken: the code, and the line or lines to send instead. */
export function answer(text: string, context: ParseContext = KNOWING): [string, ...string[]] {
  const parsed = parse(text, context);
  if (parsed.kind !== 'error') throw new Error(`${text} is no error: ${JSON.stringify(parsed)}`);
  return [parsed.code, ...(parsed.suggestion === null ? parsed.choices : [parsed.suggestion])];
}
