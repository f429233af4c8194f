/** Whatever people say is read back from its words alone, as what it was meant to be. */
import { expect, test } from 'vitest';
import { HOUR, startOfDay } from '../../src/core/time.ts';
import { Dice } from '../soak/dice.ts';
import type { Saying } from './model.ts';
import { readingOf } from './reading.ts';
import { DAY_SAID, rawOf } from './sayings.ts';
import { Talk } from './talk.ts';

test('every line of a long talk is read as what it is', () => {
  const talk = new Talk(new Dice(1), 12);
  const kinds = new Set<string>();
  for (let count = 0; count < 2_000; count += 1) {
    for (const said of talk.next(startOfDay(DAY_SAID) + 17 * HOUR, 1)) {
      kinds.add(said.kind);
      const { id, kind, grid, day, sentAt, values } = said;
      const expected: Saying | null = kind === 'talk' ? null : { id, kind, grid, day, sentAt, values };
      // Numbers of lines that leave nothing behind are nobody's.
      expect(readingOf(rawOf(said))).toEqual(expected);
    }
  }
  expect(kinds.size).toBe(8);
});

test('a line of nobody, or about a grid of another village, is not read', () => {
  const raw = { id: 'm', chat: 'c', text: '/代报 一网格 3', sentAt: 0, receivedAt: 0 };
  expect(readingOf({ ...raw, accountId: 'bench:pv1' })?.grid).toBe(6);
  expect(readingOf({ ...raw, accountId: 'bench:p1' })).toBeNull();
  expect(readingOf({ ...raw, accountId: 'other:pv1' })).toBeNull();
  expect(readingOf({ ...raw, accountId: 'bench:pv1', text: '/代报 七网格 3' })).toBeNull();
});
