import { describe, expect, it } from 'vitest';
import type { Bot } from '../../support/bot.ts';
import { sayAll, startWithRegisters } from './county.ts';

/** The days, from the first on, on which somebody was expected to be measured, and in how many sessions. */
async function sessionsPerDay(bot: Bot, entryId: string): Promise<Record<string, number>> {
  const rows = await bot.rows(`SELECT period_id FROM obligation WHERE subject_id = '${entryId}' ORDER BY period_id`);
  const days: Record<string, number> = {};
  for (const [periodId] of rows) {
    const day = String(periodId).slice('temperature@'.length).slice(0, 10);
    days[day] = (days[day] ?? 0) + 1;
  }
  return days;
}

const entryOf = (bot: Bot, name: string) => {
  const [entry, ...more] = bot.app
    .county()
    .entries.of('watched')
    .filter((each) => each.name === name);
  if (!entry || more.length > 0) throw new Error(`${name} is not one entry`);
  return entry;
};

describe('somebody watched for 14 days', () => {
  it('is expected twice a day from the next session on, and on the 15th day no more', async () => {
    const bot = await startWithRegisters();
    const [added] = await bot.says('张三', '福山地村', '/登记 王小二 返乡 武汉回来');
    expect(added).toBe('✅ 一网格重点人员已登记:王小二(返乡),到12月6日为止。');
    await bot.walkTo('+16d 20:00');
    const days = await sessionsPerDay(bot, entryOf(bot, '王小二').id);
    expect(days['2026-11-23']).toBe(1);
    expect(days['2026-11-24']).toBe(2);
    expect(days['2026-12-06']).toBe(2);
    expect(Object.keys(days)).toHaveLength(14);
    const [answer] = await bot.says('张三', '福山地村', '/体温 王小二 36.5');
    expect(answer).toContain('没有「王小二」');
  }, 30_000);

  it('may be measured in the session that runs already, which counts', async () => {
    const bot = await startWithRegisters();
    await bot.says('张三', '福山地村', '/登记 王小二 返乡');
    const [answer] = await bot.says('张三', '福山地村', '/体温 王小二 36.5');
    expect(answer).toContain('体温已收:王小二 体温36.5度(1/1)');
  });

  it('is watched from the day that was named, before or behind the name', async () => {
    const bot = await startWithRegisters();
    const [behind] = await bot.says('张三', '福山地村', '/登记 王小二 返乡 11月20日 武汉回来');
    expect(behind).toBe('✅ 一网格重点人员已登记:王小二(返乡),到12月3日为止。');
    expect(entryOf(bot, '王小二')).toMatchObject({ since: '2026-11-20', until: '2026-12-04' });
    expect(entryOf(bot, '王小二').values).toEqual({ category: '返乡', source: '武汉回来' });
    const [before] = await bot.says('张三', '福山地村', '/登记 昨天 刘大 密接');
    expect(before).toContain('到12月5日为止');
  });

  it('is not taken in without the kind, which is asked for with lines that keep the name', async () => {
    const bot = await startWithRegisters();
    const [asked = ''] = await bot.says('张三', '福山地村', '/登记 王小二');
    const [head, ...lines] = asked.split('\n');
    expect(head).toBe('还没写“类别”是哪一种。请选一行发:');
    expect(lines).toEqual(['/登记 王小二 返乡', '/登记 王小二 密接', '/登记 王小二 发热', '/登记 王小二 其他']);
    expect((await bot.says('张三', '福山地村', lines[1] ?? ''))[0]).toContain('王小二(密接)');
  });

  it('is not taken in when the time is over already', async () => {
    const bot = await startWithRegisters();
    const [answer] = await bot.says('张三', '福山地村', '/登记 王小二 返乡 11月1日');
    expect(answer).toBe('「王小二」从那天算起,到11月14日已经期满,不用登记。');
    expect(bot.app.county().entries.of('watched')).toEqual([]);
  });

  it('is let go today: what is open is owed no more, what was missed stays missed', async () => {
    const bot = await startWithRegisters();
    await bot.says('张三', '福山地村', '/登记 王小二 返乡');
    await bot.walkTo('+1d 12:30');
    await bot.says('张三', '福山地村', '/解除 王小二 转走', { at: '+2d 07:00' });
    await bot.walkTo('+2d 20:00');
    const { id } = entryOf(bot, '王小二');
    const states = bot.app
      .county()
      .books()
      .flatMap((book) => (book.due(id) ? `${book.period.key} ${book.due(id)?.standing.state}` : []));
    expect(states).toEqual([
      '2026-11-23.2 missing',
      '2026-11-24.1 missing',
      '2026-11-24.2 missing',
      '2026-11-25.1 exempt',
    ]);
    const reminders = bot.heard('福山地村').filter(({ text }) => /^⏰ 11月25日早?晚?体温/.test(text));
    expect(reminders).toEqual([]);
  });

  it('is let go once: the second time there is nobody of that name', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, [
      ['张三', '福山地村', '/登记 王小二 返乡'],
      ['张三', '福山地村', '/解除 王小二'],
    ]);
    const [again] = await bot.says('张三', '福山地村', '/解除 王小二');
    expect(again).toContain('没有「王小二」');
  });

  it('may be taken in again after it was let go, for 14 days from then on', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, [
      ['张三', '福山地村', '/登记 王小二 返乡'],
      ['张三', '福山地村', '/解除 王小二'],
    ]);
    const [again] = await bot.says('张三', '福山地村', '/登记 王小二 密接', { at: '+1d 08:00' });
    expect(again).toContain('到12月7日为止');
  });
});

describe('somebody who is in the register already', () => {
  it('is not taken in twice', async () => {
    const bot = await startWithRegisters();
    await bot.says('张三', '福山地村', '/登记 王小二 返乡');
    const [again] = await bot.says('张三', '福山地村', '/登记 王小二 返乡');
    expect(again).toBe('「王小二」已经在一网格的重点人员里了,不用再登记。');
    expect(bot.app.county().entries.of('watched')).toHaveLength(1);
  });

  it('is not taken in twice by two lines of one message', async () => {
    const bot = await startWithRegisters();
    const [answer] = await bot.says('张三', '福山地村', '/登记 王小二 返乡\n王小二 密接\n刘大 密接');
    expect(answer).toBe(
      '✅ 一网格重点人员已登记:王小二(返乡)、刘大(密接),到12月6日为止。\n「王小二」已经在一网格的重点人员里了,不用再登记。',
    );
  });

  it('is changed by the same word with other values, and what was said before is kept', async () => {
    const bot = await startWithRegisters();
    await bot.says('张三', '福山地村', '/登记 王小二 返乡 武汉回来');
    const [answer] = await bot.says('孙三', '福山地村', '/登记 一网格 王小二 密接');
    expect(answer).toBe('✅ 王小二 已改:类别:密接。');
    const entry = entryOf(bot, '王小二');
    expect(entry.values).toEqual({ category: '密接', source: '武汉回来' });
    expect(entry.until).toBe('2026-12-07');
    const events = bot.app.county().entries.events(entry.id);
    expect(events.map(({ kind, values, personId }) => [kind, values, personId])).toEqual([
      ['added', { category: '返乡', source: '武汉回来' }, bot.personId('张三')],
      ['changed', { category: '密接' }, bot.personId('孙三')],
    ]);
  });

  it('is watched from another day when one is named', async () => {
    const bot = await startWithRegisters();
    await bot.says('张三', '福山地村', '/登记 王小二 返乡');
    const [answer] = await bot.says('张三', '福山地村', '/登记 王小二 返乡 11月20日');
    expect(answer).toBe('✅ 王小二 已改,到12月3日为止。');
  });

  it('is not changed by the neighbour grid’s leader', async () => {
    const bot = await startWithRegisters();
    await bot.says('张三', '福山地村', '/登记 王小二 返乡');
    const [answer] = await bot.says('李四', '福山地村', '/登记 一网格 王小二 密接');
    expect(answer).toContain('要由一网格的人或上级来发');
    expect(entryOf(bot, '王小二').values).toEqual({ category: '返乡' });
  });

  it('of a numbered register keeps its name: a number that was given already is asked about', async () => {
    const bot = await startWithRegisters();
    await bot.says('张三', '福山地村', '/加户 1 张大爷 人口3');
    const [other] = await bot.says('张三', '福山地村', '/加户 1 李大娘 人口2');
    expect(other).toBe('1户已经是张大爷,没有改。新的请换一个编号,或不写编号,再发一次。');
    const [same] = await bot.says('张三', '福山地村', '/加户 1 张大爷 人口4');
    expect(same).toBe('✅ 1户张大爷 已改:人口4。');
  });
});

describe('two people of one name in two grids', () => {
  const TWO = [
    ['张三', '福山地村', '/登记 王小二 返乡'],
    ['李四', '福山地村', '/登记 王小二 密接'],
  ] as const;

  it('are each the one of who reports of them', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, TWO);
    expect(await bot.says('李四', '福山地村', '/体温 王小二 36.5')).toEqual([
      expect.stringContaining('✅ 二网格 11月23日早 体温已收:王小二'),
    ]);
  });

  it.each([
    ['/体温 王小二 36.5', '体温 ', /^✅ 二网格 11月23日早 体温已收:王小二 体温36\.5度\(1\/1\)$/],
    ['/补报 体温 今天 王小二 36.5 停电', '补报 体温 ', /体温已收:王小二/],
    ['/查人 王小二', '人员 ', /^王小二 二网格\n类别:密接/],
    ['/解除 王小二 转走', '解除 ', /王小二 已结束/],
  ])(
    'are asked about where both may be meant: %s, with lines that can be sent as they are',
    async (line, word, hears) => {
      const bot = await startWithRegisters();
      await sayAll(bot, TWO);
      const [asked = ''] = await bot.says('孙三', '福山地村', line);
      const [head, first = '', second = '', ...more] = asked.split('\n');
      expect([head, more]).toEqual(['有几个「王小二」,请选一行发:', []]);
      expect(first.startsWith(`/${word}一网格 王小二`)).toBe(true);
      const [answer] = await bot.says('孙三', '福山地村', second);
      expect(answer).toMatch(hears);
    },
  );
});
