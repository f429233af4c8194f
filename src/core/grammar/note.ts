/**
 * Free text on a report's first line. A plain report takes it only when it cannot change what the number says; where a
 * reason is owed it is freer.
 */
import { NUMERAL_CHARS } from '../numerals.ts';
import type { Form } from '../playbook/index.ts';
import { holdsNear } from './similar.ts';
import { vocabularyOf } from './vocabulary.ts';

export type NoteKind = 'remark' | 'reason' | 'withdrawal';
/** What speaks against a note: it doubts or takes back, holds a number, is vague, or comes close to a field's name. */
export type NoteProblem = 'doubt' | 'number' | 'vague' | 'label';

/** Words with a numeral or a field's character in them that mean neither. */
const HARMLESS = /一切|一直|一律|一同|一定|统一|十分|万分|千万|正常|日常|平常|照常|如常|两委/g;
const DOUBT =
  /[不错别撤改待未没非勿假误否]|取消|更正|作废|应[该为是]|其实|实际|暂|先报|再报|重报|才是|而是|忘|(?:^| )[是有](?: |$)/;
const VAGUE = /[几多约余数]|左右|上下|大概|可能|也许|估计|好像|差不多|若干|一些|不少|或者?|有人|有的|疑似|据说|听说/;
const NUMBER = new RegExp(`[0-9${NUMERAL_CHARS}半]|\\p{N}`, 'u');
/** What a picture says is anybody's guess. */
const PICTURE = /\p{Extended_Pictographic}|\p{So}|\p{Sk}|\p{Regional_Indicator}/u;
const CORRECTS = /[不错改非误]|应[该为是]|其实|实际|更正|才是|而是|变成|[=→]/;

/** Negation and field together (无发热, 没有异常) restate a zero. */
function withoutZeros(note: string, form: Form): string {
  const { labels, zeroWords } = vocabularyOf(form);
  let rest = note;
  for (const [label] of labels) {
    for (const negation of ['没有', '未见', '无', '没']) rest = rest.replaceAll(negation + label, ' ');
  }
  for (const word of zeroWords) if (word.length > 1) rest = rest.replaceAll(word, ' ');
  return rest;
}

/** Whether a text doubts, takes back or only estimates. */
export const isUnsure = (text: string): boolean => VAGUE.test(text) || DOUBT.test(text);

/** What in a normalised note forbids it as a remark, a reason, or the reason of a withdrawal; null when nothing does. */
export function noteProblem(note: string, form: Form, kind: NoteKind): NoteProblem | null {
  if (kind === 'withdrawal') return /[不别勿]|取消/.test(note) ? 'doubt' : null;
  const rest = withoutZeros(note, form);
  const labels = vocabularyOf(form).labels.map(([label]) => label);
  if (kind === 'reason') {
    if (labels.some((label) => rest.includes(label))) return 'label';
    return NUMBER.test(rest.replace(HARMLESS, ' ')) && CORRECTS.test(rest) ? 'doubt' : null;
  }
  if (PICTURE.test(note)) return 'vague';
  const plain = rest.replace(HARMLESS, ' ');
  if (labels.some((label) => plain.split(' ').some((part) => holdsNear(part, label)))) return 'label';
  if (NUMBER.test(plain)) return 'number';
  if (VAGUE.test(plain)) return 'vague';
  return DOUBT.test(plain) ? 'doubt' : null;
}
