/** Several nets over the same grids: each form asks those of its own net, and a person of several nets is asked once. */
import { expect, it } from 'vitest';
import { checkPlaybook, together } from '../../src/core/playbook/index.ts';
import { startBot } from '../support/bot.ts';

const ROSTER = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,张三,13800000001
巴林左旗,林东镇,福山地村,一网格,消防员,肖方,
巴林左旗,林东镇,福山地村,二网格,网格长,李四,
`;

const playbook = together([
  checkPlaybook({
    id: 'nets',
    name: '消防网',
    forms: {
      round: {
        name: '消防巡查',
        subject: 'grid',
        every: 'day',
        posts: ['消防员'],
        fields: { hazards: { name: '隐患', type: 'count', required: true, bare: true } },
        opens: '00:00',
        due: '18:00',
        locks: '+1d 12:00',
        ladder: [{ at: '17:00', do: 'remind', in: 'village' }],
      },
    },
  }),
]);

it('a form asks the people of its own net, and where there is none whoever acts for the grid', async () => {
  const bot = await startBot({ playbook, roster: ROSTER });
  await bot.walkTo('17:00:01');
  const [reminder] = bot.heard('福山地村');
  expect(reminder?.text).toContain('一网格 @肖方');
  expect(reminder?.text).toContain('二网格 @李四');
  expect((await bot.says('肖方', '福山地村', '/消防巡查 0'))[0]).toContain('✅ 一网格');
});
