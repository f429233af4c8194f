import { describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/rows/index.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { soon } from '../support/soon.ts';
import { withCommit } from '../support/with-commit.ts';

/** A day so long ago that the process no longer holds its book. */
async function longAfter(): Promise<Bot> {
  const bot = await startBot({ start: '2026-11-01T07:00:00+08:00' });
  await bot.says('张三', '福山地村', '/日报 2', { at: '10:00' });
  await bot.stop();
  bot.clock.moveTo(bot.moment('+20d 08:00'));
  await bot.start();
  await bot.app.tick();
  return bot;
}

describe('a period of long ago', () => {
  it('is read back when somebody asks for it', async () => {
    const bot = await longAfter();
    expect(bot.app.county().book('daily@2026-11-01')).toBeUndefined();
    expect(await bot.says('孙三', '福山地村', '/汇总 11月1日')).toEqual([expect.stringContaining('异常2')]);
  });

  it('takes a report from a level above with a reason, and from nobody else', async () => {
    const bot = await longAfter();
    expect(await bot.says('李四', '福山地村', '/补报 11月1日 0 停电')).toEqual([expect.not.stringContaining('✅')]);
    expect(await bot.says('孙三', '福山地村', '/补报 二网格 11月1日 0 停电')).toEqual([
      expect.stringMatching(/✅ 二网格 11月1日/),
    ]);
  });

  it('does not leave unanswered what was asked just before a stop', async () => {
    const bot = await longAfter();
    await bot.platform.deliver(bot.message('孙三', '福山地村', '/汇总 11月1日'));
    await bot.platform.deliver(bot.message('孙三', '福山地村', '/补报 二网格 11月1日 0 停电'));
    await bot.kill();
    await bot.start();
    await bot.app.tick();
    expect(bot.heard('福山地村').map(({ text }) => text)).toEqual([
      expect.stringContaining('✅ 一网格'),
      expect.stringContaining('✅ 二网格 11月1日'),
      expect.stringContaining('📋 福山地村 11月1日'),
    ]);
  });

  it('is not forgotten, when another day opens, before what was said of it is kept', async () => {
    const held: (() => void)[] = [];
    let [holding, decided] = [false, 0];
    const bot = await startBot({
      start: '2026-11-01T07:00:00+08:00',
      wrapStore: (store) => {
        const commit = async (writes: readonly Write[]): Promise<void> => {
          if (holding) await new Promise<void>((go) => held.push(go));
          await store.commit(writes);
        };
        const prepare = (writes: readonly Write[]) => {
          decided += 1;
          return () => commit(writes);
        };
        return { ...withCommit(store, commit), prepare };
      },
    });
    await bot.walkTo('+20d 23:59');
    await bot.says('孙三', '福山地村', '/汇总 11月1日');
    holding = true;
    const before = decided;
    const said = bot.app.handle(bot.message('孙三', '福山地村', '/补报 二网格 11月1日 3 停电'));
    await soon(() => expect(held.length).toBe(1));
    bot.clock.moveTo(bot.moment('+21d 00:01'));
    const asked = bot.app.handle(bot.message('孙三', 'private', '/汇总 福山地村 11月1日'));
    // So many works are decided while others commit.
    const others = Array.from({ length: 100 }, () => bot.app.refresh());
    await soon(() => expect(decided).toBe(before + 2));
    holding = false;
    held[0]?.();
    await Promise.all([said, asked, ...others]);
    const due = bot.app.county().book('daily@2026-11-01')?.due(bot.unitId('福山地村/二网格'));
    expect(due?.standing.current?.values).toEqual({ abnormal: 3 });
  });

  it('sends no step of its ladder once it is read back', async () => {
    const bot = await longAfter();
    await bot.says('孙三', '福山地村', '/汇总 11月1日');
    const heard = bot.everything().length;
    await bot.walkTo('+20d 16:00');
    expect(bot.everything()).toHaveLength(heard);
  });
});
