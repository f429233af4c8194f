import { beforeEach, describe, expect, it } from 'vitest';
import { UpdateWindow } from '../../../src/bots/telegram/window.ts';

let window: UpdateWindow;
/** Ends the taking of an update, by its id. */
let ends: Map<number, (isTaken: boolean) => void>;
let begun: number[];

beforeEach(() => {
  window = new UpdateWindow();
  ends = new Map();
  begun = [];
});

/** These come, asked for with the offset as it stands. */
const offer = (...ids: number[]): void =>
  window.offer(
    ids.map((update_id) => ({ update_id })),
    window.offset,
    ({ update_id: id }) => {
      begun.push(id);
      return new Promise((resolve) => void ends.set(id, resolve));
    },
  );
const end = async (isTaken: boolean, ...ids: number[]): Promise<void> => {
  for (const id of ids) ends.get(id)?.(isTaken);
  await new Promise(setImmediate);
};

describe('the offset', () => {
  it('moves past what was taken, up to the first that was not', async () => {
    offer(7, 8, 9);
    expect(window.offset).toBe(7);
    await end(true, 7, 9);
    expect(window.offset).toBe(8);
    await end(true, 8);
    expect(window.offset).toBe(10);
  });

  it('stays before what failed', async () => {
    offer(7, 8);
    await end(true, 8);
    await end(false, 7);
    expect(window.offset).toBe(7);
    expect([window.hasFailed(), window.hasFailed()]).toEqual([true, false]);
  });

  it('is none after Telegram had nothing, for the numbers may begin anew below it', async () => {
    offer(900_000);
    await end(true, 900_000);
    expect(window.offset).toBe(900_001);
    offer();
    expect(window.offset).toBe(0);
    offer(17);
    await end(true, 17);
    expect(window.offset).toBe(18);
  });
});

describe('what is fetched again', () => {
  it('is not begun again while it is under way, nor when it was taken', async () => {
    offer(7, 8);
    await end(true, 8);
    offer(7, 8, 9);
    expect(begun).toEqual([7, 8, 9]);
  });

  it('is begun again when it failed', async () => {
    offer(7, 8);
    await end(false, 7);
    await end(true, 8);
    offer(7, 8);
    expect(begun).toEqual([7, 8, 7]);
  });

  it('is begun again when Telegram repeats what is acknowledged', async () => {
    offer(7);
    await end(true, 7);
    offer(7);
    expect(begun).toEqual([7, 7]);
  });

  it('is begun in the order of its numbers', () => {
    offer(9, 7, 8);
    expect(begun).toEqual([7, 8, 9]);
  });
});

it('is settled when nothing is under way', async () => {
  offer(7, 8);
  let isSettled = false;
  const settled = window.settled().then(() => {
    isSettled = true;
  });
  await end(true, 7);
  expect(isSettled).toBe(false);
  await end(false, 8);
  await settled;
  expect(isSettled).toBe(true);
});
