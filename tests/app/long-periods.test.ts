/** Periods longer than what is held of the past: a month goes on while its days are forgotten. */
import { expect, it } from 'vitest';
import { checkPlaybook, together } from '../../src/core/playbook/index.ts';
import { startBot } from '../support/bot.ts';

const TIMES = { subject: 'grid', opens: '00:00', locks: '+30d 12:00' };
const FIELDS = { seen: { name: '情况', type: 'count', required: true, bare: true } };

const playbook = together([
  checkPlaybook({
    id: 'months',
    name: '月报',
    forms: {
      day: { name: '日记', ...TIMES, every: 'day', due: '18:00', locks: '+1d 12:00', fields: FIELDS },
      month: {
        name: '月报',
        ...TIMES,
        every: 'month',
        due: '+25d 18:00',
        fields: FIELDS,
        ladder: [{ at: '+25d 17:00', do: 'remind', in: 'village' }],
      },
    },
  }),
]);

it('a month is reminded of at its end, also after a restart in its middle', async () => {
  const bot = await startBot({ playbook, start: '2026-11-01T07:00:00+08:00' });
  expect((await bot.says('张三', '福山地村', '/月报 0', { at: '+2d 10:00' }))[0]).toContain('✅');
  await bot.walkTo('+20d 10:00');
  await bot.restart();
  bot.heard('福山地村');
  await bot.walkTo('+25d 17:01');
  const heard = bot.heard('福山地村').map(({ text }) => text);
  expect(heard.filter((text) => text.includes('月报'))).toEqual([
    expect.stringMatching(/^⏰ 11月1日起一月月报还差 2 个/),
  ]);
});
