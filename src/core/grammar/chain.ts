/** A pasted 接龙: a title perhaps, then one numbered line per grid, each of them a report. */
import { matchDay } from '../dates.ts';
import type { Form } from '../playbook/index.ts';
import type { CivilDate } from '../time.ts';
import { daysBetween } from '../time.ts';
import { isMixed, readMixed } from './mixed/report.ts';
import { nameLength } from './names.ts';
import { OLDEST, readReport } from './report.ts';
import { withoutCourtesy } from './tidy.ts';
import {
  bareCommand,
  type Draft,
  type ParseContext,
  type ParsedCommand,
  type Refusal,
  type ReportLine,
  refuse,
} from './types.ts';
import { lexiconOf, pickForm } from './words.ts';

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

/** Words of a heading that say nothing of what the list is about. */
const MANNERS =
  /接 ?龙|请|大家|各位|麻烦|按(?:顺序|格式)?|依次|继续|填写?|写|发|一下|如下|下面|格式|谢谢|辛苦了?|[^\p{L}]/gu;

/** How the first line was marked: a chain without a mark needs a heading that names its form. */
export interface Marks {
  slash: string;
  mentioned: boolean;
  /** The first line begins with a known word. */
  isCommand: boolean;
}

/**
 * What a message is to a chain's reader: `ours`, one `of others` (shopping, a bus trip), or `none`. `lines` holds the
 * first line without its slash.
 */
export function chainKind(lines: readonly string[], marks: Marks, context: ParseContext): 'ours' | 'others' | 'none' {
  const [first = ''] = lines;
  const numbered = lines.findIndex((line, i) => i > 0 && NUMBERED.test(line));
  const marked = marks.slash !== '' || marks.mentioned;
  const named = /接 ?龙/.test(first);
  if (!named && (marks.slash === '' || marks.isCommand || numbered < 0)) return 'none';
  const begins = /^接 ?龙/.test(first) && marks.slash !== '';
  if (numbered < 0) return begins ? 'ours' : 'none';
  const titles = headingOf(lines, numbered);
  // Whose list it is says nothing of what it is about.
  const words = titles
    .map((title) => title.replace(MANNERS, ''))
    .filter((title) => nameLength(title, 0, context, false) < title.length)
    .join('');
  if (words === '') return marked ? 'ours' : 'none';
  const ours =
    namedForms(titles, context).size > 0 ||
    (marked && titles.some((title) => /网格|报(?!名)/.test(title) || daysIn(title, context.today).length > 0));
  return ours ? 'ours' : named ? 'others' : 'none';
}

const headingOf = (lines: readonly string[], numbered: number): string[] =>
  lines.slice(0, numbered).filter((line) => !EXAMPLE.test(line));

/** Reads a chain. Lines that cannot be read stand among the others as refusals. */
export function readChain(lines: readonly string[], context: ParseContext): Chain | Draft {
  const begin = lines.findIndex((line, i) => i > 0 && NUMBERED.test(line));
  if (begin < 0) return refuse('chain.empty', { example: '1. 一网格 0' });
  const titles = headingOf(lines, begin);
  const form = formOf(titles, context);
  if (form === null) {
    const names = [...context.forms.values()].map((spec) => spec.name);
    const choices = names.map((name) => [`#接龙 ${name}`, ...lines.slice(1)].join('\n'));
    return refuse('form.ambiguous', { text: names.join('、'), choices });
  }
  const period = dayOf(titles, context.today);
  if (typeof period !== 'string') return period;
  const spec = context.forms.get(form);
  if (spec && 'register' in spec.subject) return readEntries(lines.slice(begin), form, spec, period, context);
  const drafts = lines
    .slice(begin)
    .filter((line) => line !== '' && !EXAMPLE.test(line))
    .map((line) => readLine(line, form, period, context));
  const items = drafts.map((draft) => draft.text);
  const command = { ...bareCommand('chain'), form, items, period, args: lines[0] ?? '' };
  return { kind: 'chain', command, lines: drafts };
}

/** A list of entries rather than of units: each line is one of one report. */
function readEntries(
  lines: readonly string[],
  formId: string,
  form: Form,
  period: CivilDate,
  context: ParseContext,
): Draft {
  const items = lines.flatMap((line) => (EXAMPLE.test(line) ? [] : [NUMBERED.exec(line)?.[1]?.trim() ?? line]));
  const args = period === context.today ? '' : period;
  return readMixed({ act: 'report', word: form.name, formId, form, args, people: 'known' }, items, context);
}

/** The form a heading names, else the main one; null between two. */
function formOf(titles: readonly string[], context: ParseContext): string | null {
  const [main, ...others] = context.forms.keys();
  const [form = main, ...more] = others.length > 0 ? namedForms(titles, context) : [];
  return form !== undefined && more.length === 0 ? form : null;
}

function namedForms(titles: readonly string[], context: ParseContext): Set<string> {
  const named = new Set<string>();
  for (const { alias, owner } of lexiconOf(context)) {
    if (owner.kind !== 'form') continue;
    // A Latin alias may be part of any word of a title, so it must be a word of its own.
    const latin = /[a-z]/.test(alias);
    const holds = (title: string) =>
      latin
        ? title
            .toLowerCase()
            .split(/[^a-z]+/)
            .includes(alias)
        : title.replaceAll(' ', '').includes(alias);
    if (titles.some(holds)) named.add(owner.form);
  }
  return named;
}

interface DayIn {
  text: string;
  date: CivilDate | null;
}

function daysIn(title: string, today: CivilDate): DayIn[] {
  const found: DayIn[] = [];
  for (let i = 0; i < title.length; i += 1) {
    const day = matchDay(title, i, today, 'past');
    if (!day) continue;
    found.push({ text: title.slice(i, i + day.length), date: day.date });
    i += day.length - 1;
  }
  return found;
}

/** The day the title names; today when it names none. Yesterday's chain pasted again must not count for today. */
function dayOf(titles: readonly string[], today: CivilDate): CivilDate | Refusal {
  const found = titles.flatMap((title) => daysIn(title, today));
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
  // 日报 一网格 0, 一网格 日报 0: the form's own name adds nothing.
  const plain = withoutCourtesy(text.replace(/^[/#]+ ?/, ''), false);
  const picked = pickForm(plain, context);
  const own = picked?.form === formId && picked.word !== null ? picked : { word: null, args: plain };
  const word = own.word ?? form.name;
  const said: ReportLine = { act: 'report', word, formId, form, args: own.args, people: 'leading' };
  const draft = isMixed(form) ? readMixed(said, [], context) : readReport(said, context);
  if (draft.kind === 'refusal') return { text, draft, name: null };
  if (draft.subject === null) return { text, draft: refuse('chain.no-name', { text }), name: null };
  // A line may name its own day; else it is the chain's.
  const day = draft.period === context.today ? period : draft.period;
  return { text, draft: { ...draft, period: day }, name: draft.subject };
}
