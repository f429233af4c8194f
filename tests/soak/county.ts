/** The county of the soak: three villages of four grids, each village with its group. */

import { newRevision } from '../../src/core/meta.ts';
import { put, type TableName, type Tables, type Write } from '../../src/core/rows/index.ts';
import { rosterWrites } from '../../src/sample/install.ts';
import { openStore } from '../../src/store/prisma.ts';

/** Somebody who reports, in the group where they do. Ids are the platform's. */
export interface Reporter {
  account: string;
  name: string;
  group: string;
}

export interface Group {
  id: string;
  title: string;
}

/** How a platform names what comes as number `n`. */
export interface Naming {
  group: (n: number) => string;
  account: (n: number) => string;
}

const VILLAGES = 3;
const GRIDS = 4;

/** Makes the database; who reports, and in which groups. */
export async function foundCounty(
  databaseUrl: string,
  platform: string,
  naming: Naming,
): Promise<{ groups: Group[]; reporters: Reporter[] }> {
  const now = Date.now();
  const plain = rosterWrites(sheet(), now, platform);
  const rows = <T extends TableName>(table: T): Tables[T][] =>
    plain.flatMap((write) => (write.table === table ? [write.row as Tables[T]] : []));
  const groupOf = new Map(rows('binding').map(({ chat }, at) => [chat, naming.group(at + 1)]));
  const accountOf = new Map(rows('account').map(({ id }, at) => [id, naming.account(at + 1)]));
  const renamed = plain.map((write): Write => {
    if (write.table === 'binding') {
      const row = write.row as Tables['binding'];
      return put('binding', { ...row, chat: `${platform}:${groupOf.get(row.chat)}` });
    }
    if (write.table === 'account') {
      const row = write.row as Tables['account'];
      return put('account', { ...row, id: `${platform}:${accountOf.get(row.id)}` });
    }
    return write;
  });
  const store = await openStore({ url: databaseUrl });
  await store.commit([...renamed, newRevision('1')]);
  await store.close();

  const villages = rows('unit').filter(({ level }) => level === 'village');
  const groups = rows('binding').flatMap(({ chat, unitId, title }): (Group & { unitId: string })[] => {
    const id = groupOf.get(chat);
    return id && villages.some((village) => village.id === unitId) ? [{ id, title, unitId }] : [];
  });
  const reporters = rows('unit').flatMap((grid): Reporter[] => {
    if (grid.level !== 'grid') return [];
    const post = rows('post').find(({ unitId }) => unitId === grid.id);
    const holding = rows('holding').find(({ postId }) => postId === post?.id);
    const account = accountOf.get(`${platform}:${holding?.personId}`);
    const group = groups.find(({ unitId }) => unitId === grid.parentId);
    const name = rows('person').find(({ id }) => id === holding?.personId)?.name;
    return account && group && name ? [{ account, name, group: group.id }] : [];
  });
  if (reporters.length !== VILLAGES * GRIDS) throw new Error('the county is not as it should be');
  return { groups: groups.map(({ id, title }) => ({ id, title })), reporters };
}

function sheet(): string[][] {
  const head = ['县', '乡镇', '村', '网格', '职务', '姓名', '电话'];
  const numbers = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '甲', '乙'];
  const leaders = Array.from({ length: VILLAGES * GRIDS }, (_, at) => {
    const village = `${numbers[Math.floor(at / GRIDS)]}号村`;
    return ['巴林左旗', '林东镇', village, `${numbers[at % GRIDS]}网格`, '网格长', `张${numbers[at]}`, ''];
  });
  return [
    head,
    ['巴林左旗', '', '', '', '书记', '赵一', ''],
    ['巴林左旗', '林东镇', '', '', '书记', '钱二', ''],
    ...leaders,
  ];
}
