/** Who lives in the county of the kill tests, where they speak, and how their grids are called there. */
import {
  COUNTY_ID,
  countyRows,
  gridId,
  leaderAccount,
  PLATFORM,
  townshipId,
  townshipOf,
  villageGroup,
  villageId,
  villageOf,
} from '../../bench/county.ts';
import { type ChatRef, chatKey } from '../../src/core/chat.ts';

export { COUNTY_ID, gridId, PLATFORM, villageId, villageOf };

const NUMERALS = ['一', '二', '三', '四', '五', '六'] as const;
/** Every third leader reports in private. */
const PRIVATE = 3;

/** A grid as people call it in its village. */
export const gridName = (grid: number): string => `${NUMERALS[grid % NUMERALS.length]}网格`;
/** The grid of a village by that name, or null. */
export function gridNamed(village: number, name: string): number | null {
  const at = NUMERALS.findIndex((numeral) => name === `${numeral}网格`);
  return at < 0 ? null : village * NUMERALS.length + at;
}

export const leaderOf = leaderAccount;
export const secretaryOf = (village: number): string => `pv${village}`;

/** The village of a leader's or a secretary's account. */
export const villageOfSpeaker = (account: string): number =>
  account.startsWith('pv') ? Number(account.slice(2)) : villageOf(Number(account.slice(1)));

/** Where everything about a grid is said: one chat, so that what is said of it has one order. */
export function chatOf(grid: number): ChatRef {
  if (grid % PRIVATE === 0) return { platform: PLATFORM, id: leaderAccount(grid), kind: 'direct' };
  return { platform: PLATFORM, id: villageGroup(villageOf(grid)), kind: 'group' };
}
/** The unit whose group this is, or null. */
export function unitOfChat({ kind, id }: ChatRef): string | null {
  if (kind !== 'group') return null;
  return id === 'gc' ? COUNTY_ID : id.slice(1);
}
/** The village whose group this is, or null. */
export function villageOfChat(chat: ChatRef): number | null {
  const unit = unitOfChat(chat);
  return unit?.startsWith('v') ? Number(unit.slice(1)) : null;
}
export const inboundIdOf = (chat: ChatRef, messageId: string): string => `${chatKey(chat)}:${messageId}`;

/** The unit directly above each unit, of a county with so many grids; the county itself is above nothing. */
export function parents(grids: number): Map<string, string> {
  const above = new Map<string, string>();
  for (let grid = 0; grid < grids; grid += 1) {
    const village = villageOf(grid);
    above.set(gridId(grid), villageId(village));
    above.set(villageId(village), townshipId(townshipOf(village)));
    above.set(townshipId(townshipOf(village)), COUNTY_ID);
  }
  return above;
}

/** The unit of a name directly below another: `t0 林村`. */
export function unitsByName(grids: number): Map<string, string> {
  const named = new Map<string, string>();
  for (const { table, row } of countyRows(grids, '2026-01-01', 0)) {
    if (table === 'unit' && row.parentId !== null) named.set(`${row.parentId} ${row.name}`, row.id);
  }
  return named;
}
