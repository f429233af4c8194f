/** The words a line may begin with, and who owns each. */
import { matchDay } from '../dates.ts';
import type { RegisterAct } from '../playbook/index.ts';
import { normalise } from '../text.ts';
import { AliasError } from './alias-error.ts';
import { matchGrid, matchKnown } from './names.ts';
import type { CommandWord, ParseContext } from './types.ts';

/** Commands that are no report, with the words people use for them. */
export const DEFAULT_COMMANDS: readonly CommandWord[] = [
  { name: 'progress', aliases: ['进度'], shape: 'day' },
  { name: 'rollup', aliases: ['汇总'], shape: 'day' },
  { name: 'nudge', aliases: ['催报'], shape: 'day' },
  { name: 'missing', aliases: ['未报'], shape: 'day' },
  { name: 'leave', aliases: ['请假'], shape: 'leave' },
  { name: 'back', aliases: ['销假'], shape: 'person' },
  { name: 'exempt', aliases: ['免报'], shape: 'exempt' },
  { name: 'bind', aliases: ['绑定'], shape: 'unit' },
  { name: 'claim', aliases: ['认领'], shape: 'code' },
  { name: 'addAccount', aliases: ['加账号'], shape: 'none' },
  { name: 'me', aliases: ['我', '我是谁'], shape: 'none' },
  { name: 'help', aliases: ['帮助'], shape: 'form' },
  { name: 'confirm', aliases: ['确认'], shape: 'none' },
  { name: 'acknowledge', aliases: ['收到'], shape: 'receipt' },
  { name: 'coverage', aliases: ['包保'], shape: 'words' },
  { name: 'failures', aliases: ['未送达', '死信'], shape: 'none' },
];

/** What is done with a form: `report` is worded by the form's own name, the others by a word of their own. */
export type Act = 'report' | 'behalf' | 'makeup' | 'correct' | 'withdraw';

/** The word of each act that has one. */
export const ACT_WORDS = [
  ['behalf', '代报'],
  ['makeup', '补报'],
  ['correct', '更正'],
  ['withdraw', '撤回'],
] as const satisfies readonly (readonly [Act, string])[];

/** Who answers to a word. `word` is how it is written in a suggestion. */
export type Owner =
  | { kind: 'form'; word: string; act: 'report'; form: string }
  | { kind: 'act'; word: string; act: Exclude<Act, 'report'> }
  | { kind: 'command'; word: string; command: CommandWord }
  | { kind: 'register'; word: string; register: string; act: RegisterAct }
  | { kind: 'phase'; word: string; phase: string };

/** Where words come from. */
export type Vocabularies = Pick<ParseContext, 'forms' | 'commands' | 'registers' | 'phases'>;

export interface Entry {
  /** Normalised, lower case, without spaces. */
  alias: string;
  owner: Owner;
}

const keyOf = (alias: string): string => normalise(alias).replace(/ /g, '').toLowerCase();

function entriesOf({ forms, commands, registers, phases }: Vocabularies): Entry[] {
  const entries: Entry[] = [];
  for (const [form, spec] of forms) {
    for (const word of new Set([...spec.aliases, spec.name])) {
      entries.push({ alias: keyOf(word), owner: { kind: 'form', word, act: 'report', form } });
    }
  }
  for (const [act, word] of ACT_WORDS) entries.push({ alias: keyOf(word), owner: { kind: 'act', word, act } });
  for (const command of commands) {
    for (const word of command.aliases) {
      entries.push({ alias: keyOf(word), owner: { kind: 'command', word, command } });
    }
  }
  for (const [register, spec] of registers ?? []) {
    const { aliases, add, end, cover } = spec;
    const acts = { look: aliases, add: add?.aliases, end: end?.aliases, cover: cover?.aliases };
    for (const act of ['look', 'add', 'end', 'cover'] as const) {
      for (const word of acts[act] ?? []) {
        entries.push({ alias: keyOf(word), owner: { kind: 'register', word, register, act } });
      }
    }
  }
  for (const [phase, { aliases }] of phases ?? []) {
    for (const word of aliases) entries.push({ alias: keyOf(word), owner: { kind: 'phase', word, phase } });
  }
  return entries;
}

/** What an owner is called in a complaint; two words of one owner share it. */
export function ownerName(owner: Owner): string {
  switch (owner.kind) {
    case 'form':
      return `form ${owner.form}`;
    case 'act':
      return owner.act;
    case 'command':
      return `command ${owner.command.name}`;
    case 'register':
      return `register ${owner.register} ${owner.act}`;
    case 'phase':
      return `phase ${owner.phase}`;
  }
}

/**
 * Checks that every word has one owner, spelling differences (case, spaces, traditional characters) aside.
 * @throws {AliasError} naming the word and both owners
 * @throws {Error} naming an owner without a word
 */
export function assertDistinctAliases(vocabularies: Vocabularies): void {
  const owners = new Map<string, string>();
  for (const { alias, owner } of entriesOf(vocabularies)) {
    const name = ownerName(owner);
    if (alias === '') throw new Error(`${name} has an empty alias`);
    const other = owners.get(alias);
    if (other !== undefined && other !== name) throw new AliasError(owner.word, other, name);
    owners.set(alias, name);
  }
}

const lexicons = new WeakMap<ParseContext['forms'], WeakMap<readonly CommandWord[], readonly Entry[]>>();

/** All words of a context, longest first, so that 我是谁 is found before 我. */
export function lexiconOf(context: ParseContext): readonly Entry[] {
  let byCommands = lexicons.get(context.forms);
  if (!byCommands) {
    byCommands = new WeakMap();
    lexicons.set(context.forms, byCommands);
  }
  let entries = byCommands.get(context.commands);
  if (!entries) {
    entries = entriesOf(context).sort((a, b) => b.alias.length - a.alias.length);
    byCommands.set(context.commands, entries);
  }
  return entries;
}

/** How many characters of `text` from `at` on spell `alias`, stray single spaces inside allowed; 0 when they do not. */
export function spells(text: string, at: number, alias: string): number {
  let i = at;
  for (const [n, char] of [...alias].entries()) {
    if (n > 0 && text[i] === ' ') i += 1;
    const here = text.slice(i, i + char.length);
    if (here.toLowerCase() !== char) return 0;
    i += char.length;
  }
  // A Latin word does not end in the middle of a longer one.
  const latin = /[a-z]$/.test(alias) && /[a-z]/i.test(text[i] ?? '');
  return latin ? 0 : i - at;
}

/** Whether a text is one of the words, and nothing else. */
export function isWord(text: string, context: ParseContext): boolean {
  return lexiconOf(context).some(({ alias }) => alias !== '' && spells(text, 0, alias) === text.length);
}

export interface Head {
  owner: Owner;
  /** The arguments: what follows the word, without the separators between, and what stood before it. */
  args: string;
  /** Only what follows the word. */
  after: string;
  /** The word stands apart from what follows, or nothing follows. */
  apart: boolean;
}

/** The word a line begins with, or null. */
export function matchHead(body: string, context: ParseContext): Head | null {
  for (const { alias, owner } of lexiconOf(context)) {
    const length = alias === '' ? 0 : spells(body, 0, alias);
    if (length === 0) continue;
    const rest = body.slice(length);
    const args = rest.replace(/^[\s:,=、;。]+/, '');
    return { owner, args, after: args, apart: rest === '' || args.length < rest.length };
  }
  return null;
}

interface PickedForm {
  form: string;
  /** The form's name as found among the arguments; null where the main form is meant for want of one. */
  word: string | null;
  args: string;
}

const BETWEEN = /^[\s,、:;]*/;
/** A day and a path of a few parts; the bound keeps hostile lines cheap. */
const MOST_BEFORE = 4;

/** A form's name behind a day or a grid: 三网格日报 0, 昨天 日报 0. What stood before it leads the arguments. */
export function matchHeadBehind(body: string, context: ParseContext): Head | null {
  let at = 0;
  let named = false;
  for (let n = 0; n < MOST_BEFORE; n += 1) {
    const rest = body.slice(at);
    const day = matchDay(rest, 0, context.today, 'past')?.length ?? 0;
    const known = day > 0 ? null : matchKnown(rest, 0, context.matchName);
    const grid = day > 0 ? 0 : Math.max(matchGrid(rest, 0), known?.unit ? known.length : 0);
    const length = day + grid;
    if (length === 0) return null;
    named ||= grid > 0;
    at += length;
    at += BETWEEN.exec(body.slice(at))?.[0].length ?? 0;
    const head = matchHead(body.slice(at), context);
    if (head?.owner.kind !== 'form') continue;
    // 今天零报告 announces; with a grid, or with a value, it reports.
    if (!named && head.args === '') return null;
    return { ...head, args: `${body.slice(0, at)} ${head.args}`.trim() };
  }
  return null;
}

/**
 * The form an act is about, and the arguments without its name: the one whose name is among the arguments, else the
 * main one, which is the playbook's first. Null where the playbook has no form at all.
 */
export function pickForm(args: string, context: ParseContext): PickedForm | null {
  for (const { alias, owner } of lexiconOf(context)) {
    if (owner.kind !== 'form') continue;
    const at = wordStarts(args).find((start) => {
      const length = spells(args, start, alias);
      // Further on it may begin a reason: 日报没发出去.
      return length > 0 && (start === 0 || /^(?:$|[\s:,=、;。])/.test(args.slice(start + length)));
    });
    if (at === undefined) continue;
    const rest = `${args.slice(0, at)} ${args.slice(at + spells(args, at, alias))}`;
    return {
      form: owner.form,
      word: owner.word,
      args: rest
        .replace(/^[\s:,=、;]+/, '')
        .replace(/ +/g, ' ')
        .trim(),
    };
  }
  const [main] = context.forms.keys();
  return main === undefined ? null : { form: main, word: null, args };
}

function wordStarts(text: string): number[] {
  const starts = [0];
  for (let i = 1; i < text.length; i += 1) if (/[\s:,=、;]/.test(text[i - 1] ?? '')) starts.push(i);
  return starts;
}
