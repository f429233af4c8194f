/** Numbers and words of a report that must not be counted as they stand. */
import { NUMERAL_CHARS } from '../numerals.ts';
import type { Form } from '../playbook/index.ts';
import { countsOther, runsOn } from './counting.ts';
import type { Token } from './scan.ts';
import { holdsNear, nearness } from './similar.ts';
import { type Refusal, type ReportLine, refuse } from './types.ts';
import { edited } from './values.ts';
import { vocabularyOf } from './vocabulary.ts';

const AFTER_NUMBER = /^(?:左右|上下|多|余|来|几|以[上下]|出头)/;
const BEFORE_NUMBER = /(?:约|大概|大约|可能|也许|估计|近|不到|超过|至少|最多|上)$/;

const ARABIC = /^第?[1-9]/;
const CHINESE = new RegExp(`^第?(?![零〇])[${NUMERAL_CHARS}]`);
/** 一和二网格, in one word. */
const JOINED = new RegExp(`^第?[0-9${NUMERAL_CHARS}]+(?:网格)?[和与及跟]第?[0-9${NUMERAL_CHARS}]+(?:网格|组)`);

/** Whatever looks like a number and is no count, or is qualified by a word beside it, or has a label nobody knows. */
export function oddNumber(tokens: readonly Token[], line: ReportLine, write: (args: string) => string): Refusal | null {
  const { args } = line;
  for (const [i, token] of tokens.entries()) {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const replaced = (text: string): string => write(swapped(args, token, text));
    if (token.kind === 'bad') {
      const { code, fixes } = token.bad;
      const lines = fixes.map((fix) => replaced(fix));
      const example = code === 'number.glued' || lines.length > 0 ? '' : replaced('12');
      const text = token.text;
      return lines.length === 1
        ? refuse(code, { text, example, proposals: lines })
        : refuse(code, { text, example, choices: lines });
    }
    if (token.kind === 'date' && before?.kind === 'label' && /^\d+[-/]/.test(token.text)) {
      return refuse('number.vague', { text: token.text, example: replaced('12') });
    }
    if (token.kind === 'number') {
      const vague =
        (after?.kind === 'word' && AFTER_NUMBER.test(after.text)) ||
        (before?.kind === 'word' && BEFORE_NUMBER.test(before.text));
      if (vague)
        return refuse('number.vague', {
          text: qualified(before, token, after),
          example: write(labelled(12, line.form)),
        });
      if (enumerates(token, before, after)) return refuse('subject.two', { text: args.slice(token.start, after?.end) });
    }
    if (countsOther(token, after) && !amongWords(tokens, i)) {
      return refuse('number.unclear', { text: args.slice(token.start, after?.end) });
    }
    if (token.kind === 'name' && !token.known && JOINED.test(token.text))
      return refuse('subject.two', { text: token.text });
    if (token.kind === 'word' || (token.kind === 'name' && !token.known)) {
      const unknown = unknownLabel(token, after, line);
      if (unknown) {
        const lines = unknown.proposals.map((text) => swapped(args, token, text));
        // Whoever names a field may have left out the required one.
        return { ...unknown, proposals: [...lines.map(write), ...lines.map((text) => write(`0 ${text}`))] };
      }
    }
  }
  return null;
}

/** 一、二网格: the number is the first grid's, not a count. */
function enumerates(token: Token, before: Token | undefined, after: Token | undefined): boolean {
  if (before?.kind === 'label' || after?.kind !== 'name' || !/[、,]/.test(after.gap)) return false;
  // 2，三网格 is written in two ways, as a count and a grid are; no grid has the number zero.
  return after.unit && [ARABIC, CHINESE].some((number) => number.test(token.text) && number.test(after.text));
}

/** 停电 3 小时, where the line has a count besides: the number belongs to the words around it. */
function amongWords(tokens: readonly Token[], i: number): boolean {
  if (tokens[i - 1]?.kind !== 'word') return false;
  return tokens.some((token, n) => n !== i && (token.kind === 'number' || token.kind === 'zero'));
}

/** The number of a line that has no room for a reason, where it runs on into words. */
export function unclearNumber(tokens: readonly Token[], form: Form): Refusal | null {
  for (const [i, token] of tokens.entries()) {
    const after = tokens[i + 1];
    if (runsOn(token, tokens[i - 1], after, form)) {
      return refuse('number.unclear', { text: `${token.text} ${after?.text ?? ''}` });
    }
  }
  return null;
}

/** The line with another text in a token's place; numbers are kept from running together. */
function swapped(args: string, { start, end }: Token, text: string): string {
  const left =
    /[\p{L}\p{N}]$/u.test(args.slice(0, start)) && /^\d/.test(text) && /\d$/.test(args.slice(0, start)) ? ' ' : '';
  const right = /\d$/.test(text) && /^[\p{L}\p{N}]/u.test(args.slice(end)) ? ' ' : '';
  return edited(args, [{ start, end, text: left + text + right }]);
}

/** A number as the form takes it: with its first field's name where a bare one says nothing. */
function labelled(value: number, { fields }: Form): string {
  const all = Object.values(fields);
  return all.some((field) => field.bare) ? String(value) : `${all[0]?.name ?? ''}${value}`;
}

function qualified(before: Token | undefined, token: Token, after: Token | undefined): string {
  return [before, token, after]
    .flatMap((each) => (each?.kind === 'word' || each === token ? [each.text] : []))
    .join(' ');
}

/** 反乡1, or 反乡 1: a word with a number that would be a field's if the word were its name. */
function unknownLabel(token: Token, after: Token | undefined, { act, form }: ReportLine): Refusal | null {
  const { labels } = vocabularyOf(form);
  const [, name = token.text, tail = ''] = /^([^\d]+)(\d.*)$/.exec(token.text) ?? [];
  const numbered = tail !== '' || after?.kind === 'number' || after?.kind === 'zero';
  if (!numbered && token.kind === 'word') return null;
  if (/^(?:合计|共计|总计)$/.test(name)) return refuse('label.unknown', { text: name, proposals: [tail] });
  if (!/\p{L}/u.test(name)) return refuse('text.unknown', { text: token.text, proposals: [tail.replace(/\D/g, '')] });
  const near = labels.filter(([label]) =>
    token.kind === 'name'
      ? name.length === label.length && nearness(name, label) !== null
      : name.length <= label.length + 2 && holdsNear(name, label),
  );
  if (token.kind === 'name' && near.length === 0) return null;
  // A reason may hold numbers of its own: 停电3小时.
  if (near.length === 0 && (tail === '' || act === 'behalf' || act === 'makeup' || act === 'correct')) return null;
  const [only, ...others] = near;
  const proposals = only && others.length === 0 ? [`${only[0]}${tail}`] : [];
  return refuse('label.unknown', { text: name, proposals });
}
