/** The parser's door: one message in, one reading of it out. Pure; never throws, whatever was typed. */
import { normalise } from '../text.ts';
import { type Chain, isChain, readChain } from './chain.ts';
import { readExempt, readLeave } from './leave.ts';
import { PLAIN_READERS, type PlainLine } from './plain.ts';
import { readReport, simplest } from './report.ts';
import { guesses, isNearCommand } from './suggest.ts';
import { type Draft, type ParseContext, type Parsed, type ParsedError, type Refusal, refuse } from './types.ts';
import { type Head, matchHead, type Owner, pickForm } from './words.ts';

export type { CommandWord, ParseContext, Parsed, ParsedCommand, ParsedError, ParseErrorCode } from './types.ts';

/** Longer messages are refused unread: characters as typed. */
const MOST_CHARACTERS = 4_000;
const MOST_LINES = 200;
/** So many lines to choose from are still read. */
const MOST_CHOICES = 4;

type Outcome = { kind: 'chat' } | Draft | Chain;

/**
 * Reads a message. A line that begins with a slash is a command or an error, never `chat`; so is one that mentions the
 * bot. Every suggestion and every choice of an error parses to a command in the same context.
 */
export function parse(text: string, context: ParseContext): Parsed {
  return settle(read(text, context), context);
}

/** Tries the proposals of refusals and keeps those that are commands. */
function settle(outcome: Outcome, context: ParseContext): Parsed {
  if (outcome.kind === 'chat' || outcome.kind === 'command') return outcome;
  if (outcome.kind === 'refusal') return settleRefusal(outcome, context);
  const lines = outcome.lines.map(({ text, draft, name }) => ({ text, parsed: settle(draft, context), name }));
  return { ...outcome.command, lines };
}

function settleRefusal({ code, text, example, proposals, choices }: Refusal, context: ParseContext): ParsedError {
  const works = (line: string): boolean => {
    const outcome = read(line, context);
    return outcome.kind === 'command' || outcome.kind === 'chain';
  };
  const open = [...new Set(choices)].filter(works).slice(0, MOST_CHOICES);
  // An example that would itself be refused helps nobody.
  const params = { text: shortened(text), example: !example.startsWith('/') || works(example) ? example : '' };
  // Between two readings none is put forward.
  if (open.length > 1) return { kind: 'error', code, params, suggestion: null, choices: open };
  return { kind: 'error', code, params, suggestion: [...proposals, ...open].find(works) ?? null, choices: [] };
}

const shortened = (text: string): string => (text.length > 30 ? `${[...text].slice(0, 30).join('')}…` : text);

function read(text: string, context: ParseContext): Outcome {
  const long = text.length > MOST_CHARACTERS;
  const { text: plain, mentioned } = withoutMention(normalise(long ? text.slice(0, MOST_CHARACTERS) : text), context);
  const lines = plain.split('\n').map((line) => line.trim());
  while (lines[0] === '') lines.shift();
  const [line = ''] = lines;
  const slash = /^[/#][/# ]*/.exec(line)?.[0] ?? '';
  const body = line.slice(slash.length);
  const addressed = slash !== '' || mentioned;
  if (long || lines.length > MOST_LINES) {
    const meant = addressed || context.place === 'direct' || line.includes('接龙');
    return meant ? refuse('text.too-long') : { kind: 'chat' };
  }
  if (line === '') return mentioned ? unknown('') : { kind: 'chat' };
  const head = matchHead(body, context);
  if (isChain(body, slash !== '', head !== null, lines)) return readChain(body, lines, context);
  if (addressed) return explicit(body, head, lines, context);
  const outcome = context.place === 'direct' ? direct(body, head, lines, context) : overheard(head, lines, context);
  return outcome.kind === 'chat' ? commandBelow(lines, context) : outcome;
}

/** Takes out `@bot` wherever it stands; other mentions are text. */
function withoutMention(text: string, { botName, mentionsBot }: ParseContext): { text: string; mentioned: boolean } {
  const token = `@${normalise(botName)}`;
  const parts = token === '@' ? [text] : text.split(token);
  let plain = parts[0] ?? '';
  let found = false;
  for (const part of parts.slice(1)) {
    const ends = part === '' || /^[\s/#,:]/.test(part);
    plain += ends ? ` ${part}` : token + part;
    found ||= ends;
  }
  return { text: plain.replace(/ +/g, ' ').trim(), mentioned: found || mentionsBot === true };
}

const unknown = (text: string): Refusal => refuse('command.unknown', { text, proposals: ['/帮助'] });

/** A line with a slash or a mention: a command or an error. */
function explicit(body: string, head: Head | null, lines: readonly string[], context: ParseContext): Outcome {
  return head ? withLines(readHead(head, context), head.owner, lines) : misspelt(body, context);
}

/** In a direct chat the slash may be left out; what is no command is talk. */
function direct(body: string, head: Head | null, lines: readonly string[], context: ParseContext): Outcome {
  if (head) {
    const outcome = withLines(readHead(head, context), head.owner, lines);
    if (outcome.kind === 'command' || head.apart || /^\d/.test(head.args)) return outcome;
  }
  return !head && isNearCommand(body, context) ? misspelt(body, context) : { kind: 'chat' };
}

/** In a group without a slash only a whole, clean report is one. */
function overheard(head: Head | null, lines: readonly string[], context: ParseContext): Outcome {
  if (!head || head.owner.kind === 'command') return { kind: 'chat' };
  const act = head.owner.act;
  if (act === 'withdraw') return { kind: 'chat' };
  const outcome = withLines(readHead(head, context, false), head.owner, lines);
  if (outcome.kind !== 'command') return { kind: 'chat' };
  const reasonTaken = act === 'behalf' || act === 'makeup';
  return outcome.note === null || reasonTaken ? outcome : { kind: 'chat' };
}

/** A command below a line of talk would be lost; its sender is told to send it by itself. */
function commandBelow(lines: readonly string[], context: ParseContext): Outcome {
  const below = lines.slice(1).find((line) => /^[/#]/.test(line) && matchHead(line.replace(/^[/# ]+/, ''), context));
  return below === undefined ? { kind: 'chat' } : refuse('lines.command-below', { text: below, proposals: [below] });
}

/** Hands the arguments to the reader of the word's owner. */
function readHead({ owner, args }: Head, context: ParseContext, leadingName = true): Draft {
  if (owner.kind === 'command') return readCommand({ command: owner.command, word: owner.word, args }, context);
  const picked = owner.kind === 'form' ? { form: owner.form, args } : pickForm(args, context);
  const form = picked && context.forms.get(picked.form);
  if (!picked || !form) {
    const names = [...context.forms.values()].map((spec) => spec.name);
    const choices = names.map((name) => `/${owner.word} ${name} ${args}`.trim());
    return refuse('form.ambiguous', { text: names.join('、'), choices });
  }
  const { act, word } = owner;
  const name = leadingName && act === 'behalf';
  return readReport({ act, word, formId: picked.form, form, args: picked.args, leadingName: name }, context);
}

function readCommand(line: PlainLine, context: ParseContext): Draft {
  const { shape } = line.command;
  if (shape === 'leave') return readLeave(line, context);
  if (shape === 'exempt') return readExempt(line, context);
  return PLAIN_READERS[shape](line, context);
}

/** Adds the lines below: a report's items. Other commands take none, and no message holds two commands. */
function withLines(draft: Draft, owner: Owner, lines: readonly string[]): Draft {
  const below = lines.slice(1).filter((line) => line !== '');
  if (below.length === 0) return draft;
  const [first = ''] = lines;
  const slashed = below.filter((line) => /^[/#]/.test(line));
  const line = first.startsWith('/') ? first : `/${first.replace(/^[#/ ]+/, '')}`;
  if (slashed.length > 0) return refuse('lines.two-commands', { text: slashed[0] ?? '', choices: [line, ...slashed] });
  const takesItems = owner.kind === 'form' || (owner.kind === 'act' && owner.act !== 'withdraw');
  if (draft.kind === 'refusal') {
    // /日报 and the number in the next line: one line of both, if that is what it takes.
    const joined = takesItems && draft.code === 'value.missing' && below.length === 1 ? [`${line} ${below[0]}`] : [];
    return { ...draft, proposals: [...joined, ...draft.proposals] };
  }
  if (!takesItems) return refuse('lines.extra', { text: below[0] ?? '', proposals: [line] });
  return { ...draft, items: below };
}

/** A line that begins with no known word: the nearest known ones, else help. */
function misspelt(body: string, context: ParseContext): Refusal {
  const all = guesses(body, context);
  const [best] = all;
  if (!best) return unknown(body);
  const nearest = all.filter((guess) => guess.score === best.score);
  const lines = nearest.flatMap(({ owner, args }) => {
    const whole = `/${owner.word} ${args}`.trim();
    const outcome = read(whole, context);
    return outcome.kind === 'command' ? [whole] : [];
  });
  const shortest = nearest.flatMap(({ owner }) => shortestOf(owner, context));
  const text = /^\S+/.exec(body)?.[0] ?? '';
  return refuse('command.typo', { text, proposals: [...lines, ...shortest, '/帮助'], choices: lines });
}

function shortestOf(owner: Owner, context: ParseContext): string[] {
  if (owner.kind === 'command') return [`/${owner.word}`, `/${owner.word} 今天`];
  const [only] = context.forms.entries();
  const form = owner.kind === 'form' ? context.forms.get(owner.form) : only?.[1];
  return form ? [simplest(owner.act, owner.word, form)] : [];
}
