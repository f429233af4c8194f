/** What is said about the tables of registers: what is wrong with one, and what importing it would change. */
import type { Register } from '../core/playbook/index.ts';
import { entryLabel } from '../core/register/entry.ts';
import { changedFields, type EntryChange, type RegisterChange } from '../core/register/table/plan.ts';
import type { RegisterProblem, RegisterProblemCode } from '../core/register/table/problem.ts';
import type { RosterView } from '../core/roster/view.ts';
import type { EntryRow } from '../core/rows/index.ts';
import { addDays } from '../core/time.ts';
import { dayText } from './zh-CN.ts';

type Params = Readonly<Record<string, string>>;
/** A text as nobody can mistake it for more than itself; long ones are cut. */
const shown = (text: string | undefined): string => `“${[...(text ?? '')].slice(0, 30).join('')}”`;
const quoted = (text: string): string => `“${text}”`;
const list = (parts: readonly string[]): string => parts.join('、');

const PROBLEMS = {
  'empty-sheet': () => '表里还没有内容,请从表头下一行开始填写',
  'header-missing': (_, column) => `表头缺少${quoted(column)}一列,请补上`,
  'header-twice': (_, column) => `表头${quoted(column)}的意思和前面一列相同,请只留一列`,
  'unit-missing': (_, column) => `${quoted(column)}是空的,请填上(合并的单元格请取消合并,每行都填)`,
  'unit-unknown': ({ text }) => `花名册里没有${shown(text)},请写成花名册里的名称`,
  'unit-several': ({ text, choices }) => `有几个${shown(text)}:${choices},请把乡镇、村填全`,
  'number-invalid': ({ text }, column) => `${quoted(column)}${shown(text)}看不懂,请写成 12 或 3-1`,
  'number-twice': ({ text, firstRow }) => `编号 ${text} 在第 ${firstRow} 行已经用过,请改一个`,
  'name-missing': (_, column) => `${quoted(column)}是空的,请填上`,
  'name-twice': ({ text, firstRow }) => `${shown(text)}在第 ${firstRow} 行已经写过,请删去一行`,
  'cover-unknown': ({ text }, column) => `花名册里没有${shown(text)},${quoted(column)}请写花名册里一个人的姓名,或留空`,
  'cover-several': ({ text, choices }, column) =>
    `花名册里有几个${shown(text)},${quoted(column)}请写成其中一个:${choices}`,
  required: (_, column) => `${quoted(column)}是空的,新登记的请填上`,
  over: ({ days, since }) => `从 ${since} 算起 ${days} 天已满,请删去这一行`,
  'value-count': ({ text }, column) => `${quoted(column)}${shown(text)}不是数,请写 0 到 99999 的整数`,
  'value-number': ({ text, min, max, decimals }, column) =>
    `${quoted(column)}${shown(text)}不对,请写 ${min} 到 ${max} 的数${decimals === '0' ? '' : `,小数最多 ${decimals} 位`}`,
  'value-choice': ({ text, options }, column) => `${quoted(column)}${shown(text)}不在选项里,请写其中一个:${options}`,
  'value-yesno': ({ text }, column) => `${quoted(column)}${shown(text)}看不懂,请写 是 或 否`,
  'value-date': ({ text }, column) => `${quoted(column)}${shown(text)}不是日期,请写成 2026-12-01`,
  'value-household': ({ text }, column) => `${quoted(column)}${shown(text)}不是户号,请写成 12 或 3-1`,
  'value-plate': ({ text }, column) => `${quoted(column)}${shown(text)}不是车牌,请写成 湘J12345`,
  'too-long': ({ limit }, column) => `${quoted(column)}超过 ${limit} 个字,请写短一些`,
  formula: ({ text }) => `${shown(text)}开头的符号会被表格当成公式,请去掉`,
  'bad-character': (_, column) => `${quoted(column)}里有看不见的符号或乱码,请重新填写这一格`,
} satisfies Record<RegisterProblemCode, (params: Params, column: string) => string>;

/** One thing that is wrong with a register's table, with the row to look at: `第 5 行:…`. */
export function registerProblemText({ row, column, code, params }: RegisterProblem): string {
  const say: (params: Params, column: string) => string = PROBLEMS[code];
  return `第 ${row} 行:${say(params, column ?? '')}`;
}

/** Where the names of a change come from. */
interface Names {
  register: Register;
  view: RosterView;
}

const VERBS = { added: '新增', changed: '更改', ended: '结束' } as const;

/**
 * What an import would change, to be read before it is made: one line of counts, then one line per change, what ends
 * first. At most `limit` changes are written out; the counts name them all.
 */
export function registerChangeLines(change: RegisterChange, names: Names, limit = 40): string[] {
  const { register } = names;
  const count = (kind: EntryChange['kind']): number => change.changes.filter((each) => each.kind === kind).length;
  const counts = (['added', 'changed', 'ended'] as const).map((kind) => `${VERBS[kind]} ${count(kind)}`);
  const lines = (['ended', 'changed', 'added'] as const).flatMap((kind) =>
    change.changes.filter((each) => each.kind === kind).map((each) => changeText(each, names)),
  );
  const rest = lines.length - limit;
  return [
    `${register.name} ${dayText(change.effective)} 起生效(表里有 ${change.units} 个单位,别的不动):${counts.join(',')},不变 ${change.same}`,
    ...lines.slice(0, limit),
    ...(rest > 0 ? [`还有 ${rest} 处变动没有列出`] : []),
  ];
}

function changeText(change: EntryChange, names: Names): string {
  const { kind, before, after } = change;
  const { register, view } = names;
  const label = `${VERBS[kind]} ${view.path(after.unitId)} ${entryLabel(before ?? after, register.measure)}`;
  return kind === 'changed' && before ? `${label}:${differences(change, before, names).join(',')}` : label;
}

function differences(change: EntryChange, before: EntryRow, { register, view }: Names): string[] {
  const { after } = change;
  const who = (id: string | null): string => (id === null ? '无' : view.personLabel(id));
  const said = (value: unknown): string =>
    value === undefined
      ? '无'
      : value === true
        ? '是'
        : value === false
          ? '否'
          : [...String(value)].slice(0, 20).join('');
  return [
    ...(before.name === after.name ? [] : [`${before.name || '无'} → ${after.name}`]),
    ...(before.coverId === after.coverId
      ? []
      : [`${register.cover?.name ?? ''} ${who(before.coverId)} → ${who(after.coverId)}`]),
    ...changedFields(change).map(
      (id) => `${register.fields[id]?.name ?? id} ${said(before.values[id])} → ${said(after.values[id])}`,
    ),
    ...(before.since === after.since ? [] : [`${dayText(before.since)} → ${dayText(after.since)} 起`]),
    ...(before.until === after.until || after.until === null ? [] : [`到${dayText(addDays(after.until, -1))}为止`]),
  ];
}

export const registerText = {
  file: (register: string, path: string) => `${register} ${path}`,
  problems: (count: number) => `共 ${count} 处要改,改好以前一行也不会导入。改好后请再执行一次。`,
  /** Columns that nobody asked for are left out, and said so. */
  notTaken: (heads: readonly string[]) =>
    `这几列不在台账里,没有导入:${list(heads.map((head) => (head === '' ? '(没有表头的列)' : head)))}`,
  same: (register: string) => `和现在的${register}一样,没有要改的。`,
  imported: (register: string, changes: number) =>
    `${register}已导入,改了 ${changes} 处。网格助手不用停,一分钟内自己读新台账。`,
  noRegister: (id: string, known: readonly string[]) =>
    known.length === 0
      ? `预案里没有登记册「${id}」。`
      : `预案里没有登记册「${id}」。请在 --register 后面写其中一个:${known.join(' ')}`,
} as const;
