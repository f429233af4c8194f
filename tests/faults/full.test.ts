import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../src/bots/adapter.ts';
import { deliverTogether } from './outcomes.ts';
import {
  ALL_ANSWERED,
  answers,
  complaints,
  evening,
  keptIds,
  openStage,
  type Stage,
  threeReports,
  untroubledEvening,
} from './stage.ts';

/** Lets the database grow by so many pages and no more, until {@link makeRoom}. A limit is one connection's own. */
async function leaveRoom({ ask }: Stage, pages: number): Promise<void> {
  const [[now] = []] = await ask('PRAGMA page_count');
  expect(await ask(`PRAGMA max_page_count = ${Number(now) + pages}`)).toEqual([[Number(now) + pages]]);
}

/** What an operator reads of a message that there was no room for, in one line. */
const NO_ROOM = expect.stringMatching(/^error NotDurableError: [^\n]*\bfull, no room is left for the database[^\n]*$/);
const noRoom = (outcomes: readonly string[]): unknown[] =>
  outcomes.filter((each) => each === 'full').map(() => NO_ROOM);

const makeRoom = ({ ask }: Stage): Promise<unknown> => ask('PRAGMA max_page_count = 1000000');

describe('a database that is full', () => {
  it('acknowledges of a batch what it has kept and no more, takes what fits, and all when there is room', async () => {
    const stage = await openStage();
    const { bot, logs } = stage;
    const messages = threeReports(bot);
    const deliver = (...which: InboundMessage[]) => deliverTogether((message) => bot.platform.deliver(message), which);

    await leaveRoom(stage, 1);
    // Whether the neighbours of what does not fit are kept now or are to be delivered again is left to the cell.
    const first = await deliver(...messages);
    expect(first[1]).toBe('full');
    for (const outcome of first) expect(['kept', 'full']).toContain(outcome);
    const acknowledged = messages.filter((_, at) => first[at] === 'kept').map(({ id }) => id);
    expect(await keptIds(bot)).toEqual(acknowledged.sort());

    const alone = [];
    for (const message of messages) alone.push(...(await deliver(message)));
    expect(alone).toEqual(['kept', 'full', 'kept']);
    await bot.app.tick();
    expect(await keptIds(bot)).toEqual(['other', 'short']);
    expect(answers(bot).sort()).toEqual(['大新庄村 一网格', '福山地村 一网格']);

    await makeRoom(stage);
    expect(await deliver(...messages)).toEqual(['kept', 'kept', 'kept']);
    await bot.app.tick();
    expect(await keptIds(bot)).toEqual(['long', 'other', 'short']);
    expect(answers(bot).sort()).toEqual(ALL_ANSWERED);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[3]]);
    // Each that was refused was told of, and nothing else was.
    expect(complaints(logs, 'event.failed')).toEqual(noRoom([...first, ...alone]));
    expect(await evening(bot)).toEqual(await untroubledEvening());
  });

  it('lets no copy of a message count for one that was not kept', async () => {
    const stage = await openStage();
    const { bot, logs } = stage;
    const [, long] = threeReports(bot);
    const deliver = () => deliverTogether((message) => bot.platform.deliver(message), [long, long]);
    await leaveRoom(stage, 0);
    expect(await deliver()).toEqual(['full', 'full']);
    await bot.app.tick();
    expect([await keptIds(bot), answers(bot)]).toEqual([[], []]);
    await makeRoom(stage);
    expect(await deliver()).toEqual(['kept', 'kept']);
    await bot.app.tick();
    expect([await keptIds(bot), answers(bot)]).toEqual([['long'], ['福山地村 二网格']]);
    expect(complaints(logs, 'event.failed')).toEqual([NO_ROOM, NO_ROOM]);
  });

  it('is not trusted again for a row that happens to fit, but for room as a batch needs it', async () => {
    const stage = await openStage();
    const { bot } = stage;
    const [, long] = threeReports(bot);
    const rows = () => bot.rows(`SELECT count(*) FROM meta WHERE id = 'storeTried'`);
    await bot.app.refresh();
    expect(await rows()).toEqual([[0]]);
    await leaveRoom(stage, 1);
    expect(await deliverTogether((message) => bot.platform.deliver(message), [long])).toEqual(['full']);
    await expect(bot.app.refresh()).rejects.toThrow('full, no room is left');
    await makeRoom(stage);
    await bot.app.refresh();
    expect(await rows()).toEqual([[1]]);
  });

  it('names nobody and repeats nothing that was said in what it logs', async () => {
    const stage = await openStage();
    const { bot, logs } = stage;
    const [, long] = threeReports(bot);
    await leaveRoom(stage, 0);
    await expect(bot.platform.deliver(long)).rejects.toThrow();
    await makeRoom(stage);
    expect(logs.length).toBeGreaterThan(0);
    expect(JSON.stringify(logs)).not.toMatch(/\p{Script=Han}|said|long/u);
    // One line, for a log that is read by lines.
    expect(complaints(logs, 'event.failed').join()).not.toContain('\n');
  });
});
