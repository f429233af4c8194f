import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WechatCounterpart } from '../../counterparts/puppet.ts';
import { soon } from '../../support/soon.ts';
import { accountOf, Desk, direct, group, text } from './desk.ts';

describe('what is said on WeChat', () => {
  let wechat: WechatCounterpart;
  let desk: Desk;

  beforeAll(async () => {
    wechat = await WechatCounterpart.start({ self: { id: 'bot', name: '县里的小助手' } });
    await wechat.addContact({ id: 'zhang', name: '张三' });
    await wechat.addRoom({ id: 'fushan@chatroom', topic: '福山地村', members: ['zhang', 'li'] });
    await wechat.addRoom({ id: 'daxin@chatroom', topic: '大新庄村', members: ['zhang'] });
  });
  afterAll(() => wechat.end());
  beforeEach(async () => {
    desk = await new Desk([accountOf(wechat)]).start();
  });
  afterEach(async () => {
    await desk.adapter.stop();
    await wechat.clearFaults();
  });

  const says = (words: string, more: object = {}): Promise<string> =>
    wechat.says({ room: 'fushan@chatroom', from: 'zhang', text: words, ...more });

  it('is heard after the list of all groups', async () => {
    await says('/日报 0');
    await desk.message('/日报 0');
    expect(desk.events.map(({ type }) => type)).toEqual(['groups', 'message']);
    expect(desk.heard('groups')[0]).toMatchObject({
      complete: true,
      groups: expect.arrayContaining([
        { chat: group('fushan@chatroom'), title: '福山地村' },
        { chat: group('daxin@chatroom'), title: '大新庄村' },
      ]),
    });
  });

  it('comes with its chat, its title and its sender', async () => {
    const id = await says('/日报 1');
    expect(await desk.message('/日报 1')).toMatchObject({
      id,
      chat: group('fushan@chatroom'),
      chatTitle: '福山地村',
      sender: { id: 'zhang', displayName: '张三' },
    });
    await wechat.says({ from: 'zhang', text: '/帮助' });
    expect(await desk.message('/帮助')).toMatchObject({ chat: direct('zhang'), chatTitle: '' });
  });

  it('comes in its order in each chat, though its parts come back in any order', async () => {
    await wechat.fault({ method: 'messagePayload', kind: 'slow', ms: 60, times: 7 });
    const lines = Array.from({ length: 200 }, (_, i) => `第${i}句`);
    const rooms = ['fushan@chatroom', 'daxin@chatroom', null];
    await wechat.saysMany(lines.map((line, i) => ({ room: rooms[i % 3] ?? null, from: 'zhang', text: line })));
    await desk.message('第199句');
    for (const chat of ['fushan@chatroom', 'daxin@chatroom', 'zhang']) {
      const said = lines.filter((_, i) => (rooms[i % 3] ?? 'zhang') === chat);
      // The last of one chat may be heard before those of the others.
      await soon(() => {
        const heard = desk.heard('message').filter((message) => message.chat.id === chat);
        expect(heard.map((message) => message.text)).toEqual(said);
      });
    }
  });

  it('costs one question a message once rooms and people are known', async () => {
    await says('先说一句');
    await desk.message('先说一句');
    const before = await wechat.calls();
    await wechat.saysMany(
      Array.from({ length: 50 }, (_, i) => ({ room: 'fushan@chatroom', from: 'zhang', text: `再说${i}` })),
    );
    await desk.message('再说49');
    // A sign of life is asked for whenever the service was quiet for a while.
    const { messagePayload: asked = 0, ding: _, ...others } = await wechat.calls();
    const { messagePayload: askedBefore = 0, ding: __, ...othersBefore } = before;
    expect(asked - askedBefore).toBe(50);
    expect(others).toEqual(othersBefore);
  });

  it('in a room of many people whom nobody knows yet costs nothing for those who are silent', async () => {
    const people = Array.from({ length: 500 }, (_, i) => `p${i}`);
    await wechat.addRoom({ id: 'large@chatroom', topic: '林东镇', members: people });
    const { ding: _, ...before } = await wechat.calls();
    await wechat.says({ room: 'large@chatroom', from: 'p7', text: '镇里好' });
    await desk.message('镇里好');
    const { ding: __, ...after } = await wechat.calls();
    const cost = Object.entries(after).reduce((sum, [name, count]) => sum + count - (before[name] ?? 0), 0);
    expect(cost).toBeLessThanOrEqual(5);
  });

  it('is heard although its sender and its room cannot be asked about', async () => {
    await wechat.addRoom({ id: 'dark@chatroom', topic: '暗村', members: ['nobody'] });
    await wechat.fault({ method: 'contactPayload', kind: 'error' });
    await wechat.fault({ method: 'roomPayload', kind: 'error' });
    await wechat.says({ room: 'dark@chatroom', from: 'nobody', text: '在吗' });
    expect(await desk.message('在吗')).toMatchObject({ chatTitle: '', sender: { id: 'nobody', displayName: '' } });
    await wechat.clearFaults();
    await wechat.says({ room: 'dark@chatroom', from: 'nobody', text: '还在吗' });
    expect(await desk.message('还在吗')).toMatchObject({ chatTitle: '暗村' });
  });

  it('that cannot be read is read again, and then given up with a line in the log and without a word of it', async () => {
    await wechat.fault({ method: 'messagePayload', kind: 'error', times: 2 });
    await says('说两遍');
    await desk.message('说两遍');
    expect(desk.world.logged.map(({ event }) => event)).not.toContain('wechat.message.unreadable');
    await wechat.fault({ method: 'messagePayload', kind: 'error', times: 3 });
    await says('没人听见');
    const details = { account: '1', readings: 3, code: 2 };
    await soon(() => {
      expect(desk.world.logged).toContainEqual({ level: 'warn', event: 'wechat.message.unreadable', details });
    });
    await says('听得见');
    await desk.message('听得见');
    expect(desk.texts()).toEqual(['说两遍', '听得见']);
  });

  it('is not held up for long by a question that is never answered', async () => {
    await desk.adapter.stop();
    desk = await new Desk([accountOf(wechat)], { call: 60_000 }).start();
    await wechat.fault({ method: 'messagePayload', kind: 'hang', times: 1 });
    await says('没有回音');
    await says('后面的话');
    // Long before the time of the question is over.
    await desk.message('后面的话');
  });

  it('twice comes twice with the same id', async () => {
    const id = await says('说一次');
    await desk.message('说一次');
    await wechat.repeat(id);
    await soon(() => expect(desk.heard('message').map((message) => message.id)).toEqual([id, id]));
  });

  it('by the bot itself is not heard', async () => {
    await wechat.emitsFromSelf({ room: 'fushan@chatroom', text: '自己说的' });
    await desk.adapter.send(group('fushan@chatroom'), { text: '发出去的', mentions: [], attachments: [] });
    await says('别人说的');
    await desk.message('别人说的');
    expect(desk.texts()).toEqual(['别人说的']);
  });

  it('in seconds and in milliseconds has the same moment', async () => {
    const at = Date.parse('2026-11-20T08:00:00+08:00');
    await says('按秒', { at: at / 1_000 });
    await says('按毫秒', { at });
    await desk.message('按毫秒');
    expect(desk.heard('message').map(({ sentAt }) => sentAt)).toEqual([at, at]);
  });

  it.each([
    ['the id of the bot', '@县里的小助手\u2005日报 0', ['bot']],
    ['its name, from a desktop', '@县里的小助手 日报 0', []],
  ])('mentions the bot by %s', async (_, words, mentions) => {
    await says(words, { mentions });
    expect(await desk.message('@网格助手 日报 0')).toMatchObject({ mentionsBot: true });
  });

  it('mentions the bot by the name it bears in that room', async () => {
    await wechat.addRoom({
      id: 'alias@chatroom',
      topic: '别名村',
      members: [{ id: 'bot', alias: '村里的小助手' }, 'zhang'],
    });
    await wechat.says({ room: 'alias@chatroom', from: 'zhang', text: '@村里的小助手 日报 0' });
    expect(await desk.message('@网格助手 日报 0')).toMatchObject({ mentionsBot: true });
  });

  it('as a file can be read', async () => {
    const bytes = Buffer.alloc(100_000, '图');
    await wechat.saysFile({ room: 'fushan@chatroom', from: 'zhang', kind: 'image', name: '照片.jpg', bytes });
    const message = await desk.message('');
    expect(message.attachments).toMatchObject([{ kind: 'picture', name: '照片.jpg' }]);
    expect(Buffer.from((await message.attachments[0]?.read?.()) ?? []).equals(bytes)).toBe(true);
  });

  it('as a file too large for us is refused, and one that never comes is not waited for', async () => {
    const bounded = await new Desk([accountOf(wechat)], { transfer: 1_500, call: 1_500 }, { largestFile: 1_000 });
    await desk.adapter.stop();
    await bounded.start();
    await wechat.saysFile({ from: 'zhang', kind: 'file', name: 'a.xlsx', bytes: Buffer.alloc(2_000) });
    const read = (await bounded.message('')).attachments[0]?.read;
    await expect(read?.()).rejects.toThrow('too large');
    await wechat.fault({ method: 'messageFile', kind: 'hang' });
    await wechat.fault({ method: 'messageFileStream', kind: 'hang' });
    await expect(read?.()).rejects.toThrow();
    await bounded.adapter.stop();
  });

  it('and taken back is told as such', async () => {
    const id = await says('说错了');
    await desk.message('说错了');
    await wechat.recalls(id);
    await soon(() => expect(desk.heard('message').at(-1)).toMatchObject({ id, change: 'recalled', text: '' }));
  });

  it('is kept until the app can keep it, in its order', async () => {
    let broken = true;
    desk.keep = () => {
      if (broken) throw new Error('disk full');
    };
    await says('第一');
    await says('第二');
    await soon(() => expect(desk.world.logged.map(({ event }) => event)).toContain('wechat.inbound.held'));
    expect(desk.texts()).toEqual([]);
    broken = false;
    await desk.message('第二');
    expect(desk.texts()).toEqual(['第一', '第二']);
  });

  it('while the app is still busy with the list of groups waits for that', async () => {
    await desk.adapter.stop();
    let keep: () => void = () => undefined;
    const next = new Desk([accountOf(wechat)]);
    next.keep = (event) => {
      if (event.type !== 'groups') return;
      return new Promise((resolve) => {
        keep = resolve;
      });
    };
    await next.start();
    await says('先来的话');
    await soon(async () => expect((await wechat.said()).at(-1)?.delivered).toBe(1));
    // Time enough to have asked for it and told it.
    for (let round = 0; round < 10; round += 1) await next.adapter.send(direct('zhang'), text('稍等'));
    expect(next.events).toEqual([]);
    keep();
    await next.message('先来的话');
    expect(next.events.map(({ type }) => type)).toEqual(['groups', 'message']);
    await next.adapter.stop();
  });
});
