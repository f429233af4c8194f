/** Words that could be somebody's name, told by nothing but their shape. */
import { NUMERAL_CHARS } from '../numerals.ts';
import type { Form } from '../playbook/index.ts';
import { isUnsure } from './note.ts';
import type { Token } from './scan.ts';
import { holdsNear } from './similar.ts';
import type { ParseContext } from './types.ts';
import { vocabularyOf } from './vocabulary.ts';

const SHAPE = /^@?([\p{Script=Han}·]{2,9})(?:@[\p{Script=Han}A-Za-z0-9/]{1,40})?$/u;
/** Words of reports and of conversation that have the length of a name. */
const NO_NAME =
  /确诊|疑似|新增|新报|外出|外来|咳嗽|死亡|感染|密接|隔离|阳性|阴性|排查|走访|体温|住院|人[数员]|情况|上报|报告|其中|我们|大家|各位|老师|然后|还是|或者|接着|[合总累小共]计|总[共数]|一共|谢谢|辛苦|麻烦|收到|好的|正常|平安|昨|[今明前后]天|天[前后]|刚才|现在|上午|下午|晚上|早上|网格|更正|撤回/;
const COUNTING = new RegExp(`^[${NUMERAL_CHARS}]{2}`);

/** Whether a word may name a person as far as its shape goes: no field, no zero, nothing vague or doubtful. */
export function mayBePerson(word: string, form: Form): boolean {
  const name = SHAPE.exec(word)?.[1];
  if (name === undefined || (name.length > 4 && !name.includes('·'))) return false;
  const { labels, zeroWords } = vocabularyOf(form);
  return !(
    NO_NAME.test(name) ||
    COUNTING.test(name) ||
    isUnsure(name.replace(/^余/, '')) ||
    zeroWords.some((zero) => name.includes(zero)) ||
    labels.some(([label]) => holdsNear(name, label))
  );
}

/** What stands between a name and the value; a mark of equality would make a field's name of it. */
const BESIDE = /^[\s,、]+$/;

/**
 * The tokens with the person they begin with: an @mention of somebody the roster knows, or, where it cannot be asked
 * and `byShape` is set, the word between the form's name and the value (李四 0).
 */
export function withPerson(
  tokens: readonly Token[],
  form: Form,
  matchName: ParseContext['matchName'],
  byShape: boolean,
): Token[] {
  const at = tokens.findIndex((token) => token.kind !== 'date' && !(token.kind === 'name' && token.unit));
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token?.kind !== 'word' || next === undefined || !BESIDE.test(next.gap)) return [...tokens];
  if (!tokens.slice(at + 1).some(({ kind }) => kind === 'number' || kind === 'zero')) return [...tokens];
  if (next.kind === 'word' || !mayBePerson(token.text, form)) return [...tokens];
  const name = token.text.replace(/^@/, '');
  const whole = name.split('@')[0]?.length ?? 0;
  const known = matchName !== undefined && matchName(name, 0) >= whole;
  if (!known && (matchName !== undefined || !byShape)) return [...tokens];
  return tokens.with(at, { ...token, kind: 'name', known, unit: false, text: name });
}
