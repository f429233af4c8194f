/** Turns a refusal into the error that is answered: of its proposals only those that would be understood remain. */
import { NUMERAL_CHARS } from '../numerals.ts';
import type { Chain } from './chain.ts';
import type { Draft, ParseContext, ParsedError, Refusal } from './types.ts';
import { type Head, pickForm } from './words.ts';

export type Outcome = { kind: 'chat' } | Draft | Chain;

/** What a message was read as, and what the answer to a refusal needs to know of it. */
export interface Reading {
  outcome: Outcome;
  /** The line that was read. */
  line: string;
  /** The form it was plainly an attempt at. */
  form: string | null;
}

/** So many lines to choose from are still read. */
const MOST_CHOICES = 4;
const GRID = new RegExp(`[0-9${NUMERAL_CHARS}] ?(?:号 ?)?网 ?格(?![长员])`, 'u');

/** The form a line is plainly an attempt at: it begins with the form's name, or with an act. */
export function attemptedForm(head: Head | null, context: ParseContext): string | null {
  if (head?.owner.kind === 'form') return head.owner.form;
  if (head?.owner.kind !== 'act' || head.owner.act === 'withdraw') return null;
  return pickForm(head.args, context)?.form ?? null;
}

/** Tries the lines a refusal proposes with `read` and keeps those that are commands. */
export function settled(
  refusal: Refusal,
  { line, form }: Omit<Reading, 'outcome'>,
  read: (text: string) => Outcome,
): ParsedError {
  const { code, text, example, proposals, choices } = refusal;
  const named = GRID.test(line);
  const works = (proposal: string): boolean => {
    const outcome = read(proposal);
    // A report of the grid that was named must not become one of the sender's own.
    const lost = named && outcome.kind === 'command' && (outcome.verb !== null || outcome.command === 'correct');
    return outcome.kind === 'chain' || (outcome.kind === 'command' && !(lost && outcome.subject === null));
  };
  const distinct = [...new Set(choices)];
  const open = distinct.filter(works).slice(0, MOST_CHOICES);
  // An example that would itself be refused helps nobody.
  const params = { text: shortened(text), example: !example.startsWith('/') || works(example) ? example : '' };
  // Between two readings none is put forward, not even when only one of them can be offered.
  if (open.length > 1) return { kind: 'error', code, params, suggestion: null, choices: open, form };
  const last = distinct.length === 1 ? open : [];
  return { kind: 'error', code, params, suggestion: [...proposals, ...last].find(works) ?? null, choices: [], form };
}

const shortened = (text: string): string => (text.length > 30 ? `${[...text].slice(0, 30).join('')}…` : text);
