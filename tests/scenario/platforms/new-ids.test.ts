/** WeChat's web protocol gives everything new ids at a login: groups are found again, people say once more who they are. */
import { afterEach, expect, it } from 'vitest';
import { ROSTER } from '../../support/rehearsal.ts';
import { ThreePlatforms } from './three-platforms.ts';

let places: ThreePlatforms;
afterEach(() => places?.end(), 60_000);

it('after a login under new ids groups go on as they are, people claim again, and the county knows why', async () => {
  places = await ThreePlatforms.open({
    start: '2026-11-23T08:00:00+08:00',
    roster: ROSTER,
    wechat: { loginAtStart: false },
  });
  const { wechat } = places;
  for (const [id, name] of [
    ['sun', '孙三'],
    ['zhang', '张三'],
    ['zhao', '赵一'],
  ] as const) {
    await wechat.addContact({ id, name });
  }
  await wechat.addRoom({ id: 'v@chatroom', topic: '福山地村', members: ['sun', 'zhang'] });
  await wechat.addRoom({ id: 'c@chatroom', topic: '巴林左旗', members: ['zhao'] });
  const botStarts = places.startBot();
  await places.until(async () => (await wechat.streams()).attached > 0);
  await wechat.login();
  await botStarts;
  const codes = await places.codes();
  await places.onWechat('sun', null, `/认领 ${codes.get('孙三')}`);
  await places.onWechat('zhang', null, `/认领 ${codes.get('张三')}`);
  await places.onWechat('zhao', null, `/认领 ${codes.get('赵一')}`);
  await places.onWechat('sun', 'v@chatroom', '/绑定 福山地村');
  await places.onWechat('zhao', 'c@chatroom', '/绑定 巴林左旗');

  const { rooms, contacts } = await wechat.relogin({ newRoomIds: true, newContactIds: true });
  const [village = '', county = '', zhang = ''] = [rooms['v@chatroom'], rooms['c@chatroom'], contacts.zhang];
  const chats = (): string[] =>
    places.app
      .county()
      .bindings()
      .map(({ chat }) => chat);
  await places.until(() => chats().includes(`wechat:${village}`));
  expect(chats().sort()).toEqual([`wechat:${village}`, `wechat:${county}`].sort());

  await places.settle();
  expect(places.seenIn('wechat', county).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^⚠️ 微信重新登录后.*3 人要重新认领.*\/认领 认领码$/),
  ]);
  await places.onWechat(zhang, village, '/日报 0');
  expect(places.seenIn('wechat', village).at(-1)?.text).toContain('还不知道您是哪个岗位');

  // The office prints codes again: those who lost their claim are among those who have none.
  const again = await places.codes();
  await places.onWechat(zhang, null, `/认领 ${again.get('张三')}`);
  await places.onWechat(zhang, village, '/日报 0');
  expect(places.seenIn('wechat', village).at(-1)?.text).toContain('✅ 一网格');
}, 60_000);
