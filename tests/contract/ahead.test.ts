import { describe, expect, it } from 'vitest';
import { ahead } from '../../src/store/ahead.ts';

/** Numbers from 0 on, and which of them were asked for. */
function counting(until: number, failsAt = Number.NaN) {
  const log = { begun: 0, ended: false };
  async function* source(): AsyncGenerator<number, void, void> {
    try {
      for (let at = 0; at < until; at += 1) {
        log.begun += 1;
        await Promise.resolve();
        if (at === failsAt) throw new Error(`no ${at}`);
        yield at;
      }
    } finally {
      log.ended = true;
    }
  }
  return { log, source: source() };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what is read ahead', () => {
  it.each([0, 1, 3, 10])('comes in order and to the end: %d items', async (count) => {
    const taken: number[] = [];
    for await (const item of ahead(counting(count).source, 3)) taken.push(item);
    expect(taken).toEqual(Array.from({ length: count }, (_, at) => at));
  });

  it('is made ready while an item is worked on, and no more than was said of it', async () => {
    const { log, source } = counting(10);
    const seen: number[] = [];
    for await (const item of ahead(source, 3)) {
      await turn();
      seen.push(log.begun - item);
    }
    expect(seen.slice(0, 6)).toEqual([4, 4, 4, 4, 4, 4]);
  });

  it('fails where the source fails, after all that came before', async () => {
    const taken: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const item of ahead(counting(10, 4).source, 3)) {
        await turn();
        taken.push(item);
      }
    };
    await expect(reading()).rejects.toThrow('no 4');
    expect(taken).toEqual([0, 1, 2, 3]);
  });

  it('is over when nobody wants any more of it', async () => {
    const { log, source } = counting(10);
    for await (const item of ahead(source, 3)) if (item === 2) break;
    expect(log.ended).toBe(true);
    const { begun } = log;
    await turn();
    expect(log.begun).toBe(begun);
  });
});
