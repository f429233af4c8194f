/** The counts a line gives to a form's fields, and what speaks against them. */
import type { Form } from '../playbook/index.ts';
import type { Token } from './scan.ts';
import { type Refusal, refuse } from './types.ts';

/** Zero words that may stand before the label they deny: 无发热, 没有返乡. */
const NEGATIONS: ReadonlySet<string> = new Set(['无', '没', '没有', '未见']);

/** Where something was said, for taking it out of the line. */
interface Place {
  start: number;
  end: number;
}

interface Given extends Place {
  field: string;
  value: number;
  /** Said by a zero word, which may restate a zero. */
  zero: boolean;
  /** Without a label. */
  bare: boolean;
}

export interface Values {
  given: Given[];
  /** Tokens that belong to no value. */
  rest: Token[];
}

const isValue = (token: Token | undefined): token is Token & { kind: 'number' | 'zero' } =>
  token?.kind === 'number' || token?.kind === 'zero';

/** Leads from one number to the next: 0 然后 1. */
const LINK = /^(?:然后|接着|又|再|后来|变成?|改成?|和|或者?|还是)$/;
const WITHIN_WORDS = /^\p{Script=Han} 0 \p{Script=Han}/u;

/** The line with parts of it replaced; the parts do not overlap. */
export function edited(args: string, changes: readonly { start: number; end: number; text: string }[]): string {
  let text = args;
  for (const change of changes.toSorted((a, b) => b.start - a.start)) {
    text = text.slice(0, change.start) + change.text + text.slice(change.end);
  }
  // What stood between the parts taken out goes with them.
  return text
    .replace(/ ?[,、;](?: ?[,、;])+/g, ',')
    .replace(/^[\s,、;]+|[\s,、;]+$/g, '')
    .replace(/ +/g, ' ');
}

/**
 * Which zero words deny the label after them. In an alternation 无返乡无发热 the last label decides: with nothing after
 * it each 无 belongs to the label behind it, with a value after it (无 返乡无 发热1) to the label before it.
 */
function denials(tokens: readonly Token[]): Set<number> {
  const denying = new Set<number>();
  for (let i = 0; i < tokens.length; i += 1) {
    const pairs: number[] = [];
    let j = i;
    while (isNegation(tokens[j]) && tokens[j + 1]?.kind === 'label') {
      pairs.push(j);
      j += 2;
    }
    if (pairs.length === 0 || tokens[i - 1]?.kind === 'label') continue;
    if (!isValue(tokens[j]) && tokens[j]?.kind !== 'bad') for (const n of pairs) denying.add(n);
    i = j - 1;
  }
  return denying;
}

const isNegation = (token: Token | undefined): boolean => token?.kind === 'zero' && NEGATIONS.has(token.text);

/** Gives each number and zero word to its field. */
export function readValues(
  tokens: readonly Token[],
  form: Form,
  args: string,
  line: (args: string) => string,
): Values | Refusal {
  const bare = Object.entries(form.fields).find(([, field]) => field.bare)?.[0];
  const denying = denials(tokens);
  const given: Given[] = [];
  const rest: Token[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (!token) break;
    const next = tokens[i + 1];
    if (token.kind === 'label') {
      if (!isValue(next)) return labelAlone(tokens, i, args, line);
      const value = next.kind === 'number' ? next.value : 0;
      given.push({
        field: token.field,
        value,
        zero: next.kind === 'zero',
        bare: false,
        start: token.start,
        end: next.end,
      });
      i += 1;
    } else if (token.kind === 'zero' && next?.kind === 'label' && denying.has(i)) {
      given.push({ field: next.field, value: 0, zero: true, bare: false, start: token.start, end: next.end });
      i += 1;
    } else if (isValue(token)) {
      // 无发热1: no fever and a one, or nothing unusual and one fever?
      if (isNegation(token) && next?.kind === 'label' && next.gap === '') {
        return refuse('zero.ambiguous', { text: args.slice(token.start, tokens[i + 2]?.end ?? next.end) });
      }
      if (bare === undefined) return withoutLabel(token, form, args, line);
      const value = token.kind === 'number' ? token.value : 0;
      given.push({ field: bare, value, zero: token.kind === 'zero', bare: true, start: token.start, end: token.end });
    } else {
      rest.push(token);
    }
  }
  return clash(given, rest, form, args, line) ?? { given, rest };
}

/** A value that may be any field's. */
function withoutLabel(token: Token, form: Form, args: string, line: (args: string) => string): Refusal {
  const { start, end, text } = token;
  const choices = Object.values(form.fields).map(({ name }) => {
    const labelled = `${name}${token.kind === 'number' ? token.value : 0}`;
    return line(edited(args, [{ start, end, text: labelled }]));
  });
  return refuse('value.no-label', { text, choices });
}

/** A label without its number. A number right before it may have been meant for it: 2人返乡. */
function labelAlone(tokens: readonly Token[], i: number, args: string, line: (args: string) => string): Refusal {
  const label = tokens[i];
  const before = tokens[i - 1];
  if (!label) return refuse('label.no-value');
  const text = label.text;
  if (before?.kind !== 'number' || tokens[i - 2]?.kind === 'label') return refuse('label.no-value', { text });
  const turned = edited(args, [{ start: before.start, end: label.end, text: `${text}${before.value}` }]);
  const dropped = edited(args, [{ start: label.start, end: label.end, text: '' }]);
  if (before.value === 0)
    return refuse('label.no-value', { text, choices: [line(dropped), line(`${dropped} ${text}1`)] });
  if (label.gap !== '')
    return refuse('label.no-value', { text, choices: [line(dropped), line(turned), line(`0 ${turned}`)] });
  // 2人返乡 alone leaves open whether the two are also what a bare number counts.
  const choices = [line(`0 ${turned}`), line(`${before.value} ${turned}`)];
  return refuse('label.no-value', { text, proposals: [line(turned)], choices });
}

function clash(
  given: readonly Given[],
  rest: readonly Token[],
  form: Form,
  args: string,
  line: (args: string) => string,
): Refusal | null {
  const first = new Map<string, Given>();
  for (const each of given) {
    const other = first.get(each.field);
    if (!other) {
      first.set(each.field, each);
      continue;
    }
    // Only a zero word may say a zero again.
    if (other.value === 0 && each.value === 0 && (other.zero || each.zero)) continue;
    const without = (dropped: readonly Place[]) =>
      line(
        edited(
          args,
          dropped.map(({ start, end }) => ({ start, end, text: '' })),
        ),
      );
    const name = form.fields[each.field]?.name ?? '';
    if (other.zero !== each.zero) {
      return refuse('field.contradiction', { text: name, choices: [without([each]), without([other])] });
    }
    const both = [other, each].map(({ start, end }) => args.slice(start, end)).join('、');
    if (!each.bare || !other.bare) {
      return refuse('field.twice', { text: name, choices: [without([each]), without([other])] });
    }
    if (WITHIN_WORDS.test(`${args.slice(each.start - 2, each.start)}0${args.slice(each.end)}`)) {
      // 停电 3 小时: the number belongs to the words around it.
      const glued = `${args.slice(0, each.start).trimEnd()}${args.slice(each.start, each.end)}${args.slice(each.end).trimStart()}`;
      return refuse('value.two', { text: both, proposals: [line(glued)] });
    }
    const bare = given.filter((one) => one.bare);
    const linking = rest.filter((token) => token.start > other.start && token.end < each.end && LINK.test(token.text));
    const only = (kept: Given) => without([...bare.filter((one) => one !== kept), ...linking]);
    return refuse('value.two', { text: both, choices: [only(other), only(each)] });
  }
  return null;
}
