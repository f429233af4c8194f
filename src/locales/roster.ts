/** What is said about roster files: what is wrong with one, and what importing it would change. */
import type { Column } from '../core/roster/cells.ts';
import type { RosterChange, RosterEntry } from '../core/roster/change.ts';
import type { RosterFileErrorCode, RosterProblem, RosterProblemCode } from '../core/roster/plan.ts';
import type { CivilDate } from '../core/time.ts';
import { dayText } from './zh-CN.ts';

/** The columns as the template of a roster heads them. */
export const ROSTER_COLUMNS = {
  county: '县',
  township: '乡镇',
  village: '村',
  grid: '网格',
  cluster: '联户',
  title: '职务',
  name: '姓名',
  phone: '电话',
  ignored: '备注',
} as const satisfies Record<Column, string>;

type Params = Readonly<Record<string, string>>;
const quoted = (text: string | undefined): string => `“${text ?? ''}”`;
/** A text as nobody can mistake it for more than itself; long ones are cut. */
const shown = (text: string | undefined): string => quoted([...(text ?? '')].slice(0, 30).join(''));

const PROBLEMS = {
  'empty-sheet': () => '表里还没有人员,请从表头下一行开始填写',
  'header-missing': (_, column) => `表头缺少${quoted(column)}一列,请补上`,
  'header-unknown': ({ header, position }) =>
    header
      ? `表头${shown(header)}(第 ${position} 列)不在花名册的列里,请改名或删去这一列`
      : `第 ${position} 列有内容,但表头是空的,请写上列名或删去这一列`,
  'header-twice': (_, column) => `表头${quoted(column)}出现了不止一次,请只留一列`,
  'level-missing': (_, column) => `${quoted(column)}是空的,请填上它的名称`,
  'county-several': ({ county, first, firstRow }) =>
    `这里写的是${shown(county)},第 ${firstRow} 行写的是${shown(first)};一份花名册只写一个县`,
  'title-missing': () => '职务是空的,请填写,例如 网格长',
  'too-long': ({ limit }, column) => `${quoted(column)}超过 ${limit} 个字,请写短一些`,
  formula: ({ text }) => `${shown(text)}开头的符号会被表格当成公式,请去掉`,
  'bad-character': ({ character }, column) =>
    character
      ? `${quoted(column)}里不能有 ${character} 这个符号,请去掉`
      : `${quoted(column)}里有看不见的符号或乱码,请重新填写这一格`,
  'phone-malformed': ({ phone }) => `电话${shown(phone)}不像完整的号码,请填 11 位手机号,或留空`,
  'phone-without-name': () => '有电话,没有姓名;请补上姓名,岗位空缺时电话也请留空',
  'post-twice': ({ name, title, firstRow }) => `${shown(name)}的${title}在第 ${firstRow} 行已经写过,请删去一行`,
  'person-unclear': ({ name }) => `这里有不止一位${shown(name)},请填上电话,好分清是哪一位`,
} satisfies Record<RosterProblemCode, (params: Params, column: string) => string>;

/** One thing that is wrong with a roster, with the row to look at: `第 5 行:…`. */
export function rosterProblemText({ row, column, code, params }: RosterProblem): string {
  const say: (params: Params, column: string) => string = PROBLEMS[code];
  return `第 ${row} 行:${say(params, column === null ? '' : ROSTER_COLUMNS[column])}`;
}

const FILE_ERRORS = {
  missing: '打不开这个文件,请核对文件的位置和名称',
  'too-large': '文件超过 20 MB,请只保留花名册一张表再试',
  'old-excel': '这是旧版 Excel(或加了密码)的文件,请另存为 xlsx 或 CSV 再试',
  'unknown-kind': '只能读 xlsx 和 CSV 文件,请另存为其中一种再试',
  corrupt: '文件不完整或已损坏,请重新保存一份再试',
  encoding: '文字编码认不出来,请另存为 UTF-8 的 CSV 或 xlsx 再试',
} as const satisfies Record<RosterFileErrorCode, string>;

/** Why a file could not be read at all; `line` where the trouble has a place. */
export function rosterFileErrorText(code: RosterFileErrorCode, line: number | null = null): string {
  return line === null ? FILE_ERRORS[code] : `第 ${line} 行附近:${FILE_ERRORS[code]}`;
}

/** Why an import cannot take effect on the day asked for. */
export function rosterOrderText(latest: CivilDate): string {
  return `花名册已记有 ${dayText(latest)} 的变动,生效日期请定在这一天或以后`;
}

const holder = (name: string | null): string => name ?? '空缺';
/** Enough of a number to recognise it by. */
const tail = (phone: string | null): string => (phone === null ? '无' : `尾号 ${phone.slice(-4)}`);

function entryText(entry: RosterEntry, kind: 'added' | 'removed' | 'changed'): string {
  const { path, from, to } = entry;
  switch (entry.what) {
    case 'unit':
      return `${kind === 'added' ? '新增' : '撤销'} ${path}`;
    case 'post':
      return `${kind === 'added' ? '新增岗位' : '撤销岗位'} ${path} ${entry.title}:${holder(kind === 'added' ? to : from)}`;
    case 'holder':
      return `换人 ${path} ${entry.title}:${holder(from)} → ${holder(to)}`;
    case 'phone':
      return `换号 ${path} ${entry.name}:${tail(from)} → ${tail(to)}`;
  }
}

/**
 * What an import would change, to be read before it is made: one line of counts, then one line per change, the
 * removals first. At most `limit` changes are written out; the counts name them all.
 */
export function rosterChangeLines(change: RosterChange, limit = 40): string[] {
  const { counts, effective, added, removed, changed } = change;
  const parts = [
    [counts.unit.added, '新增单位'],
    [counts.unit.removed, '撤销单位'],
    [counts.post.added, '新增岗位'],
    [counts.post.removed, '撤销岗位'],
    [counts.holder.added + counts.holder.removed + counts.holder.changed, '换人'],
    [counts.phone.changed, '换号'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${what} ${number}`);
  if (said.length === 0) return ['与现有花名册一致,没有变动'];
  const lines = [
    ...removed.map((entry) => entryText(entry, 'removed')),
    ...changed.map((entry) => entryText(entry, 'changed')),
    ...added.map((entry) => entryText(entry, 'added')),
  ];
  const rest = lines.length - limit;
  return [
    `${dayText(effective)} 起生效:${said.join(',')}`,
    ...lines.slice(0, limit),
    ...(rest > 0 ? [`还有 ${rest} 处变动没有列出`] : []),
  ];
}
