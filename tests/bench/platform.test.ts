import { describe, expect, test } from 'vitest';
import { PLATFORM } from '../../bench/county.ts';
import { BenchPlatform } from '../../bench/platform.ts';

const chat = { platform: PLATFORM, id: 'gv1', kind: 'group' as const };
const say = (text: string) => ({ text, mentions: [], attachments: [] });

/** A platform on which two grids of one village wait for their receipts. */
function waiting() {
  const platform = new BenchPlatform();
  const acknowledged: string[] = [];
  for (const name of ['一网格', '二网格']) platform.expect(chat.id, name, () => acknowledged.push(name));
  return { platform, acknowledged };
}

describe('a report is acknowledged', () => {
  test('by the receipt that names its grid in its group, once', async () => {
    const { platform, acknowledged } = waiting();
    await platform.send(chat, say('✅ 二网格 11月21日 零报告已收 09:30(1/6)'));
    await platform.send(chat, say('✅ 二网格 11月21日 零报告已收 09:30(1/6)'));
    expect(acknowledged).toEqual(['二网格']);
  });

  test('by one line for several grids, or one message of several lines', async () => {
    const together = waiting();
    await together.platform.send(chat, say('✅ 一网格、二网格 11月21日 零报告已收 09:30(2/6)'));
    expect(together.acknowledged).toEqual(['一网格', '二网格']);
    const apart = waiting();
    await apart.platform.send(chat, say('✅ 一网格 零报告已收(2/6)\n✅ 二网格 日报已收 异常2(2/6)'));
    expect(apart.acknowledged).toEqual(['一网格', '二网格']);
  });

  test.each([
    ['a reminder that names it', chat, '⏰ 11月21日日报还差 1 个\n一网格 @王'],
    ['an answer that is no receipt', chat, '一网格没看懂'],
    ['a receipt in another group', { ...chat, id: 'gv2' }, '✅ 一网格 零报告已收(1/6)'],
    ['a file', chat, ''],
  ])('not by %s', async (_, to, text) => {
    const { platform, acknowledged } = waiting();
    await platform.send(to, say(text));
    expect(acknowledged).toEqual([]);
  });
});

test('whoever is told may at once wait for the next receipt in the same group', async () => {
  const platform = new BenchPlatform();
  const acknowledged: string[] = [];
  platform.expect(chat.id, '一网格', () => {
    platform.expect(chat.id, '二网格', () => acknowledged.push('二网格'));
  });
  platform.expect(chat.id, '三网格', () => acknowledged.push('三网格'));
  await platform.send(chat, say('✅ 一网格 零报告已收(1/6)'));
  await platform.send(chat, say('✅ 二网格、三网格 零报告已收(3/6)'));
  expect(acknowledged.sort()).toEqual(['三网格', '二网格']);
});

test('an answer that acknowledges nothing is kept for whoever looks for the reason', async () => {
  const { platform } = waiting();
  await platform.send(chat, say('没看懂'));
  expect(platform.stray).toBe('没看懂');
});

test('texts and files are counted apart', async () => {
  const platform = new BenchPlatform();
  await platform.send(chat, say('📋 表'));
  await platform.send(chat, say(''));
  expect([platform.messages, platform.texts]).toEqual([2, 1]);
});
