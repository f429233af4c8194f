/** One sentence for every way a line can fail to be read: what was wrong and where. */
import type { ParseErrorCode } from '../core/grammar/types.ts';

type Params = Readonly<Record<string, string>>;
type Sentence = (quoted: string, example: string) => string;

const like = (example: string): string => (example === '' ? '' : `,例如:${example}`);

const SENTENCES: Readonly<Record<ParseErrorCode, Sentence>> = {
  'text.too-long': () => '这条消息太长了,没有读,请分成几条发',
  'text.unknown': (q) => `看不懂${q},请核对`,
  'text.question': () => '这一行像是在问问题,没有记;要报请直接写',
  'text.extra': (q) => `后面多了${q}`,
  'text.first': (q) => `${q}请写在最前面,对每一项都算数`,
  'lines.two-commands': () => '一条消息里有两个命令,请分开发',
  'lines.command-below': () => '命令要单独发一条,前面不要带别的话',
  'lines.extra': (q) => `这个命令只要一行,多了${q}`,
  'command.unknown': (q) => (q === '' ? '请写要办的事' : `没有${q}这个命令`),
  'command.typo': (q) => `没有${q}这个命令,可能打错了字`,
  'form.ambiguous': (q) => `请写明是哪张表${q === '' ? '' : `:${q.slice(1, -1)}`}`,
  // A line as the example stands below the sentence anyway.
  'value.missing': (_, e) => `还没有写报什么${e === '' || e.startsWith('/') ? '' : `,没有情况就写 ${e}`}`,
  'value.two': (q) => `写了两个数字${q},不知道用哪个`,
  'value.no-label': (q) => `${q}前面请写明是哪一项`,
  'value.shared': (q) => `${q}写在几个后面,请一个一个写清楚`,
  'field.missing': (q, e) => `还差${q}${e === '' || e.startsWith('/') ? '' : `,没有就写 ${e}`}`,
  'choice.missing': (q) => `还没写${q}是哪一种`,
  'field.wanted': (q, e) => `还差${q}${like(e)}`,
  'field.twice': (q) => `${q}写了两次,不知道用哪个`,
  'field.contradiction': (q) => `${q}前后说法对不上,有数字又说没有`,
  'label.unknown': (q) => `没有${q}这一项,请核对`,
  'label.no-value': (q) => `${q}后面还没有写`,
  'zero.ambiguous': (q) => `${q}有两种读法,请写清楚数字`,
  'number.vague': (q, e) => `${q}不是准确的数,请写一个整数${like(e)}`,
  'number.fraction': (q, e) => `${q}不是整数,请写一个整数${like(e)}`,
  'number.negative': (q, e) => `${q}小于 0,请写 0 到 99999 的整数${like(e)}`,
  'number.range': (q, e) => `${q}太大,请写 0 到 99999 的整数${like(e)}`,
  'number.invalid': (q, e) => `${q}不是能记的数,请写一个整数${like(e)}`,
  'number.letter-o': (q) => `${q}里的字母 O 请改成数字 0`,
  'number.glued': (q) => `${q}里数字和文字连在一起,请用空格分开`,
  'number.unclear': (q) => `${q}里的数字不知道是哪一项的,没有记,请核对`,
  'date.unreal': (q) => `没有${q}这一天,请核对日期再发`,
  'date.future': (q) => `${q}还没有到,请写今天或以前的日期`,
  'date.missing': () => '请写请假的日子',
  'date.past': (q) => `${q}已经过去了,请写今天或以后的日期`,
  'date.too-old': (q) => `${q}离今天超过 31 天,不能再报,请核对日期`,
  'date.two': (q) => `写了两个日期${q},不知道用哪个`,
  'date.order': (q) => `${q}的结束日期在开始之前,请核对日期再发`,
  'date.length': (q) => `${q}的天数不对,请按整天写`,
  'subject.missing': (_, e) => `请写明是哪一个单位${like(e)}`,
  'subject.two': (q) => `${q}不止一个单位,请一行只报一个`,
  'deputy.two': (q) => `${q}不止一个人,请只写一个代的人`,
  'deputy.unclear': (q) => `${q}是代班的人还是请假的人,请写清楚`,
  'code.missing': (_, e) => `请写认领码${like(e)}`,
  'code.invalid': (q, e) => `${q}不是认领码,认领码只有字母和数字${like(e)}`,
  'reading.range': (q, e) => `${q}不在可能的范围里${e === '' ? '' : `(${e})`},没有记,请核对`,
  'reading.decimals': (q, e) => `${q}的小数位太多,没有记${like(e)}`,
  'reading.unclear': (q, e) => `${q}说不准是多少,没有记${like(e)}`,
  'entry.missing': (q, e) => `${q === '' ? '' : `${q}前面`}请写明是谁、哪一户或哪一处${like(e)}`,
  'entry.many': (q) => `${q}一次太多或前后颠倒,请分开写`,
  'entry.two': (q) => `${q}不止一个,请一行写一个`,
  'place.two': (q) => `${q}是两个单位的,请分开发`,
  'state.unknown': (q, e) => `${q === '' ? '请写明改成什么' : `没有${q}这一档`},可以写:${e}`,
  'topic.missing': (_, e) => `请写明查什么${like(e)}`,
  'chain.other': () => '这个接龙没有写是哪张表,没有记',
  'chain.empty': (_, e) => `接龙里没有带序号的行,一行写一个${like(e)}`,
  'chain.no-name': (q) => `${q === '' ? '这一行' : q}没有写是谁的`,
  'chain.unnumbered': (q) => `${q}没有序号,没有记`,
};

/**
 * The sentence for a parse error, without the line to send instead; where there are several readings to choose from,
 * it offers them.
 */
export function parseErrorText(code: ParseErrorCode, params: Params, choices: readonly string[]): string {
  const text = params.text ?? '';
  const sentence = SENTENCES[code](text === '' ? '' : `“${text}”`, params.example ?? '');
  return choices.length === 0 ? `${sentence}。` : `${sentence}。请选一行发:\n${choices.join('\n')}`;
}
