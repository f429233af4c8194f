/** What names somebody is kept for as long as its register or form says, and is gone after it; what is counted stays. */
import { describe, expect, it } from 'vitest';
import type { Write } from '../../../src/core/rows/index.ts';
import type { Store } from '../../../src/store/store.ts';
import { type Bot, startBot } from '../../support/bot.ts';
import { DAILY, playbookOf, TEMPERATURE, unitForm, WATCHED } from '../../support/forms.ts';
import { columnsWith } from '../../support/sqlite.ts';
import { withCommit } from '../../support/with-commit.ts';

const NAME = '王小明';
/** In a register that says nothing of how long. */
const OTHER = '陈大力';
/** Of which names are made. */
const SIGNS = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥梅兰竹菊'];
const VISITED = '赵家奶奶';

const fields = {
  category: { name: '类别', type: 'choice', bare: true, options: ['返乡', '密接'] },
  source: { name: '来源', type: 'text', rest: true },
};

/** Ends on the fourteenth day, 2026-12-07, and keeps names until 30 days after that: 2027-01-06. */
const PLAYBOOK = playbookOf(
  {
    daily: DAILY,
    temperature: {
      ...TEMPERATURE,
      fields: {
        ...(TEMPERATURE.fields as object),
        state: { name: '情况', type: 'choice', options: ['正常', '异样'] },
        remark: { name: '说明', type: 'text', rest: true },
      },
    },
    visit: unitForm('走访', {
      keep: 20,
      fields: {
        found: { name: '发现', type: 'count', required: true, bare: true },
        who: { name: '对象', type: 'person' },
      },
    }),
  },
  {
    watched: { ...WATCHED, fields, lasts: '14d', keep: '30d' },
    shops: {
      ...WATCHED,
      name: '场所',
      aliases: ['场所'],
      add: { aliases: ['加场所'] },
      end: { aliases: ['销场所'] },
      cover: undefined,
    },
  },
);

const LAST_DAY = '+44d';

/** One who is watched, a shop, and a visit, all on the first day; then the clock walks. */
async function told(options: Parameters<typeof startBot>[0] = {}): Promise<Bot> {
  const bot = await startBot({ playbook: PLAYBOOK, ...options });
  await bot.says('张三', '福山地村', `/登记 ${NAME} 返乡 武汉回来`, { at: '08:00' });
  await bot.says('张三', '福山地村', `/加场所 ${OTHER}`);
  // Lines that nothing comes of name them too.
  await bot.says('张三', '福山地村', `/查人 ${NAME}`);
  await bot.says('张三', '福山地村', `/登记 ${NAME} 返乡`);
  await bot.says('张三', '福山地村', `/体温 ${NAME} ${NAME}咳嗽`, { at: '+1d 07:00' });
  await bot.says('张三', '福山地村', `/登记 ${NAME}1 返乡`);
  await bot.says('张三', '福山地村', `/体温 ${NAME} 37.9 异样 ${NAME.slice(0, 1)}某咳嗽`, { at: '+1d 08:00' });
  await bot.says('张三', '福山地村', `/走访 2 对象${VISITED}\n${VISITED}头晕`, { at: '+1d 09:00' });
  return bot;
}

const county = (bot: Bot): string => bot.unitId('巴林左旗');

/** The figures of a period's county, read anew from the store. */
async function figures(bot: Bot, periodId: string): Promise<unknown> {
  const fresh = bot.app.county();
  const record = await bot.store.period(periodId);
  if (record) fresh.remember(record);
  return structuredClone(fresh.book(periodId)?.tally(county(bot)));
}

const erasures = (bot: Bot): Promise<unknown[][]> =>
  bot.rows('SELECT what, sum(entries), sum(reports), sum(messages) FROM erasure GROUP BY what ORDER BY what');

describe('promise 6: what names somebody is erased in its time', () => {
  it('keeps the name of an entry to the last day, and then has it nowhere; what was counted is the same', async () => {
    const bot = await told();
    const period = 'temperature@2026-11-24.1';
    expect(await columnsWith(bot.url, NAME)).toEqual(
      expect.arrayContaining(['entry.name', 'inbound.text', 'outbox.body']),
    );
    const before = await figures(bot, period);
    await bot.walkTo(`${LAST_DAY} 02:59`);
    expect(await bot.rows('SELECT count(*) FROM entry WHERE erased_at IS NULL')).toEqual([[2]]);
    expect(await columnsWith(bot.url, NAME)).toEqual(
      expect.arrayContaining(['entry.name', 'inbound.text', 'outbox.body']),
    );
    await bot.walkTo(`${LAST_DAY} 03:00`);
    expect(await columnsWith(bot.url, NAME)).toEqual([]);
    for (const words of ['武汉', '某咳嗽', VISITED]) expect(await columnsWith(bot.url, words)).toEqual([]);
    expect(bot.app.county().entries.of('watched')).toEqual([
      expect.objectContaining({ name: '', values: {}, coverId: null, erasedAt: bot.moment(`${LAST_DAY} 03:00`) }),
    ]);
    expect(await figures(bot, period)).toEqual(before);
    expect(await erasures(bot)).toEqual([
      ['form:visit', 0, 1, 1],
      ['register:watched', 1, 1, 2],
    ]);
    await bot.restart();
    expect(await figures(bot, period)).toEqual(before);
    await bot.walkTo('+80d 12:00');
    expect(await columnsWith(bot.url, NAME)).toEqual([]);
    // Who is in a register that names no time stays.
    expect(await columnsWith(bot.url, OTHER)).toEqual(expect.arrayContaining(['entry.name', 'inbound.text']));
  });

  it('erases the words of a period when so many days have gone by since it locked, and keeps its counts', async () => {
    const bot = await told();
    const period = 'visit@2026-11-24';
    const before = await figures(bot, period);
    // It locks at noon of the third day: twenty days are over only at noon.
    await bot.walkTo('+22d 12:00');
    expect(await columnsWith(bot.url, VISITED)).toEqual(
      expect.arrayContaining(['inbound.text', 'report.values', 'report.items']),
    );
    await bot.walkTo('+23d 03:00');
    expect(await columnsWith(bot.url, VISITED)).toEqual([]);
    expect(await figures(bot, period)).toEqual(before);
    expect(await columnsWith(bot.url, NAME)).toContain('entry.name');
  });

  it('erases also what was said late of a period that was gone through before', async () => {
    const bot = await told();
    await bot.walkTo('+25d 08:00');
    await bot.says('孙三', '福山地村', `/补报 走访 二网格 11月24日 1 ${VISITED}已住院`);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[3]]);
    expect(await columnsWith(bot.url, VISITED)).toContain('inbound.text');
    await bot.walkTo('+26d 03:00');
    expect(await columnsWith(bot.url, VISITED)).toEqual([]);
  });

  it('is finished by the next start when it was ended half-way, and never by halves', async () => {
    let refused = 0;
    const failing = (store: Store): Store =>
      withCommit(store, async (writes: readonly Write[]) => {
        if (refused < 2 && writes.some(({ table }) => table === 'erasure')) {
          refused += 1;
          throw new Error('as the test says');
        }
        await store.commit(writes);
      });
    const bot = await told({ wrapStore: failing });
    const named = (at: number): string => `${NAME}${SIGNS[Math.floor(at / 10)]}${SIGNS[at % 10]}`;
    await bot.walkTo('+1d 10:00');
    for (let at = 0; at < 250; at += 1)
      await bot.platform.deliver(bot.message('张三', '福山地村', `/登记 ${named(at)} 密接`));
    expect(await bot.rows('SELECT count(*) FROM entry')).toEqual([[252]]);
    refused = 2;
    await bot.walkTo('+45d 02:00');
    expect(await bot.rows("SELECT count(*) FROM entry WHERE name = '' AND erased_at IS NOT NULL")).toEqual([[1]]);
    bot.clock.moveTo(bot.moment('+45d 03:00'));
    // One tick erases one portion.
    await bot.bareApp.tick();
    expect(await bot.rows('SELECT count(*) FROM entry WHERE erased_at IS NOT NULL')).toEqual([[201]]);
    refused = 1;
    await expect(bot.bareApp.tick()).rejects.toThrow();
    expect(await bot.rows('SELECT count(*) FROM entry WHERE erased_at IS NOT NULL')).toEqual([[201]]);
    await bot.kill();
    await bot.start();
    await bot.walkTo('+45d 03:05');
    expect(await columnsWith(bot.url, NAME)).toEqual([]);
    expect(await bot.rows('SELECT sum(entries) FROM erasure')).toEqual([[251]]);
  });
});
