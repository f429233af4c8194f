/** Single cells of a roster sheet: cleaning, what may not stand in one, and telephone numbers. */
import type { Level } from '../playbook/index.ts';

/** The columns a roster sheet can have; `ignored` ones may stand there and are not read. */
export type Column = Level | 'title' | 'name' | 'phone' | 'ignored';

/** Longest name or title, characters. */
export const LONGEST_CELL = 20;

const HEADERS: ReadonlyMap<string, Column> = new Map<string, Column>(
  Object.entries({
    county: '县 旗 区 市 县区 县市 县市区 县旗区 旗县 旗县区 区县 市县区',
    township: '乡镇 镇 乡 街道 苏木 镇街 乡镇街道 镇街道 镇乡街道 苏木乡镇 苏木镇 乡镇苏木 乡镇苏木街道',
    village: '村 社区 嘎查 村社区 村居 村社 行政村 嘎查村 村嘎查 嘎查社区 村嘎查社区 嘎查村社区',
    grid: '网格 网格名称 所属网格',
    cluster: '联户 联户单元 联户名称 中心户',
    title: '职务 岗位 职位',
    name: '姓名 名字',
    phone: '电话 手机 手机号 手机号码 联系电话 电话号码 联系方式',
    ignored: '序号 编号 备注',
  } satisfies Record<Column, string>).flatMap(([column, names]) =>
    names.split(' ').map((name): [string, Column] => [name, column as Column]),
  ),
);

/** What offices write into a name's cell when nobody holds the post. */
const NOBODY: ReadonlySet<string> = new Set(['', '空缺', '暂缺', '缺', '待定', '无', '-', '/', '—']);

/**
 * The text of a cell as it is kept: full-width forms made plain, invisible characters and the spaces that pad Chinese
 * names (`张　三`) gone. Traditional characters stay as they were written.
 */
export function cleanCell(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim();
}

/** Which column a header names, whatever its brackets, slashes and asterisks; null when it is none that is known. */
export function columnOf(header: string): Column | null {
  return HEADERS.get(cleanCell(header).replace(/[\s()[\]【】/、,*:]/gu, '')) ?? null;
}

/** Whether a name's cell says that nobody holds the post. */
export function saysNobody(cell: string): boolean {
  return NOBODY.has(cell);
}

/** What is wrong with the text of a cleaned cell, apart from its meaning. */
export function faultOf(
  cell: string,
): { code: 'too-long' | 'formula' | 'bad-character'; params: Record<string, string> } | null {
  if ([...cell].length > LONGEST_CELL) return { code: 'too-long', params: { limit: String(LONGEST_CELL) } };
  // A spreadsheet that gets this text back would take it for a formula and run it.
  if (/^[=+\-@]/u.test(cell)) return { code: 'formula', params: { text: cell } };
  // Slashes and @ join names to paths; the others never belong in a name and come from a broken file.
  const [character] = /[/@\p{Cc}\p{Cs}\uFFFD]/u.exec(cell) ?? [];
  if (character === undefined) return null;
  return { code: 'bad-character', params: { character: /[/@]/.test(character) ? character : '' } };
}

/** The digits of a telephone number, mobile or landline, without +86, spaces and hyphens; null when it is none. */
export function readPhone(cell: string): string | null {
  const digits = cell.replace(/[\s\-()]/gu, '').replace(/^(?:\+|00)86/u, '');
  return isMobile(digits) || /^(?:0\d{9,11}|[2-9]\d{6,7})$/.test(digits) ? digits : null;
}

/** Eleven digits that begin as mobile numbers do. */
function isMobile(digits: string): boolean {
  return /^1[3-9]\d{9}$/.test(digits);
}
