/** What goes into the parser and what comes out of it. */
import type { Form } from '../playbook/index.ts';
import type { CivilDate } from '../time.ts';
import type { Act } from './words.ts';

/**
 * What may follow a command's name:
 * - `day`: a form's name, a day, a unit's or person's name, in any order, each optional
 * - `leave`: days, a deputy, a person, a reason, each optional
 * - `exempt`: a unit, days (default today), and a reason
 * - `unit`: a unit's name or path
 * - `person`: a person's name, optional
 * - `code`: letters and digits
 * - `form`: the name of a form or a command, optional
 * - `none`: nothing
 */
export type Shape = 'day' | 'leave' | 'exempt' | 'unit' | 'person' | 'code' | 'form' | 'none';

/** A command that is no report. */
export interface CommandWord {
  name: string;
  aliases: readonly string[];
  shape: Shape;
}

/** How a report was worded: one's own, on behalf of another, or made up for afterwards. */
export type Verb = 'report' | 'behalf' | 'makeup';

/** A report's line before it is read. */
export interface ReportLine {
  act: Act;
  /** The word it began with, as a suggestion writes it. */
  word: string;
  formId: string;
  form: Form;
  args: string;
  /**
   * Which words name a person: those of the roster only (talk in a group); where it cannot be asked also a word that
   * stands apart between the form's name and the value; or any leading word, asked or not (on behalf, in a chain).
   */
  people: 'known' | 'apart' | 'leading';
}

export interface ParseContext {
  today: CivilDate;
  /** The bot's name in chat, without `@`. */
  botName: string;
  /** `group` is a bound work group, `direct` a private chat. */
  place: 'group' | 'direct';
  /** The platform already says the bot is mentioned. */
  mentionsBot?: boolean;
  /** Form id → form; not changed once handed in. */
  forms: ReadonlyMap<string, Form>;
  /** Not changed once handed in. */
  commands: readonly CommandWord[];
  /**
   * Length of the longest known unit or person name (possibly a glued or slashed path) that starts at `at` in the
   * normalised `text`, or 0. Absent: names are told by the shape of the word only.
   */
  matchName?: (text: string, at: number) => number;
}

export const PARSE_ERROR_CODES = [
  'text.too-long',
  'text.unknown',
  'text.question',
  'text.extra',
  'lines.two-commands',
  'lines.command-below',
  'lines.extra',
  'command.unknown',
  'command.typo',
  'form.ambiguous',
  'value.missing',
  'value.two',
  'value.no-label',
  'field.missing',
  'field.twice',
  'field.contradiction',
  'label.unknown',
  'label.no-value',
  'zero.ambiguous',
  'number.vague',
  'number.fraction',
  'number.negative',
  'number.range',
  'number.invalid',
  'number.letter-o',
  'number.glued',
  'number.unclear',
  'date.unreal',
  'date.future',
  'date.missing',
  'date.past',
  'date.too-old',
  'date.two',
  'date.order',
  'date.length',
  'subject.missing',
  'subject.two',
  'deputy.two',
  'deputy.unclear',
  'code.missing',
  'code.invalid',
  'chain.other',
  'chain.empty',
  'chain.no-name',
  'chain.unnumbered',
] as const;
export type ParseErrorCode = (typeof PARSE_ERROR_CODES)[number];

export interface ParsedError {
  kind: 'error';
  code: ParseErrorCode;
  /** What the sentence about it names, always there though possibly empty: `text` (the offending words), `example`. */
  params: Record<string, string>;
  /** The line to send instead, ready to copy; null where sending it would be a guess. */
  suggestion: string | null;
  /** The lines to choose from where two readings are possible; else empty. */
  choices: string[];
  /** The form the line was plainly an attempt at: it began with the form's name, or with an act that leaves no choice. */
  form: string | null;
}

/** One line of a pasted chain, read as a report. */
export interface ChainLine {
  /** Normalised, without its list number. */
  text: string;
  parsed: Parsed;
  /** The grid or person it names. */
  name: string | null;
}

export interface ParsedCommand {
  kind: 'command';
  /** `report`, `correct`, `withdraw`, `chain`, or the name of the {@link CommandWord}. */
  command: string;
  /** With `report` how it was worded; null otherwise. */
  verb: Verb | null;
  /** The form's id. */
  form: string | null;
  /** Field id → count, only the fields that were said. */
  values: Record<string, number>;
  /** The lines below the first, normalised, blank ones left out. */
  items: string[];
  /** The day meant; the first one where days are meant; null where a day has no meaning. */
  period: CivilDate | null;
  /** The unit or person named, as typed (normalised); a path's parts joined by `/`; `其余` for all still missing. */
  subject: string | null;
  /** Free text: a remark or the reason. */
  note: string | null;
  /** The last of the days meant (leave, exemption); null elsewhere. */
  until: CivilDate | null;
  deputy: string | null;
  /** The rest of the first line, normalised; for a `code` shape the code itself. */
  args: string;
  /** With `chain`: each line of it. */
  lines: ChainLine[];
}

export type Parsed = { kind: 'chat' } | ParsedError | ParsedCommand;

/** An error before its proposals were tried: the first proposal that parses to a command becomes the suggestion. */
export interface Refusal {
  kind: 'refusal';
  code: ParseErrorCode;
  text: string;
  example: string;
  proposals: string[];
  choices: string[];
}

/** What the readers of single lines return; lines of a chain are still unfinished inside. */
export type Draft = Refusal | ParsedCommand;

/** Builds a {@link Refusal}; everything but the code is optional. */
export function refuse(code: ParseErrorCode, more: Partial<Omit<Refusal, 'kind' | 'code'>> = {}): Refusal {
  return { kind: 'refusal', code, text: '', example: '', proposals: [], choices: [], ...more };
}

/** A command with nothing said but its name. */
export function bareCommand(command: string): ParsedCommand {
  return {
    kind: 'command',
    command,
    verb: null,
    form: null,
    values: {},
    items: [],
    period: null,
    subject: null,
    note: null,
    until: null,
    deputy: null,
    args: '',
    lines: [],
  };
}
