/** What goes into the parser and what comes out of it. */
import type { Form, Phase, Register, Values } from '../playbook/index.ts';
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
 * - `receipt`: a small number, optional; a word of everyday talk, so that only a slash or a mention makes it a command
 * - `words`: whatever the command makes of it, optional
 * - `none`: nothing
 */
export type Shape = 'day' | 'leave' | 'exempt' | 'unit' | 'person' | 'code' | 'form' | 'receipt' | 'words' | 'none';

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
  /** Register id → register; not changed once handed in. Absent: there are none. */
  registers?: ReadonlyMap<string, Register>;
  /** Phase id → phase; not changed once handed in. Absent: there are none. */
  phases?: ReadonlyMap<string, Phase>;
  /**
   * Length of the longest known unit or person name (possibly a glued or slashed path) that starts at `at` in the
   * normalised `text`, or 0. Absent: names are told by the shape of the word only.
   */
  matchName?: (text: string, at: number) => number;
  /**
   * What is known today of the sender's own unit for a form's fields, from what they said in others: nobody is asked twice.
   * Absent: nothing is.
   */
  knownValues?: (formId: string) => Values;
  /** Length of the longest name of an entry of a register that starts at `at`, or 0. Absent: entries are not known. */
  matchEntry?: (register: string, text: string, at: number) => number;
}

export const PARSE_ERROR_CODES = [
  'text.too-long',
  'text.unknown',
  'text.question',
  'text.extra',
  'text.first',
  'lines.two-commands',
  'lines.command-below',
  'lines.extra',
  'command.unknown',
  'command.typo',
  'form.ambiguous',
  'value.missing',
  'value.two',
  'value.no-label',
  'value.shared',
  'field.missing',
  'field.wanted',
  'choice.missing',
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
  'reading.range',
  'reading.decimals',
  'reading.unclear',
  'entry.missing',
  'entry.many',
  'entry.two',
  'place.two',
  'state.unknown',
  'topic.missing',
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
  /** The form the line was plainly an attempt at: it began with the form's name, or with an act. */
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

/** How an entry of a register was named: by its number within its grid, or by its name. */
export interface EntryRef {
  kind: 'number' | 'name';
  text: string;
}

/** What was said of some entries at once: `12 13 无`, `张三 36.5`. */
export interface EntrySaid {
  /** Empty: the sender's own, where there is only one. */
  refs: EntryRef[];
  values: Values;
  /** As typed, normalised: a line of its own. */
  text: string;
  /** With `add`: the day from which it is looked after, where one was named. */
  since?: CivilDate;
}

export interface ParsedCommand {
  kind: 'command';
  /**
   * `report`, `correct`, `withdraw`, `chain`, the name of the {@link CommandWord}, `look`, `add`, `end` or `cover` for
   * what is done with a register, `sweep`, or `phase`.
   */
  command: string;
  /** With `report` how it was worded; null otherwise. */
  verb: Verb | null;
  /** The form's id; with `look`, `add`, `end`, `cover` the register's, with `phase` the phase's. */
  form: string | null;
  /** The line named its form; false where it means the main one because it named none. */
  formNamed: boolean;
  /** Field id → value, only the fields that were said; where entries are named one by one, of the only one. */
  values: Values;
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
  /** The rest of the first line, normalised; for `code` the code itself, for `receipt` the number in digits. */
  args: string;
  /** With `chain`: each line of it. */
  lines: ChainLine[];
  /** What was said of entries of a register, where the form or the word is about one. */
  entries: EntrySaid[];
  /** The unit whose entries are meant, as typed; null where none was named. */
  place: string | null;
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
    formNamed: true,
    values: {},
    items: [],
    period: null,
    subject: null,
    note: null,
    until: null,
    deputy: null,
    args: '',
    lines: [],
    entries: [],
    place: null,
  };
}
