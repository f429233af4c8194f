/** What people type, and in which order they speak. Made, not random: the same place is the same message. */
import type { InboundMessage } from '../src/bots/adapter.ts';
import type { Instant } from '../src/core/time.ts';
import { leaderAccount, PLATFORM, villageGroup, villageOf } from './county.ts';

/** Of a thousand reports so many, in each way of writing. */
const WAYS: readonly (readonly [share: number, text: string])[] = [
  [820, '/日报 0'],
  [15, '日报 0'],
  [10, '/日报  ０'],
  [5, '/零报告'],
  [100, '/日报 2 返乡1 发热1'],
  [50, '/日报 1 返乡1\n张三 从外地返乡'],
];

const GOLDEN = 0.618_033_988_749_895;

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/**
 * The order of speaking: a function from place (0 ≤ place < count) to number, each number once, neighbours far apart so
 * that those who speak one after the other are of different villages.
 */
export function orderOf(count: number): (place: number) => number {
  let step = Math.max(1, Math.round(count * GOLDEN));
  while (divisor(count, step) !== 1) step += 1;
  return (place) => (place * step) % count;
}

/** What a grid's leader types on a day (days after the first). */
export function textOf(grid: number, day: number): string {
  let left = Math.imul(grid + 1 + day * 7_919, 2_654_435_761) >>> 0;
  left %= 1_000;
  for (const [share, text] of WAYS) {
    if (left < share) return text;
    left -= share;
  }
  return WAYS[0]?.[1] ?? '';
}

/** The day's message of a grid's leader in the group of the village. */
export function reportOf(grid: number, day: number, sentAt: Instant): InboundMessage {
  return {
    type: 'message',
    id: `d${day}-${grid}`,
    chat: { platform: PLATFORM, id: villageGroup(villageOf(grid)), kind: 'group' },
    chatTitle: '',
    sender: { id: leaderAccount(grid), displayName: '网格长' },
    text: textOf(grid, day),
    attachments: [],
    mentionsBot: false,
    repliesToBot: false,
    sentAt,
  };
}
