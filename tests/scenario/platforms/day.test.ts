/**
 * A day of one county whose villages are on WeChat, whose township is on Telegram, and whose county office reads the
 * page: from the first friend request to the county's table, through the real clients.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SenderRef } from '../../../src/bots/adapter.ts';
import { type Seen, ThreePlatforms } from './three-platforms.ts';

const ROSTER = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,张三,
巴林左旗,林东镇,福山地村,二网格,网格长,李四,
巴林左旗,林东镇,大新庄村,,书记,周五,
巴林左旗,林东镇,大新庄村,一网格,网格长,吴六,
`;

/** Accounts on WeChat. */
const SUN = 'wxid_sun';
const ZHANG = 'wxid_zhang';
const LI = 'wxid_li';
const ZHOU = 'wxid_zhou';
/** Accounts on Telegram. */
const QIAN = 501;
const SUN_ON_TELEGRAM = 502;
const WU = 503;
/** Groups. */
const FUSHAN = 'fushan@chatroom';
const DAXIN = 'daxin@chatroom';
const LINDONG = -1001;

const ZHAO: SenderRef = { id: 'zhao', displayName: '赵一' };

const texts = (seen: readonly Seen[]): string[] => seen.map(({ text }) => text);
/** The first line of each message, or the names of its files where it has no words. */
const heads = (seen: readonly Seen[]): string[] =>
  seen.map(({ at, text, files }) => `${at} ${[text.split('\n')[0] ?? '', ...files].join(' ').trim()}`);

let places: ThreePlatforms;
let countyGroup: string;
let codes: ReadonlyMap<string, string>;

/** Somebody on WeChat asks to be a contact, with the code they were given. */
async function befriends(account: string, name: string): Promise<void> {
  await places.wechat.addContact({ id: account, name, friend: false });
  await places.wechat.asksFriendship({ contactId: account, hello: `我是${name} ${codes.get(name)}` });
  await places.until(() => places.app.county().personOf(`wechat:${account}`) !== null);
  await places.settle();
}

beforeAll(async () => {
  places = await ThreePlatforms.open({ start: '2026-11-23T08:00:00+08:00', roster: ROSTER });
  await places.startBot();
  codes = await places.codes();
}, 60_000);

afterAll(() => places?.end(), 60_000);

// The day is one story: each part goes on where the one before it ended.
describe.sequential('a day on three platforms', () => {
  it('begins with people who say who they are, each where they are', async () => {
    await befriends(SUN, '孙三');
    await befriends(ZHANG, '张三');
    await befriends(LI, '李四');
    await befriends(ZHOU, '周五');
    for (const [id, name] of [
      [QIAN, '钱二'],
      [WU, '吴六'],
    ] as const) {
      await places.telegram.addUser({ id, first_name: name });
      await places.onTelegram(id, id, `/start ${codes.get(name)}`);
      expect(texts(places.seenIn('telegram', id)).at(-1)).toContain(`✅ ${name}`);
    }
    expect(texts(places.seenIn('wechat', ZHANG))).toEqual([expect.stringMatching(/✅ 张三.*一网格.*\/日报 0/)]);
  });

  it('lets the secretary of a village on WeChat be the same person on Telegram', async () => {
    await places.onWechat(SUN, null, '/加账号');
    const [, code] = /\/认领 (\S{6})/.exec(texts(places.seenIn('wechat', SUN)).at(-1) ?? '') ?? [];
    await places.telegram.addUser({ id: SUN_ON_TELEGRAM, first_name: '老孙' });
    await places.onTelegram(SUN_ON_TELEGRAM, SUN_ON_TELEGRAM, `/认领 ${code}`);
    const county = places.app.county();
    expect(county.personOf(`wechat:${SUN}`)?.name).toBe('孙三');
    expect(county.personOf(`telegram:${SUN_ON_TELEGRAM}`)).toEqual(county.personOf(`wechat:${SUN}`));
  });

  it('binds each group where it is', async () => {
    for (const [room, topic, by] of [
      [FUSHAN, '福山地村', SUN],
      [DAXIN, '大新庄村', ZHOU],
    ] as const) {
      const before = (await places.wechat.accepted()).length;
      await places.wechat.invitesToRoom({ roomId: room, topic, by });
      await places.until(async () => (await places.wechat.accepted()).length > before);
      await places.onWechat(by, room, `/绑定 ${topic}`);
      expect(texts(places.seenIn('wechat', room)).at(-1)).toContain(`本群已绑定${topic}`);
    }
    await places.telegram.addGroup({ id: LINDONG, title: '林东镇工作群', supergroup: true, absent: true });
    await places.telegram.addsBot(LINDONG, QIAN);
    await places.onTelegram(QIAN, LINDONG, '/绑定 林东镇');
    expect(texts(places.seenIn('telegram', LINDONG)).some((text) => text.includes('本群已绑定林东镇'))).toBe(true);

    await places.page.say({ kind: 'direct', id: ZHAO.id }, ZHAO, `/认领 ${codes.get('赵一')}`);
    countyGroup = (await places.page.createGroup('巴林左旗', ZHAO)).id;
    await places.page.say({ kind: 'group', id: countyGroup }, ZHAO, '/绑定 巴林左旗');
    await places.settle();
    expect(texts(places.seenIn('console', countyGroup)).at(-1)).toContain('本群已绑定巴林左旗');
  });

  it('takes reports from each platform, and an edited one as a correction', async () => {
    await places.at('16:20');
    await places.onWechat(ZHANG, FUSHAN, '@网格助手\u2005日报 0');
    expect(texts(places.seenIn('wechat', FUSHAN)).at(-1)).toContain('✅ 一网格');
    const message = await places.onTelegram(WU, WU, '／日報　２');
    expect(texts(places.seenIn('telegram', WU)).at(-1)).toContain('异常2');
    await places.editsOnTelegram(WU, message, '/日报 1 发热1');
    expect(texts(places.seenIn('telegram', WU)).at(-1)).toMatch(/更正.*异常1/);
  });

  it('reminds where somebody is missing, with a mention that the platform knows, and nobody else', async () => {
    await places.at('17:00');
    expect(texts(places.seenIn('wechat', FUSHAN)).at(-1)).toMatch(/^⏰ .*还差 1 个[\s\S]*二网格 @李四/);
    const sent = (await places.wechat.sent()).findLast(({ text }) => text?.startsWith('⏰'));
    expect(sent?.mentionIds).toEqual([LI]);
    expect(texts(places.seenIn('wechat', DAXIN)).filter((text) => text.startsWith('⏰'))).toEqual([]);
    expect(texts(places.seenIn('telegram', LINDONG)).filter((text) => text.startsWith('⏰'))).toEqual([]);
  });

  it('gets over the death of WeChat’s service, and keeps that it could not hear', async () => {
    await places.at('17:20');
    await places.wechat.kill();
    await places.onTelegram(QIAN, LINDONG, '/进度');
    expect(texts(places.seenIn('telegram', LINDONG)).at(-1)).toContain('2/3');
    await places.wechat.up();
    await places.until(async () => (await places.wechat.streams()).attached > 0);
    await places.until(async () => (await places.store.outages(0)).length > 0);
    expect(await places.store.outages(0)).toEqual([expect.objectContaining({ platform: 'wechat', lossy: 'yes' })]);
    await places.at('17:45');
    expect(texts(places.seenIn('wechat', FUSHAN)).at(-1)).toMatch(/^⏰ /);
  });

  it('sends each level its table, in the form its platform shows best', async () => {
    await places.at('18:05');
    expect(heads(places.seenIn('wechat', FUSHAN)).slice(-3)).toEqual([
      expect.stringMatching(/^18:00 📋 福山地村 11月23日日报 18:00$/),
      '18:00 福山地村-日报-2026-11-23.png',
      '18:00 福山地村-日报-2026-11-23.xlsx',
    ]);
    const [picture, workbook] = (await places.wechat.sent()).filter(({ file }) => file?.name.startsWith('福山地村'));
    expect((await places.wechat.fileOf(picture?.id ?? '')).subarray(1, 4).toString()).toBe('PNG');
    expect((await places.wechat.fileOf(workbook?.id ?? '')).subarray(0, 2).toString()).toBe('PK');

    await places.at('18:35');
    const [table, file] = (await places.telegram.sent()).filter(({ chatId }) => chatId === LINDONG).slice(-2);
    expect(table).toMatchObject({
      method: 'sendPhoto',
      text: expect.stringMatching(/^📋 林东镇[\s\S]*福山地村 1\/2 @孙三/),
    });
    expect(table?.entities).toEqual([
      expect.objectContaining({ type: 'text_mention', user: expect.objectContaining({ id: SUN_ON_TELEGRAM }) }),
    ]);
    expect(file).toMatchObject({ method: 'sendDocument', document: { name: '林东镇-日报-2026-11-23.xlsx' } });

    await places.at('19:30');
    expect(heads(places.seenIn('console', countyGroup)).at(-1)).toMatch(
      /^19:30 📋 巴林左旗 .* 巴林左旗-日报-2026-11-23\.png 巴林左旗-日报-2026-11-23\.xlsx$/,
    );
  });

  it('tells the levels above, each on its platform, when what was missing is made good', async () => {
    await places.at('19:40');
    await places.onWechat(LI, FUSHAN, '日报 无异常');
    await places.at('19:45');
    expect(texts(places.seenIn('telegram', LINDONG)).at(-1)).toMatch(/^✅ .*已补齐:福山地村/);
    expect(texts(places.seenIn('console', countyGroup)).at(-1)).toMatch(/^✅ .*已补齐:林东镇/);
    const [book] = places.app.county().books();
    const county = places.app.county().viewAt(places.clock.now()).county;
    expect(book?.tally(county?.id ?? '')).toMatchObject({ expected: 3, reported: 2, late: 1, missing: 0 });
  });

  it('reads as written down', async () => {
    const names = new Map<string, string>([
      [FUSHAN, '福山地村群'],
      [DAXIN, '大新庄村群'],
      [String(LINDONG), '林东镇群'],
      [countyGroup, '巴林左旗群'],
      [SUN, '孙三'],
      [ZHANG, '张三'],
      [LI, '李四'],
      [ZHOU, '周五'],
      [String(QIAN), '钱二'],
      [String(SUN_ON_TELEGRAM), '孙三'],
      [String(WU), '吴六'],
      [ZHAO.id, '赵一'],
    ]);
    const story = places.everything().map(({ at, platform, chat, text, files }) => {
      const words = [...(text === '' ? [] : [text]), ...files.map((name) => `[${name}]`)].join('\n');
      return `${at} ${platform} ${names.get(chat) ?? '?'}\n${words.replace(/^/gm, '    ')}\n`;
    });
    await expect(story.join('')).toMatchFileSnapshot('expected.txt');
  });

  it('says nothing twice, and nothing in the wrong place', async () => {
    const accepted = [
      ...(await places.wechat.sent()).map(
        ({ conversationId, text, file }) => `${conversationId} ${text ?? file?.name}`,
      ),
      ...(await places.telegram.sent()).map(({ chatId, text, document }) => `${chatId} ${text ?? document?.name}`),
    ].filter((line) => !/⏰|进度/.test(line));
    expect(accepted.filter((line, i) => accepted.indexOf(line) !== i)).toEqual([]);
    expect(places.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('leaves nothing of anybody in the logs: no name, no account, no text, no code', () => {
    const people = [SUN, ZHANG, LI, ZHOU, ...[QIAN, SUN_ON_TELEGRAM, WU].map((id) => `telegram:${id}`), ZHAO.id];
    const telling = [...people, ...codes.values()];
    expect(places.logged.filter((line) => telling.some((each) => line.includes(each)))).toEqual([]);
    expect(places.logged.filter((line) => /\p{Script=Han}/u.test(line))).toEqual([]);
    for (const chat of ['wechat:direct', 'telegram:direct', `wechat:${FUSHAN}`, `telegram:${LINDONG}`]) {
      expect(places.logged.some((line) => line.includes(`"chat":"${chat}"`))).toBe(true);
    }
  });
});
