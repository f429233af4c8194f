/** What the grammar's tests share: the epidemic playbook's form on Saturday 21 November 2026. */
import { readFileSync } from 'node:fs';
import { parse as readYaml } from 'yaml';
import { parse } from '../../../src/core/grammar/parse.ts';
import type { ParseContext, Parsed, ParsedCommand, ParsedError } from '../../../src/core/grammar/types.ts';
import { DEFAULT_COMMANDS } from '../../../src/core/grammar/words.ts';
import { checkPlaybook } from '../../../src/core/playbook/index.ts';

const playbook = checkPlaybook(readYaml(readFileSync('playbooks/epidemic.yaml', 'utf8')));
export const FORMS: ParseContext['forms'] = new Map(Object.entries(playbook.forms));
export const TODAY = '2026-11-21';

export const GROUP: ParseContext = {
  today: TODAY,
  botName: '网格助手',
  place: 'group',
  forms: FORMS,
  commands: DEFAULT_COMMANDS,
};
export const DIRECT: ParseContext = { ...GROUP, place: 'direct' };

const ROSTER = [
  '林东镇',
  '福山地村',
  '大新庄村',
  '大新庄村一网格',
  '一网格',
  '二网格',
  '三网格',
  '张三',
  '李四',
  '王五',
];
/** Knows a handful of units and people. */
export const KNOWING: ParseContext = {
  ...GROUP,
  matchName: (text, at) =>
    Math.max(0, ...ROSTER.filter((name) => text.startsWith(name, at)).map((name) => name.length)),
};

/** The command a text parses to; fails the test when it is none. */
export function command(text: string, context: ParseContext = GROUP): ParsedCommand {
  const parsed = parse(text, context);
  if (parsed.kind !== 'command') throw new Error(`${text} is no command: ${JSON.stringify(parsed)}`);
  return parsed;
}

/** The error a text parses to; fails the test when it is none. */
export function error(text: string, context: ParseContext = GROUP): ParsedError {
  const parsed = parse(text, context);
  if (parsed.kind !== 'error') throw new Error(`${text} is no error: ${JSON.stringify(parsed)}`);
  return parsed;
}

/** A report's values, or the code of the error, or `chat`: what most tables compare. */
export function gist(text: string, context: ParseContext = GROUP): unknown {
  const parsed: Parsed = parse(text, context);
  if (parsed.kind === 'error') return parsed.code;
  return parsed.kind === 'command' ? parsed.values : 'chat';
}
