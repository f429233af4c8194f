/** `gridbot parse`: what a line means in a bound work group, for the holder of one grid, today. */
import { systemClock } from '../clock.ts';
import { parse } from '../core/grammar/parse.ts';
import type { ParseContext, Parsed } from '../core/grammar/types.ts';
import { vocabulariesOf } from '../core/grammar/vocabularies.ts';
import type { Playbook } from '../core/playbook/index.ts';
import { civilDateOf } from '../core/time.ts';
import { BOT_NAME } from '../locales/bot-name.ts';
import { parseErrorText } from '../locales/parse-errors.ts';
import { loadPlaybook } from '../playbook-file.ts';
import { CliError } from './error.ts';

/** Prints one object per text; the exit code is 0 whatever the text means. */
export async function runParse(args: string[]): Promise<number> {
  const { text, playbook } = readArgs(args);
  const context = contextOf(await loadPlaybook(playbook));
  const print = (line: string): boolean => process.stdout.write(`${JSON.stringify(shown(parse(line, context)))}\n`);
  if (text !== '-') print(text);
  else for await (const line of linesOf(process.stdin)) print(line);
  return 0;
}

/** Where a line is read: in a bound work group, today. */
export function contextOf(playbook: Playbook): ParseContext {
  return {
    today: civilDateOf(systemClock.now()),
    botName: BOT_NAME,
    place: 'group',
    ...vocabulariesOf(playbook),
  };
}

/** Lines as `\n` or `\r\n` ends them; other line breaks belong to the text, whatever a version of Node makes of them. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest.replace(/\r$/, '');
}

/** Everything that is no option is the text, so that a line may begin with a hyphen. */
function readArgs(args: readonly string[]): { text: string; playbook: string } {
  const texts: string[] = [];
  let playbook = 'epidemic';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--playbook') playbook = args[++i] ?? '';
    else if (arg !== '--json') texts.push(arg);
  }
  const [text, ...more] = texts;
  if (text === undefined || more.length > 0) throw new CliError('usage: gridbot parse [--json] [--playbook ID] TEXT|-');
  return { text, playbook };
}

/** A parse as the contract fixes it, no more and no less. */
function shown(parsed: Parsed): Record<string, unknown> {
  if (parsed.kind === 'chat') return { kind: 'chat' };
  if (parsed.kind === 'error') {
    const { kind, code, params, suggestion, choices } = parsed;
    return { kind, code, message: parseErrorText(code, params, choices), suggestion };
  }
  const { kind, command, form, values, items, period, subject } = parsed;
  return { kind, command, form, values, items, period, subject };
}
