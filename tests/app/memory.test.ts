import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySince } from '../../src/app/memory.ts';
import { County } from '../../src/core/county.ts';
import { LEVELS } from '../../src/core/playbook/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import { type Bot, startBot } from '../support/bot.ts';
import type { Fault } from '../support/recording-adapter.ts';

/** Everything a county knows, in a form that can be compared. */
function known(county: County, now: number) {
  const view = county.viewAt(now);
  const units = LEVELS.flatMap((level) => view.units(level));
  const people = units.flatMap(({ id }) => view.posts(id)).flatMap(({ holder }) => holder ?? []);
  return {
    books: county.books().map((book) => ({
      period: book.period,
      tallies: [...book.units()].map(({ id, path, name, children }) => ({
        id,
        path,
        name,
        children,
        tally: book.tally(id),
      })),
      dues: book.unitsAt(3).map(({ id }) => book.due(id)),
      gaps: [...book.units()].map(({ id }) => book.openGaps(id)),
      slots: [...book.slots.values()].sort((a, b) => a.id.localeCompare(b.id)),
    })),
    bindings: units.map(({ id }) => county.groupOf(id)),
    boundBack: units.map(({ id }) => county.bindingOf(county.groupOf(id)?.chat ?? '')),
    accounts: people.map(({ id }) => county.accountsOf(id)),
    leaves: people.map(({ id }) => [county.leavesOf(id), view.awayOn(id)]),
    pending: [...county.tray.pending()].sort((a, b) => a.id.localeCompare(b.id)),
    givenUp: county.tray
      .givenUp()
      .map(({ id }) => id)
      .toSorted(),
    roster: county.rosterRows(),
    meta: ['rosterRevision', 'lastOpened:daily', 'firstOpening'].map((id) => county.meta(id)),
  };
}

const LINES: readonly (readonly [who: string, where: string, line: string])[] = [
  ['张三', '福山地村', '/日报 0'],
  ['张三', '福山地村', '/日报 2 返乡1'],
  ['张三', '福山地村', '/更正 1'],
  ['张三', '福山地村', '/撤回'],
  ['张三', '福山地村', '/日报 很多'],
  ['李四', 'private', '/日报 0'],
  ['李四', '福山地村', '/请假 今天 张三代'],
  ['李四', '福山地村', '/销假'],
  ['吴六', '大新庄村', '/日报 1'],
  ['孙三', '福山地村', '/代报 其余 0'],
  ['孙三', '福山地村', '/确认'],
  ['孙三', '福山地村', '/免报 二网格 今天 整组搬迁'],
  ['孙三', 'new group', '/绑定 福山地村'],
  ['孙三', '福山地村', '/绑定 福山地村'],
  ['钱二', '林东镇', '/汇总'],
  ['钱二', '林东镇', '/催报'],
  ['孙三', '福山地村', '#接龙\n1. 一网格 0\n2. 二网格 0'],
];

type Step = { line: number } | { wait: number } | { fault: Fault | null };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ line: fc.nat(LINES.length - 1) }) },
  { weight: 3, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 60 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ fault: fc.constantFrom('unavailable' as const, 'lost' as const, 'refused' as const, null) }),
  },
);

async function live(bot: Bot, steps: readonly Step[]): Promise<void> {
  for (const each of steps) {
    if ('line' in each) {
      const [who, where, line] = LINES[each.line] ?? ['张三', '福山地村', '/我'];
      await bot.says(who, where, line);
    } else if ('fault' in each) bot.platform.fault = () => each.fault;
    else {
      const until = bot.clock.now() + each.wait * MINUTE;
      while (bot.clock.now() < until) {
        await bot.app.tick();
        bot.clock.moveTo(Math.min(bot.app.nextDue() ?? until, until));
      }
    }
  }
}

describe('what the process remembers', () => {
  it('is what it would read from the database, after any day', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
        const bot = await startBot({ start: '2026-11-23T16:00:00+08:00' });
        await live(bot, steps);
        const now = bot.clock.now();
        const rebuilt = new County(await bot.store.load(memorySince(now)));
        for (const row of await bot.store.dead(500)) rebuilt.tray.take(row);
        expect(known(rebuilt, now)).toEqual(known(bot.app.county(), now));
        await bot.end();
      }),
      { numRuns: 5 },
    );
  });

  it('is the same after a restart, which sends nothing by itself', async () => {
    const bot = await startBot();
    await live(bot, [{ line: 0 }, { line: 6 }, { line: 11 }]);
    await bot.walkTo('17:10');
    const before = { ...known(bot.app.county(), bot.clock.now()), sent: bot.everything().length };
    await bot.restart();
    await bot.app.tick();
    expect({ ...known(bot.app.county(), bot.clock.now()), sent: bot.everything().length }).toEqual(before);
  });
});
