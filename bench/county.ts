/**
 * Counties of any size, shaped like a real one: six grids to a village, fifteen villages to a township. Made, not
 * random: the same size is the same county.
 */
import { newRevision } from '../src/core/meta.ts';
import { put, type Write } from '../src/core/rows/index.ts';
import type { CivilDate, Instant } from '../src/core/time.ts';
import type { Store } from '../src/store/store.ts';

/** The platform all its groups are on. */
export const PLATFORM = 'bench';

const GRIDS_PER_VILLAGE = 6;
const VILLAGES_PER_TOWNSHIP = 15;
/** Rows handed to the store at once. */
const ROWS_PER_COMMIT = 20_000;

const NUMERALS = ['一', '二', '三', '四', '五', '六'];
const SYLLABLES = [...'林福山地新庄东西南北河清水安平和兴旺丰泰康宁永吉祥云石桥头湾岭坡沟塘堰坝'];
const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高罗郑'];

/** Ids by number, so that a load can be made without holding a list of anything. */
export const gridId = (grid: number): string => `g${grid}`;
export const villageOf = (grid: number): number => Math.floor(grid / GRIDS_PER_VILLAGE);
export const townshipOf = (village: number): number => Math.floor(village / VILLAGES_PER_TOWNSHIP);
export const villageId = (village: number): string => `v${village}`;
export const townshipId = (township: number): string => `t${township}`;
export const COUNTY_ID = 'county';
/** The platform's id of a grid leader, and of a village's group. */
export const leaderAccount = (grid: number): string => `p${grid}`;
export const villageGroup = (village: number): string => `gv${village}`;

const spelled = (count: number, signs: readonly string[]): string => {
  let text = '';
  for (let rest = count; text === '' || rest > 0; rest = Math.floor(rest / signs.length)) {
    text += signs[rest % signs.length] ?? '';
  }
  return text;
};
const personName = (at: number): string =>
  `${SURNAMES[at % SURNAMES.length]}${spelled(Math.floor(at / SURNAMES.length), SYLLABLES)}`;

/** Every row of a county of so many grids, parents before children. */
export function* countyRows(grids: number, day: CivilDate, now: Instant): Generator<Write> {
  const since = { since: day, until: null };
  const seat = function* (unitId: string, title: string, person: string, name: string): Generator<Write> {
    yield put('person', { id: person, name, phone: null });
    yield put('post', { id: `post-${unitId}`, unitId, title, ...since });
    yield put('holding', { id: `holding-${unitId}`, postId: `post-${unitId}`, personId: person, ...since });
    const id = `${PLATFORM}:${person}`;
    yield put('account', { id, personId: person, displayName: name, claimedAt: now, releasedAt: null });
  };
  const group = (unitId: string, chat: string, title: string): Write =>
    put('binding', {
      id: `binding-${unitId}`,
      chat: `${PLATFORM}:${chat}`,
      unitId,
      title,
      boundBy: null,
      boundAt: now,
      releasedAt: null,
    });
  const villages = Math.ceil(grids / GRIDS_PER_VILLAGE);
  const townships = Math.ceil(villages / VILLAGES_PER_TOWNSHIP);
  yield put('unit', { id: COUNTY_ID, parentId: null, level: 'county', name: '平安县', ...since });
  yield* seat(COUNTY_ID, '县防控办主任', 'pc', '赵县长');
  yield group(COUNTY_ID, 'gc', '平安县工作群');
  for (let t = 0; t < townships; t++) {
    const name = `${spelled(t, SYLLABLES)}镇`;
    yield put('unit', { id: townshipId(t), parentId: COUNTY_ID, level: 'township', name, ...since });
    yield* seat(townshipId(t), '书记', `pt${t}`, personName(t));
    yield group(townshipId(t), `gt${t}`, `${name}工作群`);
  }
  for (let v = 0; v < villages; v++) {
    const name = `${spelled(v, SYLLABLES)}村`;
    yield put('unit', { id: villageId(v), parentId: townshipId(townshipOf(v)), level: 'village', name, ...since });
    yield* seat(villageId(v), '书记', `pv${v}`, personName(townships + v));
    yield group(villageId(v), villageGroup(v), `${name}网格群`);
  }
  for (let g = 0; g < grids; g++) {
    const name = `${NUMERALS[g % GRIDS_PER_VILLAGE]}网格`;
    yield put('unit', { id: gridId(g), parentId: villageId(villageOf(g)), level: 'grid', name, ...since });
    yield* seat(gridId(g), '网格长', leaderAccount(g), personName(townships + villages + g));
  }
}

/** Writes a county into an empty store. */
export function installCounty(store: Store, grids: number, day: CivilDate, now: Instant): Promise<void> {
  return installRows(store, grids, countyRows(grids, day, now));
}

/** Writes the rows of a county, and whatever follows them, into an empty store. */
export async function installRows(
  store: Store,
  grids: number,
  writes: Iterable<Write>,
  onProgress: (rows: number) => void = () => undefined,
): Promise<void> {
  let rows: Write[] = [];
  const flush = async (): Promise<void> => {
    await store.commit(rows);
    onProgress(rows.length);
    rows = [];
  };
  for (const row of writes) {
    if (rows.push(row) >= ROWS_PER_COMMIT) await flush();
  }
  rows.push(newRevision(`bench ${grids}`));
  await flush();
}
