/** Numbers that count something else: 3 组 names a group, 5 分钟后 is a time, 一 会儿 no number at all. */
import type { Form } from '../playbook/index.ts';
import type { Token } from './scan.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Places, times and measures a number belongs to, whatever follows them. */
const COUNTED =
  /^(?:号|栋|幢|楼|层|单元|网|格|组|队|社|点|分|秒|小时|钟头|时|天|日|周|星期|礼拜|月|个月|季度|年|岁|度|公|斤|里|米|元|块|次|趟|遍|会儿|切|些|第)/;
/** Ordinary words that begin with one of those. */
const ORDINARY =
  /^(?:号码|楼[长道下上]|网[络断坏不没]|格[式长]|组[长织]|队[长员]|社[区保]|点[错名]|分[管不开]|时[间候]|天[气黑亮冷热]|日常|周[末围边]|月[底初]|年[底初纪]|度假|公[安司]|里面|次日)/;
/** What a number belongs to only when little or nothing follows: 家 counts, 家里有事 does not. */
const BARE =
  /^(?:号楼?|栋|幢|楼|层|单元|网格?|格|组|队|社|点钟?|分钟?|秒|小时|钟头|时|天|日|周|星期|礼拜|月|个月|季度|年|岁|度|公[斤里]|斤|里|米|元|块|次|趟|遍|回|批|轮|班|家|口|位|条|张|份|件|只|头|台|辆|本|页|道|间|桌|桶|瓶|袋|箱|群|期|届|级|倍|下|会儿?|切|些|直|样)(?:$|[前后半多整内以起再])/;
/** A numeral that makes a word of its own with what was cut from it. */
const IDIOM = /^(?:一[会下直切起样定些点同律般边旦向致再时度早晚道块]|十[分来]|百分|千万|万[一分])/;
const HAN = /^\p{Script=Han}/u;
const SPACES = /^ *$/;

const isZero = (token: Token): boolean => token.kind === 'zero' || (token.kind === 'number' && token.value === 0);

/** Whether a number or zero is cut from the word behind it and says nothing by itself. */
export function countsOther(token: Token, after: Token | undefined): boolean {
  if ((token.kind !== 'number' && token.kind !== 'zero') || after?.kind !== 'word' || !SPACES.test(after.gap))
    return false;
  if (IDIOM.test(token.text + after.text)) return true;
  return BARE.test(after.text) || (!isZero(token) && COUNTED.test(after.text) && !ORDINARY.test(after.text));
}

/**
 * Whether in a line that has no room for a reason a bare number runs on into words: 3 外出 may be three who are out.
 * A zero may be followed by a remark unless it is what the zero counts (0 人外出).
 */
export function runsOn(token: Token, before: Token | undefined, after: Token | undefined, form: Form): boolean {
  if ((token.kind !== 'number' && token.kind !== 'zero') || before?.kind === 'label') return false;
  if (after?.kind !== 'word' || !SPACES.test(after.gap) || !HAN.test(after.text)) return false;
  return !isZero(token) || vocabularyOf(form).measureWords.some((word) => after.text.startsWith(word));
}
