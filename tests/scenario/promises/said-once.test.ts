/** One person, several posts, several forms over one grid: what was said in one of them is asked in none of the others. */
import { describe, expect, it } from 'vitest';
import { type Bot, type BotOptions, startBot } from '../../support/bot.ts';
import { playbookOf, THREE_NETS } from '../../support/overlapping-forms.ts';

/** 张三 is grid leader and fire watch of one grid. */
const MANY_NETS = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,张三,13800000001
巴林左旗,林东镇,福山地村,一网格,消防员,张三,13800000001
巴林左旗,林东镇,福山地村,二网格,网格长,李四,
`;

const startNets = (options: BotOptions = {}): Promise<Bot> =>
  startBot({ roster: MANY_NETS, playbook: playbookOf(THREE_NETS), ...options });

const tell = (bot: Bot, text: string, at: string) => bot.says('张三', '福山地村', text, { at });

const standing = (bot: Bot, form: string, grid = '福山地村/一网格') =>
  bot.app.county().book(`${form}@2026-11-23`)?.due(bot.unitId(grid))?.standing;

/** What each form stands at for the first grid: its values, or its state. */
const stands = (bot: Bot): unknown[] =>
  ['party', 'flood', 'fire'].map((form) => standing(bot, form)?.current?.values ?? standing(bot, form)?.state);

const reminders = (bot: Bot): string[] =>
  bot.heard('福山地村').flatMap(({ text }) => (text.startsWith('⏰') ? [text] : []));

describe('three nets over one grid', () => {
  it('are answered by one line, and its receipt says which', async () => {
    const bot = await startNets();
    expect(await tell(bot, '/党建日报 30 隐患2', '09:00')).toEqual([
      '✅ 一网格 11月23日 党建日报已收 09:00 在家30 隐患2(1/2),同时填好:防汛日报、消防日报',
    ]);
    expect(stands(bot)).toEqual([{ people: 30, hazards: 2 }, { home: 30 }, { present: 30, risks: 2 }]);
    expect(
      await bot.rows('SELECT via, count(*), count(DISTINCT message) FROM report GROUP BY via ORDER BY via'),
    ).toEqual([
      ['filled', 2, 1],
      ['self', 1, 1],
    ]);
  });

  it('remind nobody of what is known', async () => {
    const bot = await startNets();
    await tell(bot, '/党建日报 30 隐患2', '09:00');
    await bot.says('李四', '福山地村', '/防汛日报 12', { at: '09:05' });
    await bot.walkTo('17:10');
    const [only, ...more] = reminders(bot);
    expect(more).toEqual([]);
    expect(only).toMatch(/^⏰ 11月23日消防日报还差 1 个.*\n二网格/);
  });

  it('say nothing of other forms where nothing is filled', async () => {
    const bot = await startNets();
    await bot.says('李四', '福山地村', '/消防日报 在家12 隐患0', { at: '09:00' });
    expect(await bot.says('李四', '福山地村', '/防汛日报 12', { at: '09:05' })).toEqual([
      '✅ 二网格 11月23日 防汛日报已收 09:05 在家12(1/2)',
    ]);
    const kept = await bot.rows(`SELECT body FROM outbox WHERE kind = 'receipt' ORDER BY created_at`);
    expect(String(kept.at(-1)?.[0])).not.toMatch(/alsoFills|stillOwed/);
  });

  it('follow a correction, and say which', async () => {
    const bot = await startNets();
    await tell(bot, '/党建日报 30 隐患2', '09:00');
    expect(await tell(bot, '/更正 党建日报 28 隐患2', '10:00')).toEqual([
      expect.stringMatching(/党建日报已更正.*,同时填好:防汛日报、消防日报$/),
    ]);
    expect(stands(bot)).toEqual([{ people: 28, hazards: 2 }, { home: 28 }, { present: 28, risks: 2 }]);
    expect(await tell(bot, '/更正 党建日报 28', '10:10')).toEqual([expect.stringMatching(/,还要另报:消防日报$/)]);
    expect(stands(bot)).toEqual([{ people: 28 }, { home: 28 }, 'missing']);
  });

  it('are taken back together, and are owed again', async () => {
    const bot = await startNets();
    await tell(bot, '/党建日报 30 隐患2', '09:00');
    expect(await tell(bot, '/撤回 党建日报', '09:10')).toEqual([
      expect.stringContaining('党建日报已撤回,同时填的防汛日报、消防日报也一起撤回。要重新报,请发:/党建日报'),
    ]);
    expect(stands(bot)).toEqual(['missing', 'missing', 'missing']);
    await bot.walkTo('17:10');
    expect(reminders(bot)).toHaveLength(3);
  });

  it('leave alone what was reported by hand, before and after', async () => {
    const bot = await startNets();
    await tell(bot, '/防汛日报 25', '08:00');
    expect(standing(bot, 'party')?.current?.via).toBe('filled');
    expect(await tell(bot, '/党建日报 30 隐患2', '09:00')).toEqual([expect.stringMatching(/,同时填好:消防日报$/)]);
    await tell(bot, '/消防日报 在家29 隐患1', '09:10');
    await tell(bot, '/更正 党建日报 31 隐患3', '09:20');
    expect(stands(bot)).toEqual([{ people: 31, hazards: 3 }, { home: 25 }, { present: 29, risks: 1 }]);
    await tell(bot, '/撤回 党建日报', '09:30');
    expect(stands(bot)).toEqual(['missing', { home: 25 }, { present: 29, risks: 1 }]);
  });

  it('are late by the moment at which the message was sent, not by when it came', async () => {
    const bot = await startNets();
    await bot.says('张三', '福山地村', '/党建日报 30 隐患2', { at: '18:20', sentAt: '17:59' });
    await bot.says('李四', '福山地村', '/党建日报 12 隐患0', { at: '18:21' });
    expect([standing(bot, 'fire')?.state, standing(bot, 'fire', '福山地村/二网格')?.state]).toEqual([
      'reported',
      'late',
    ]);
  });

  it('are changed once by an edit, however often it is delivered', async () => {
    const bot = await startNets();
    await bot.says('张三', '福山地村', '/党建日报 30 隐患2', { at: '09:00', id: 'm1' });
    const edit = { id: 'm1', change: 'edited', changeId: 'u1', originAt: '09:00' } as const;
    for (const at of ['09:05', '09:06', '09:07']) {
      await bot.says('张三', '福山地村', '/党建日报 31 隐患2', { at, ...edit });
    }
    expect(stands(bot)).toEqual([{ people: 31, hazards: 2 }, { home: 31 }, { present: 31, risks: 2 }]);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[6]]);
  });

  it('stand as they stood when the bot is started again', async () => {
    const bot = await startNets();
    await tell(bot, '/党建日报 30 隐患2', '09:00');
    await tell(bot, '/消防日报 在家29 隐患1', '09:10');
    const before = stands(bot);
    await bot.restart();
    expect(stands(bot)).toEqual(before);
    await tell(bot, '/更正 党建日报 28 隐患2', '10:00');
    expect(stands(bot)).toEqual([{ people: 28, hazards: 2 }, { home: 28 }, { present: 29, risks: 1 }]);
  });

  it('are filled on a day of long ago while it is not locked', async () => {
    const lasting = Object.fromEntries(
      Object.entries(THREE_NETS).map(([id, form]) => [id, { ...form, locks: '+30d 12:00', ladder: [] }]),
    );
    const bot = await startNets({ start: '2026-11-01T07:00:00+08:00', playbook: playbookOf(lasting) });
    await tell(bot, '/消防日报 在家10 隐患0', '10:00');
    await bot.stop();
    bot.clock.moveTo(bot.moment('+20d 08:00'));
    await bot.start();
    await bot.app.tick();
    expect(await tell(bot, '/补报 11月1日 党建日报 30 隐患2', '+20d 08:05')).toEqual([
      expect.stringMatching(/^✅ 一网格 11月1日 党建日报已更正 .*,同时填好:防汛日报$/),
    ]);
  });
});

describe('what follows from a form that was filled', () => {
  it('is a table that counts it, and one line where a gap was shown that is closed now', async () => {
    const bot = await startNets();
    await bot.says('李四', '福山地村', '/党建日报 12 隐患0', { at: '09:00' });
    await bot.walkTo('18:31');
    const tables = (group: string): string[] => bot.heard(group).map(({ text }) => text);
    expect(tables('林东镇')).toContainEqual(expect.stringMatching(/消防日报[\s\S]*未齐:\n福山地村 1\/2/));
    await tell(bot, '/党建日报 30 隐患2', '18:40');
    await bot.walkTo('18:50');
    const madeGood = tables('林东镇').filter((text) => text.includes('已补齐'));
    expect(madeGood).toEqual([
      '✅ 11月23日党建日报已补齐:福山地村 2/2',
      '✅ 11月23日防汛日报已补齐:福山地村 2/2',
      '✅ 11月23日消防日报已补齐:福山地村 2/2',
    ]);
    const [table] = await bot.says('孙三', '福山地村', '/汇总 消防日报');
    expect(table).toMatch(/按时1 迟报1/);
    expect(table).toMatch(/在家42 隐患2/);
  });
});

describe('several who report at once', () => {
  it('are answered in one line where they fill the same forms', async () => {
    const bot = await startNets({ pace: { gatherMs: 2_000 } });
    for (const who of ['张三', '李四']) {
      await bot.platform.deliver(bot.message(who, '福山地村', '/党建日报 0 隐患0'));
    }
    await bot.walkTo('07:01');
    expect(bot.heard('福山地村').map(({ text }) => text)).toEqual([
      '✅ 一网格、二网格 11月23日 零报告已收 07:00(2/2),同时填好:防汛日报、消防日报',
    ]);
  });

  it('are answered in lines of their own where they fill different forms', async () => {
    const bot = await startNets({ pace: { gatherMs: 2_000 } });
    await bot.says('孙三', '福山地村', '/免报 消防日报 二网格 今天 停用');
    await bot.walkTo('07:05');
    for (const who of ['张三', '李四']) {
      await bot.platform.deliver(bot.message(who, '福山地村', '/党建日报 0 隐患0'));
    }
    await bot.walkTo('07:06');
    const [, ...answers] = bot.heard('福山地村').map(({ text }) => text);
    expect(answers.join('\n').split('\n')).toEqual([
      expect.stringMatching(/^✅ 一网格 .*,同时填好:防汛日报、消防日报$/),
      expect.stringMatching(/^✅ 二网格 .*,同时填好:防汛日报$/),
    ]);
  });

  it('as a pasted chain fill them for each grid', async () => {
    const bot = await startNets();
    expect(
      await bot.says('孙三', '福山地村', '#接龙 党建日报\n1. 一网格 3 隐患1\n2. 二网格 4 隐患0', { at: '09:00' }),
    ).toEqual([expect.stringContaining('同时填好:防汛日报、消防日报')]);
    expect([standing(bot, 'fire')?.current?.values, standing(bot, 'fire', '福山地村/二网格')?.current?.values]).toEqual(
      [
        { present: 3, risks: 1 },
        { present: 4, risks: 0 },
      ],
    );
  });

  it('by phone fill them for each grid that was missing', async () => {
    const bot = await startNets();
    await bot.says('孙三', '福山地村', '/代报 其余 党建日报 0 已电话核实', { at: '09:00' });
    expect(await bot.says('孙三', '福山地村', '/确认', { at: '09:01' })).toEqual([
      expect.stringMatching(/零报告已收\(电话代报\)\(2\/2\),同时填好:防汛日报$/),
    ]);
    expect(stands(bot)).toEqual([{ people: 0 }, { home: 0 }, 'missing']);
  });
});

describe('a form of which a part was said in another', () => {
  it('is complete with the rest: nobody is asked for the same figure again', async () => {
    const bot = await startBot({ playbook: playbookOf(THREE_NETS) });
    await bot.says('张三', '福山地村', '/防汛日报 12', { at: '10:00' });
    expect(await bot.says('张三', '福山地村', '/消防日报 隐患1')).toEqual([
      expect.stringMatching(/^✅ .*消防日报已收/),
    ]);
    expect(await bot.says('李四', '福山地村', '/消防日报 隐患1')).toEqual([expect.stringContaining('还差')]);
    const said = bot.app.county().book('fire@2026-11-23');
    const counted = [...(said?.units() ?? [])].map(({ id }) => said?.due(id)?.standing.current?.values);
    expect(counted).toContainEqual({ present: 12, risks: 1 });
  });
});
