/** A pasted 接龙: a title perhaps, then one numbered line per grid, each of them a report. */
import { matchDay } from '../dates.ts';
import type { CivilDate } from '../time.ts';
import { daysBetween } from '../time.ts';
import { OLDEST, readReport } from './report.ts';
import { bareCommand, type Draft, type ParseContext, type ParsedCommand, type Refusal, refuse } from './types.ts';
import { lexiconOf } from './words.ts';

/** A line of a chain before its proposals were tried. */
export interface ChainDraft {
  text: string;
  draft: Draft;
  name: string | null;
}

export interface Chain {
  kind: 'chain';
  command: ParsedCommand;
  lines: ChainDraft[];
}

/** `1. …`, `2、…`, `3 …`, `4) …`, `(5) …`; a digit that touches its word (3网格) numbers nothing. */
const NUMBERED = /^(?:\(\d{1,3}\)|\d{1,3}(?: ?[.、):,]|(?= )))\s*(.*)$/;
const EXAMPLE = /^(?:例|示例|例如)(?:[\s:.、]|$)/;

/** Whether the lines are a pasted chain. `first` is the first line without its slash. */
export function isChain(first: string, slashed: boolean, isCommand: boolean, lines: readonly string[]): boolean {
  if (/^接龙/.test(first) && slashed) return true;
  const titled = first.includes('接龙') || (slashed && !isCommand);
  return titled && lines.length > 1 && lines.slice(1).some((line) => NUMBERED.test(line));
}

/** Reads a chain. Lines that cannot be read stand among the others as refusals. */
export function readChain(first: string, lines: readonly string[], context: ParseContext): Chain | Refusal {
  const begin = lines.findIndex((line, i) => i > 0 && NUMBERED.test(line));
  if (begin < 0) return refuse('chain.empty', { example: '1. 一网格 0' });
  const titles = [first, ...lines.slice(1, begin)].filter((line) => !EXAMPLE.test(line));
  const form = formOf(titles, context);
  if (form === null) {
    const names = [...context.forms.values()].map((spec) => spec.name);
    const choices = names.map((name) => [`#接龙 ${name}`, ...lines.slice(1)].join('\n'));
    return refuse('form.ambiguous', { text: names.join('、'), choices });
  }
  const period = dayOf(titles, context.today);
  if (typeof period !== 'string') return period;
  const drafts = lines
    .slice(begin)
    .filter((line) => line !== '' && !EXAMPLE.test(line))
    .map((line) => readLine(line, form, period, context));
  const items = drafts.map((draft) => draft.text);
  const command = { ...bareCommand('chain'), form, items, period, args: first };
  return { kind: 'chain', command, lines: drafts };
}

function formOf(titles: readonly string[], context: ParseContext): string | null {
  const [only, ...others] = context.forms.keys();
  if (only !== undefined && others.length === 0) return only;
  const named = new Set<string>();
  for (const { alias, owner } of lexiconOf(context)) {
    // A Latin alias may be part of any word of a title.
    if (owner.kind === 'form' && !/[a-z]/.test(alias) && titles.some((title) => title.includes(alias))) {
      named.add(owner.form);
    }
  }
  const [form, ...more] = named;
  return form !== undefined && more.length === 0 ? form : null;
}

/** The day the title names; today when it names none. Yesterday's chain pasted again must not count for today. */
function dayOf(titles: readonly string[], today: CivilDate): CivilDate | Refusal {
  const found: { text: string; date: CivilDate | null }[] = [];
  for (const title of titles) {
    for (let i = 0; i < title.length; i += 1) {
      const day = matchDay(title, i, today, 'past');
      if (!day) continue;
      found.push({ text: title.slice(i, i + day.length), date: day.date });
      i += day.length - 1;
    }
  }
  const [first] = found;
  if (!first) return today;
  const { text, date } = first;
  if (new Set(found.map((day) => day.date)).size > 1) {
    return refuse('date.two', { text: found.map((day) => day.text).join(' ') });
  }
  if (date === null) return refuse('date.unreal', { text });
  if (date > today) return refuse('date.future', { text });
  return daysBetween(date, today) > OLDEST ? refuse('date.too-old', { text }) : date;
}

function readLine(line: string, formId: string, period: CivilDate, context: ParseContext): ChainDraft {
  const text = NUMBERED.exec(line)?.[1]?.trim();
  if (text === undefined) return { text: line, draft: refuse('chain.unnumbered', { text: line }), name: null };
  const form = context.forms.get(formId);
  if (!form || text === '') return { text, draft: refuse('chain.no-name', { text }), name: null };
  const word = form.name;
  const draft = readReport({ act: 'report', word, formId, form, args: text, leadingName: true }, context);
  if (draft.kind === 'refusal') return { text, draft, name: null };
  if (draft.subject === null) return { text, draft: refuse('chain.no-name', { text }), name: null };
  // A line may name its own day; else it is the chain's.
  const own = draft.period === context.today ? period : draft.period;
  return { text, draft: { ...draft, period: own }, name: draft.subject };
}
