/** The parser's door: one message in, one reading of it out. Pure; never throws, whatever was typed. */
import { type Chain, chainKind, readChain } from './chain.ts';
import { readExempt, readLeave } from './leave.ts';
import { linesOf, type MessageLine } from './message.ts';
import { mixedReader } from './mixed/door.ts';
import { entryExample } from './mixed/example.ts';
import { isMixed, registerOf } from './mixed/report.ts';
import { PLAIN_READERS, type PlainLine } from './plain.ts';
import { readReport, simplest } from './report.ts';
import { SLASH, secondCommand } from './second.ts';
import { attemptedForm, type Outcome, type Reading, settled } from './settle.ts';
import { guesses, isNearCommand } from './suggest.ts';
import { withoutCourtesy } from './tidy.ts';
import { type ChainLine, type Draft, type ParseContext, type Parsed, type Refusal, refuse } from './types.ts';
import { type Head, isWord, matchHead, matchHeadBehind, type Owner, pickForm } from './words.ts';

export type { CommandWord, ParseContext, Parsed, ParsedCommand, ParsedError, ParseErrorCode } from './types.ts';

/** Longer messages are refused unread: characters as typed. */
const MOST_CHARACTERS = 4_000;
const MOST_LINES = 200;

/**
 * Reads a message. A line that begins with a slash is a command or an error, never `chat`; so is one that mentions the
 * bot. Every suggestion and every choice of an error parses to a command in the same context.
 */
export function parse(text: string, context: ParseContext): Parsed {
  return settle(read(text, context), context);
}

function settle(reading: Reading, context: ParseContext): Parsed {
  const { outcome } = reading;
  if (outcome.kind === 'chat' || outcome.kind === 'command') return outcome;
  if (outcome.kind === 'refusal') return settled(outcome, reading, (line) => read(line, context).outcome);
  const { command, lines } = outcome;
  return { ...command, lines: lines.map((line) => chainLine(line, command.form, context)) };
}

function chainLine(
  { text, draft, name }: Chain['lines'][number],
  form: string | null,
  context: ParseContext,
): ChainLine {
  return { text, parsed: settle({ outcome: draft, line: text, form }, context), name };
}

function read(text: string, context: ParseContext): Reading {
  const long = text.length > MOST_CHARACTERS;
  const { lines, mentioned } = linesOf(long ? text.slice(0, MOST_CHARACTERS) : text, context);
  const line = lines[0]?.text ?? '';
  const slash = SLASH.exec(line)?.[0] ?? '';
  const body = line.slice(slash.length);
  const reading = (outcome: Outcome, form: string | null = null): Reading => ({ outcome, line, form });
  const addressed = slash !== '' || mentioned;
  if (long || lines.length > MOST_LINES) {
    const meant = addressed || context.place === 'direct' || line.includes('接龙');
    return reading(meant ? refuse('text.too-long') : { kind: 'chat' });
  }
  if (line === '') return reading(mentioned ? unknown('') : { kind: 'chat' });
  const head = matchHead(body, context) ?? matchHeadBehind(body, context);
  const texts = [body, ...lines.slice(1).map((each) => each.text)];
  const kind = chainKind(texts, { slash, mentioned, isCommand: head !== null }, context);
  if (kind === 'ours') return reading(readChain(texts, context));
  // Somebody else's list is left alone, unless it is plainly said to the bot.
  if (kind === 'others') return reading(mentioned || slash.includes('/') ? refuse('chain.other') : { kind: 'chat' });
  const form = attemptedForm(head, context);
  if (addressed) return reading(explicit(body, head, lines, context), form);
  const outcome = alone(body, head, lines, context);
  return reading(outcome.kind === 'chat' ? commandBelow(lines, context) : outcome, form);
}

/** A line with neither slash nor mention. */
function alone(body: string, head: Head | null, lines: readonly MessageLine[], context: ParseContext): Outcome {
  return context.place === 'direct' ? direct(body, head, lines, context) : overheard(head, lines, context);
}

const unknown = (text: string): Refusal => refuse('command.unknown', { text, proposals: ['/帮助'] });

/** A line with a slash or a mention: a command or an error. */
function explicit(body: string, head: Head | null, lines: readonly MessageLine[], context: ParseContext): Outcome {
  return head ? whole(head, lines, context) : misspelt(body, context);
}

/** In a direct chat the slash may be left out; what is no command is talk. */
function direct(body: string, head: Head | null, lines: readonly MessageLine[], context: ParseContext): Outcome {
  if (head?.owner.kind === 'command' && head.owner.command.shape === 'receipt') return { kind: 'chat' };
  if (head) {
    const outcome = whole(head, lines, context);
    const apart = head.apart || /^\d/.test(head.args);
    if (apart || (outcome.kind === 'command' && !takesAnything(head.owner))) return outcome;
  }
  return !head && isNearCommand(body, context) ? misspelt(body, context) : { kind: 'chat' };
}

/** Of a command that takes any words, talk that happens to begin with its own is told only by the gap between them. */
const takesAnything = (owner: Owner): boolean => owner.kind === 'command' && owner.command.shape === 'words';

/** 日报没有 asks as often as it reports; 日报有3个 counts reports. */
const UNSURE = /^(?:没有?(?![\p{L}\p{N}])|[一总]?共|有)/u;

/** In a group without a slash only a whole, clean report is one. */
function overheard(head: Head | null, lines: readonly MessageLine[], context: ParseContext): Outcome {
  if (!head || (head.owner.kind !== 'form' && head.owner.kind !== 'act')) return { kind: 'chat' };
  if (head.owner.act === 'withdraw' || !isSpoken(head, context)) return { kind: 'chat' };
  if (!head.apart && UNSURE.test(head.after)) return { kind: 'chat' };
  const byFields = mixedReader(head, context) !== null;
  const draft = byFields ? whole(head, lines, context) : readHead(head, context, true);
  if (draft.kind !== 'command') return { kind: 'chat' };
  if (byFields) return draft;
  const reasonTaken = head.owner.act === 'behalf' || head.owner.act === 'makeup';
  return draft.note === null || reasonTaken ? withLines(draft, head.owner, lines, context) : { kind: 'chat' };
}

/** A command below a line of talk would be lost; its sender is told to send it by itself. */
function commandBelow(lines: readonly MessageLine[], context: ParseContext): Outcome {
  const below = lines.slice(1).find(({ text }) => SLASH.test(text) && matchHead(text.replace(SLASH, ''), context));
  return below === undefined
    ? { kind: 'chat' }
    : refuse('lines.command-below', { text: below.text, proposals: [below.text] });
}

/** Whether the form a line is about may be said without a slash. */
function isSpoken(head: Head, context: ParseContext): boolean {
  const form = attemptedForm(head, context);
  return form !== null && context.forms.get(form)?.spoken === true;
}

/** A line and those below it. */
function whole(head: Head, lines: readonly MessageLine[], context: ParseContext): Draft {
  const mixed = mixedReader(head, context);
  if (!mixed) return withLines(readHead(head, context), head.owner, lines, context);
  const below = lines.slice(1).filter(({ text }) => text !== '');
  return twoCommands(lines, below, context) ?? mixed(below.map(({ text }) => text));
}

/** Hands the arguments to the reader of the word's owner. */
function readHead({ owner, args: typed }: Head, context: ParseContext, talk = false): Draft {
  if (owner.kind === 'register' || owner.kind === 'phase') throw new Error('read by its fields');
  const asks = owner.kind === 'command' && owner.command.shape === 'form';
  // Help on a word may be asked for though it is one of courtesy.
  const args = asks && isWord(typed, context) ? typed : withoutCourtesy(typed, owner.kind === 'command');
  const next = asks ? -1 : secondCommand(args, context);
  if (next >= 0) {
    const second = args.slice(next);
    return refuse('lines.two-commands', {
      text: second,
      choices: [`/${owner.word} ${args.slice(0, next)}`.trim(), second],
    });
  }
  if (owner.kind === 'command') return readCommand({ command: owner.command, word: owner.word, args }, context);
  const picked = owner.kind === 'form' ? { form: owner.form, args } : pickForm(args, context);
  const form = picked && context.forms.get(picked.form);
  if (!picked || !form) return unknown(owner.word);
  const { act, word } = owner;
  const people = talk ? 'known' : act === 'behalf' ? 'leading' : 'apart';
  return readReport({ act, word, formId: picked.form, form, args: picked.args, people }, context);
}

function readCommand(line: PlainLine, context: ParseContext): Draft {
  const { shape } = line.command;
  if (shape === 'leave') return readLeave(line, context);
  if (shape === 'exempt') return readExempt(line, context);
  return PLAIN_READERS[shape](line, context);
}

/** Adds the lines below: a report's items. Other commands take none, and no message holds two commands. */
function withLines(draft: Draft, owner: Owner, lines: readonly MessageLine[], context: ParseContext): Draft {
  const below = lines.slice(1).filter(({ text }) => text !== '');
  if (below.length === 0) return draft;
  const two = twoCommands(lines, below, context);
  if (two) return two;
  const line = slashedLine(lines[0]?.text ?? '');
  const items = below.map(({ text }) => text);
  const takesItems = owner.kind === 'form' || (owner.kind === 'act' && owner.act !== 'withdraw');
  if (draft.kind === 'refusal') {
    // /日报 and the number in the next line: one line of both, if that is what it takes.
    const joined = takesItems && draft.code === 'value.missing' && items.length === 1 ? [`${line} ${items[0]}`] : [];
    return { ...draft, proposals: [...joined, ...draft.proposals] };
  }
  if (!takesItems) return refuse('lines.extra', { text: items[0] ?? '', proposals: [line] });
  return { ...draft, items };
}

const slashedLine = (text: string): string => (text.startsWith('/') ? text : `/${text.replace(SLASH, '')}`);

/** No message holds two commands. */
function twoCommands(
  lines: readonly MessageLine[],
  below: readonly MessageLine[],
  context: ParseContext,
): Refusal | null {
  const commands = below.filter((each) => isCommandLine(each, context)).map(({ text }) => text);
  if (commands.length === 0) return null;
  const choices = [slashedLine(lines[0]?.text ?? ''), ...commands.map(slashedLine)];
  return refuse('lines.two-commands', { text: commands[0] ?? '', choices });
}

/** Whether a further line, sent by itself, would be a command. */
function isCommandLine({ text, mentioned }: MessageLine, context: ParseContext): boolean {
  if (/^[/#]/.test(text)) return true;
  const head = matchHead(text, context) ?? matchHeadBehind(text, context);
  if (!head) return false;
  return mentioned || alone(text, head, [{ text, mentioned }], context).kind === 'command';
}

/** A line that begins with no known word: the nearest known ones, else help. */
function misspelt(body: string, context: ParseContext): Refusal {
  const all = guesses(body, context);
  const [best] = all;
  if (!best) return unknown(body);
  const nearest = all.filter((guess) => guess.score === best.score);
  const lines = nearest.flatMap(({ owner, args }) => {
    const whole = `/${owner.word} ${args}`.trim();
    const { outcome } = read(whole, context);
    return outcome.kind === 'command' ? [whole] : [];
  });
  const shortest = nearest.flatMap(({ owner }) => shortestOf(owner, context));
  const text = /^\S+/.exec(body)?.[0] ?? '';
  return refuse('command.typo', { text, proposals: [...lines, ...shortest, '/帮助'], choices: lines });
}

function shortestOf(owner: Owner, context: ParseContext): string[] {
  if (owner.kind !== 'form' && owner.kind !== 'act') return [`/${owner.word}`, `/${owner.word} 今天`];
  const [only] = context.forms.entries();
  const form = owner.kind === 'form' ? context.forms.get(owner.form) : only?.[1];
  if (form && owner.kind === 'form' && isMixed(form))
    return [entryExample(owner.word, form, registerOf(form, context))];
  return form ? [simplest(owner.act, owner.word, form)] : [];
}
