/** The columns of a register's table: where an entry stands, its number and name, who covers it, and its fields. */
import { normalise } from '../../normalise.ts';
import type { Field, Register } from '../../playbook/index.ts';
import { LEVELS } from '../../playbook/index.ts';
import { columnOf as rosterColumnOf } from '../../roster/cells.ts';

export type UnitLevel = 'county' | 'township' | 'village' | 'grid';

export type RegisterColumn =
  | { kind: 'unit'; level: UnitLevel; head: string }
  | { kind: 'number' | 'name' | 'cover' | 'since' | 'ignored'; head: string }
  | { kind: 'field'; id: string; field: Field; head: string };

/** What the columns are called in a table made by this program; each is read back as what it is. */
export const HEADS = {
  county: '县',
  township: '乡镇',
  village: '村',
  grid: '网格',
  number: '编号',
  household: '户主',
  name: '姓名',
  since: '登记日期',
} as const;

const WORDS = {
  number: '编号 户号 门牌号 门牌 户编号',
  name: '户主 姓名 名称 户主姓名 名字',
  cover: '联系人 包保人 责任人 包联人',
  since: '登记日期 起始日期 开始日期',
  ignored: '序号',
} as const;

const keyOf = (head: string): string =>
  normalise(head)
    .replace(/[\s()[\]【】/、,*:;]/gu, '')
    .toLowerCase();

const isOneOf = (words: string, key: string): boolean => words.split(' ').includes(key);

/** The levels whose names lead to a unit of the register, from the top. */
export function levelsOf({ of }: Pick<Register, 'of'>): UnitLevel[] {
  return LEVELS.slice(0, LEVELS.indexOf(of) + 1) as UnitLevel[];
}

/**
 * Which column a head names, whatever its brackets, slashes and asterisks: what the playbook calls a field goes before
 * what tables commonly call a name or a number. Null when it is none of this register.
 */
export function columnOf(head: string, register: Register): RegisterColumn | null {
  const key = keyOf(head);
  if (key === '') return null;
  const level = levelsOf(register).find((each) => each === rosterColumnOf(head));
  if (level) return { kind: 'unit', level, head };
  if (register.cover && key === keyOf(register.cover.name)) return { kind: 'cover', head };
  const field = Object.entries(register.fields).find(([, { name, aliases }]) =>
    [name, ...aliases].some((word) => keyOf(word) === key),
  );
  if (field) return { kind: 'field', id: field[0], field: field[1], head };
  if (isOneOf(WORDS.number, key)) return register.numbered ? { kind: 'number', head } : null;
  if (isOneOf(WORDS.name, key)) return { kind: 'name', head };
  if (isOneOf(WORDS.cover, key)) return register.cover ? { kind: 'cover', head } : null;
  if (isOneOf(WORDS.since, key)) return { kind: 'since', head };
  return isOneOf(WORDS.ignored, key) ? { kind: 'ignored', head } : null;
}

/** What two columns of one table may not share. */
export function columnKey(column: RegisterColumn): string {
  return column.kind === 'unit' ? column.level : column.kind === 'field' ? `field ${column.id}` : column.kind;
}
