/** `gridbot rehearse`: plays a script and prints every message that would be sent. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Logger } from '../app.ts';
import type { InboundMessage } from '../bots/adapter.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { SheetRow } from '../core/roster/table.ts';
import type { RosterView } from '../core/roster/view.ts';
import { isoShanghai } from '../core/time.ts';
import { BOT_NAME } from '../locales/bot-name.ts';
import { cliText } from '../locales/cli.ts';
import { loadPlaybook } from '../playbook-file.ts';
import { rehearse } from '../rehearse/play.ts';
import type { RegisterTables } from '../rehearse/registers.ts';
import { parseScript } from '../rehearse/script.ts';
import type { Accepted } from '../rehearse/stage.ts';
import { CliError } from './error.ts';
import { readOptions } from './options.ts';
import { readRegisterFile, registerNamed } from './register-file.ts';
import { readRoster } from './roster-file.ts';

const USAGE = 'usage: gridbot rehearse FILE.yaml [--json]';

/** Prints JSON Lines with `--json`, else a transcript. */
export async function runRehearse(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(
    { args, allowPositionals: true, options: { json: { type: 'boolean', default: false } } },
    USAGE,
  );
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new CliError(USAGE);
  await rehearseFile(
    file,
    values.json,
    (line) => process.stdout.write(`${line}\n`),
    (level, event, details) => {
      if (level !== 'info') process.stderr.write(`${level} ${event} ${JSON.stringify(details ?? {})}\n`);
    },
  );
  return 0;
}

/**
 * Plays a script's file and writes, line by line, what the contract fixes (`json`) or a transcript, with the summary
 * last.
 */
export async function rehearseFile(
  file: string,
  json: boolean,
  write: (line: string) => void,
  log: Logger,
): Promise<void> {
  const folder = dirname(resolve(file));
  const script = parseScript(await readFile(file, 'utf8').catch(() => fail(`${file}: cannot be read`)));
  const playbook = await loadPlaybook(script.playbook, folder);
  const { rows } = await readRoster(resolve(folder, script.roster));
  const summary = await rehearse({
    script,
    playbook,
    roster: rows.map((row) => row.cells),
    registers: await readRegisters(script.registers, playbook, folder),
    onAccepted: (accepted, view) => write(json ? JSON.stringify(lineOf(accepted, view)) : transcript(accepted, view)),
    ...(json ? {} : { onSaid: (message: InboundMessage, view: RosterView) => write(saidText(message, view)) }),
    log,
  });
  write(json ? JSON.stringify({ summary }) : JSON.stringify({ summary }, null, 2));
}

async function readRegisters(
  files: Readonly<Record<string, string>>,
  playbook: Playbook,
  folder: string,
): Promise<RegisterTables> {
  const tables = Object.entries(files).map(async ([id, file]): Promise<[string, SheetRow[]]> => {
    return [id, await readRegisterFile(resolve(folder, file), registerNamed(id, playbook))];
  });
  return Object.fromEntries(await Promise.all(tables));
}

/** The contract's line for one message the platform accepted. */
export interface SentLine {
  at: string;
  /** The unit whose group it went to; null for a direct message. */
  chat: string | null;
  /** The person it went to; null for a group. */
  to: string | null;
  text: string;
  mentions: string[];
  attachments: string[];
}

/** Puts an accepted message into the contract's words. */
export function lineOf({ at, to, message }: Accepted, view: RosterView): SentLine {
  return {
    at: isoShanghai(at),
    chat: to.kind === 'group' ? view.label(to.id) : null,
    to: to.kind === 'group' ? null : nameOf(to.id, view),
    text: message.text,
    mentions: message.mentions.map(({ id }) => view.personLabel(id)),
    attachments: message.attachments.map(({ name }) => name),
  };
}

function nameOf(accountId: string, view: RosterView): string {
  return view.personLabel(accountId) || accountId.replace(/^stranger /, '');
}

function transcript({ at, to, message }: Accepted, view: RosterView): string {
  const where = to.kind === 'group' ? view.label(to.id) : nameOf(to.id, view);
  const files = message.attachments.map(({ name }) => `\n          [${name}]`).join('');
  return `${isoShanghai(at).slice(5, 16).replace('T', ' ')}  ${where} ← ${BOT_NAME}:${indented(message.text)}${files}`;
}

function saidText(message: InboundMessage, view: RosterView): string {
  const where = message.chat.kind === 'group' ? view.label(message.chat.id) : cliText.direct;
  const at = isoShanghai(message.sentAt).slice(5, 16).replace('T', ' ');
  return `${at}  ${where} · ${message.sender.displayName}:${indented(message.text)}`;
}

const indented = (text: string): string => text.replaceAll('\n', '\n          ');

function fail(message: string): never {
  throw new CliError(message);
}
