import { describe, expect, it } from 'vitest';
import { HOUSEHOLDS, sayAll, startWithRegisters } from './county.ts';

describe('tallies of the day’s work', () => {
  it('add up over a day; a correction replaces the last one, a withdrawal takes it back', async () => {
    const bot = await startWithRegisters();
    expect(await bot.says('张三', '福山地村', '/宣传 传单200 消毒3')).toEqual([
      '✅ 一网格 11月23日 宣传已收:传单200 消毒3',
    ]);
    expect(await bot.says('张三', '福山地村', '/宣传 传单100')).toEqual([
      '✅ 一网格 11月23日 宣传已收:传单100,累计 传单300 消毒3',
    ]);
    await bot.says('张三', '福山地村', '/更正 宣传 传单50');
    const sums = () => {
      const due = bot.app.county().book('tally@2026-11-23')?.due(bot.unitId('福山地村/一网格'));
      return due?.standing.current?.values ?? null;
    };
    expect(sums()).toEqual({ leaflets: 250, disinfections: 3 });
    await bot.says('张三', '福山地村', '/撤回 宣传');
    expect(sums()).toEqual({ leaflets: 200, disinfections: 3 });
    await bot.says('张三', '福山地村', '/撤回 宣传');
    expect(sums()).toBeNull();
    expect(await bot.says('张三', '福山地村', '/撤回 宣传')).toEqual(['一网格 11月23日 还没有报宣传。']);
  });

  it('are summed up for the township, and nobody is asked for them, whatever was taken back', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, [
      ['张三', '福山地村', '/宣传 传单200'],
      ['李四', '福山地村', '/宣传 传单100 巡查2'],
      ['吴六', '大新庄村', '/宣传 传单10'],
      ['吴六', '大新庄村', '/撤回 宣传'],
    ]);
    await bot.walkTo('19:00');
    const table = bot.heard('林东镇').find(({ text }) => text.includes('宣传'));
    expect(table?.text).toContain('合计:传单300 巡查2');
    expect(table?.mentions).toEqual([]);
    for (const group of ['福山地村', '大新庄村']) {
      expect(bot.heard(group).filter(({ text }) => text.startsWith('⏰') && text.includes('宣传'))).toEqual([]);
    }
  });
});

describe('checkpoints', () => {
  const GATE = ['孙三', '福山地村', '/设卡口 东口'] as const;

  it('are reported of by shift: what is said at 02:00 is of the evening before', async () => {
    const bot = await startWithRegisters();
    await bot.says(...GATE);
    expect((await bot.says('孙三', '福山地村', '/卡口 东口 车3', { at: '19:59' }))[0]).toContain(
      '11月23日白班 卡口已收',
    );
    expect((await bot.says('孙三', '福山地村', '/卡口 东口 车4', { at: '21:00' }))[0]).toContain(
      '11月23日夜班 卡口已收',
    );
    expect((await bot.says('孙三', '福山地村', '/卡口 东口 车2 人5', { at: '+1d 02:00' }))[0]).toBe(
      '✅ 福山地村 11月23日夜班 卡口已收:东口 车2 人5,累计 车6 人5(1/1)',
    );
    expect((await bot.says('孙三', '福山地村', '/卡口 东口 车1', { at: '+1d 08:30' }))[0]).toContain(
      '11月24日白班 卡口已收',
    );
    const [yesterday] = await bot.says('孙三', '福山地村', '/补报 卡口 昨天 东口 车7', { at: '+1d 09:00' });
    expect(yesterday).toContain('11月23日夜班 卡口已收');
  });

  it('are named in their village’s table, by who looks after them; above it they are not', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, [GATE, ['孙三', '福山地村', '/设卡口 西口'], ['孙三', '福山地村', '/派卡口 西口 李四']]);
    await bot.says('孙三', '福山地村', '/卡口 东口 车3', { at: '09:00' });
    await bot.walkTo('20:00');
    const day = bot.heard('福山地村').find(({ text }) => text.includes('白班卡口'));
    expect(day?.text).toContain('有情况:东口 车3');
    await bot.walkTo('+1d 08:00');
    const night = bot.heard('福山地村').find(({ text }) => text.includes('夜班卡口'));
    expect(night?.text.split('\n').slice(2, 5)).toEqual(['未报:', '东口 @孙三', '西口 @李四']);
    expect(night?.mentions.toSorted()).toEqual(['孙三', '李四'].toSorted());
    for (const { text } of [...bot.heard('福山地村'), ...bot.heard('林东镇')])
      expect(text).not.toContain('checkpoint#');
    for (const { text } of bot.heard('林东镇')) expect(text).not.toMatch(/东口|西口/);
  });

  it('with nothing to tell are said to have had nothing', async () => {
    const bot = await startWithRegisters();
    await bot.says(...GATE);
    expect((await bot.says('孙三', '福山地村', '/卡口 东口 无'))[0]).toContain('卡口已收:东口 无(1/1)');
    expect((await bot.says('孙三', '福山地村', '/卡口 东口 车2'))[0]).toContain('东口 车2,累计 车2(1/1)');
  });

  it('added at night may be reported of in the shift that runs', async () => {
    const bot = await startWithRegisters();
    await bot.says('孙三', '福山地村', '/设卡口 东口', { at: '+1d 01:00' });
    expect((await bot.says('孙三', '福山地村', '/卡口 东口 车3'))[0]).toContain('11月23日夜班 卡口已收:东口 车3(1/1)');
  });
});

describe('households', () => {
  it('are looked up by number and by name', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, HOUSEHOLDS);
    const byNumber = await bot.says('张三', '福山地村', '/户 1');
    expect(await bot.says('张三', '福山地村', '/户 张大爷')).toEqual(byNumber);
  });
});
