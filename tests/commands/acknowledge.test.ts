import { describe, expect, it } from 'vitest';
import { alertPlaybook } from '../support/alert-playbook.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { ROSTER } from '../support/rehearsal.ts';

/** 预警1 of 福山地村, told to the village and the township. */
async function alerted(): Promise<Bot> {
  const bot = await startBot({ playbook: alertPlaybook() });
  await bot.says('张三', '福山地村', '/日报 3', { at: '18:00' });
  return bot;
}

describe('acknowledging an alert', () => {
  it('is answered with who did and when; whoever comes later hears who was first', async () => {
    const bot = await alerted();
    expect(await bot.says('孙三', '福山地村', '/收到 1', { at: '18:05' })).toEqual(['✅ 预警1 已由孙三收到 18:05']);
    const second = ['预警1 18:05 已由孙三收到,不用再发。'];
    expect(await bot.says('钱二', '林东镇', '/收到 1', { at: '18:07' })).toEqual(second);
    expect(await bot.says('孙三', '福山地村', '/收到', { at: '18:08' })).toEqual(second);
    expect(await bot.rows('SELECT COUNT(*) FROM alert WHERE acknowledged_at IS NOT NULL')).toEqual([[1]]);
  });

  it('outlives a restart', async () => {
    const bot = await alerted();
    await bot.says('孙三', '福山地村', '/收到', { at: '18:05' });
    await bot.restart();
    expect(await bot.says('钱二', 'private', '/收到 1')).toEqual(['预警1 18:05 已由孙三收到,不用再发。']);
  });

  it('needs no number where one alert of the line is open, and asks which where there are several', async () => {
    const bot = await alerted();
    await bot.says('吴六', '大新庄村', '/日报 4', { at: '18:01' });
    expect(await bot.says('钱二', '林东镇', '/收到')).toEqual(['有几条预警,请选一行发:\n/收到 1\n/收到 2']);
    expect(await bot.says('周五', '大新庄村', '/收到')).toEqual(['✅ 预警2 已由周五收到 18:01']);
    expect(await bot.says('钱二', 'private', '/收到')).toEqual(['✅ 预警1 已由钱二收到 18:01']);
  });

  it.each([
    ['周五', '大新庄村', '/收到 1'],
    ['周五', '福山地村', '/收到'],
    ['张三', '福山地村', '/收到'],
    ['赵一', '巴林左旗', '/收到 1'],
  ])('tells others who may: %s in %s', async (who, where, line) => {
    const bot = await alerted();
    expect(await bot.says(who, where, line)).toEqual(['这件事要由林东镇、福山地村的负责人来发:/收到 1']);
    expect(await bot.rows('SELECT COUNT(*) FROM alert WHERE acknowledged_at IS NOT NULL')).toEqual([[0]]);
  });

  it('is for who stands in', async () => {
    const bot = await startBot({ playbook: alertPlaybook() });
    await bot.says('孙三', '福山地村', '/请假 今天 李四代', { at: '08:00' });
    await bot.says('张三', '福山地村', '/日报 3', { at: '18:00' });
    expect(bot.heard('福山地村').find(({ text }) => text.startsWith('⚠️'))?.mentions).toEqual(['李四']);
    expect(await bot.says('李四', '福山地村', '/收到')).toEqual(['✅ 预警1 已由李四收到 18:00']);
  });

  it('is for the level above where nobody of the unit can act, as it is the one mentioned', async () => {
    const roster = ROSTER.replace('书记,钱二', '书记,');
    const bot = await startBot({ playbook: alertPlaybook(), roster });
    await bot.says('张三', '福山地村', '/日报 0 聚集12', { at: '18:00' });
    expect(bot.heard('林东镇').at(-1)?.mentions).toEqual(['赵一']);
    expect(await bot.says('赵一', '巴林左旗', '/收到 1')).toEqual(['✅ 预警1 已由赵一收到 18:00']);
  });

  it('takes the open one where alerts of several days have the same number', async () => {
    const bot = await alerted();
    await bot.says('孙三', '福山地村', '/收到 1', { at: '18:05' });
    await bot.says('张三', '福山地村', '/日报 1', { at: '+1d 08:00' });
    expect(await bot.says('孙三', '福山地村', '/收到 1', { at: '+1d 08:02' })).toEqual(['✅ 预警1 已由孙三收到 08:02']);
  });

  it('takes the one still open though a later one of that number is not', async () => {
    const bot = await alerted();
    await bot.says('张三', '福山地村', '/日报 1', { at: '+1d 08:00' });
    for (const minute of ['08:02', '08:03']) {
      expect(await bot.says('钱二', '林东镇', '/收到 1', { at: `+1d ${minute}` })).toEqual([
        `✅ 预警1 已由钱二收到 ${minute}`,
      ]);
    }
  });

  it('says that there is none of that number, with those there are', async () => {
    const bot = await alerted();
    expect(await bot.says('孙三', '福山地村', '/收到 7')).toEqual(['没有预警7。还没人收到的,请发:/收到 1']);
    await bot.says('孙三', '福山地村', '/收到');
    expect(await bot.says('孙三', '福山地村', '/收到 7')).toEqual(['没有预警7,现在没有要收到的预警。']);
  });

  it('is shown by help while there is something to acknowledge, to whoever may', async () => {
    const bot = await alerted();
    const help = async (who: string): Promise<string> => (await bot.says(who, '福山地村', '/帮助')).join();
    expect(await help('孙三')).toContain('/收到 3');
    expect(await help('张三')).not.toContain('/收到');
    await bot.says('孙三', '福山地村', '/收到');
    expect(await help('孙三')).not.toContain('/收到');
  });

  it('leaves a plain word of thanks in a group alone', async () => {
    const bot = await alerted();
    expect(await bot.says('孙三', '福山地村', '收到')).toEqual([]);
    expect(await bot.says('孙三', 'private', '收到')).toEqual([]);
  });
});
