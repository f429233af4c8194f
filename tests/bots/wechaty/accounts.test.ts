import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WechatCounterpart } from '../../counterparts/puppet.ts';
import { soon } from '../../support/soon.ts';
import { accountOf, Desk, direct, group, text } from './desk.ts';

const SHARED = group('shared@chatroom');
const OWN = group('second@chatroom');
const HANDOVER = 400;

describe('several accounts of one bot', () => {
  let first: WechatCounterpart;
  let second: WechatCounterpart;
  let desk: Desk;

  beforeAll(async () => {
    [first, second] = await Promise.all([
      WechatCounterpart.start({ self: { id: 'bot1', name: '助手一' } }),
      WechatCounterpart.start({ self: { id: 'bot2', name: '助手二' } }),
    ]);
    for (const wechat of [first, second]) {
      await wechat.addContact({ id: 'zhang', name: '张三' });
      await wechat.addRoom({ id: SHARED.id, topic: '林东镇', members: ['zhang', 'bot1', 'bot2'] });
    }
    await second.addContact({ id: 'only second', name: '李四' });
    await second.addRoom({ id: OWN.id, topic: '福山地村', members: ['zhang'] });
  });
  afterAll(async () => {
    await Promise.all([first.end(), second.end()]);
  });

  const open = async (handover = 60_000): Promise<void> => {
    const accounts = [accountOf(first), accountOf(second, { name: '2' })];
    desk = new Desk(accounts, { handover });
    await desk.start();
    await desk.connected();
  };
  beforeEach(() => open());
  afterEach(async () => {
    await desk.adapter.stop();
    for (const wechat of [first, second]) if (!wechat.running) await wechat.up();
  });

  const saysToBoth = async (words: string): Promise<void> => {
    for (const wechat of [first, second])
      await wechat.says({ room: SHARED.id, from: 'zhang', text: words, id: `${words}${++ids}` });
  };
  let ids = 0;
  /** Says something to both until somebody hears it, and resolves with how often it was heard. */
  const heardOf = async (words: string): Promise<number> => {
    await saysToBoth(words);
    await desk.message(words);
    await second.says({ from: 'zhang', text: `${words}之后` });
    await desk.message(`${words}之后`);
    return desk.texts().filter((each) => each === words).length;
  };

  it('hear a group that they share once, and speak there with one voice', async () => {
    expect(await heardOf('大家好')).toBe(1);
    expect(desk.adapter.accountFor(SHARED)).toBe('1');
    const before = [(await first.sent()).length, (await second.sent()).length];
    await desk.adapter.send(SHARED, text('收到'));
    expect([(await first.sent()).length, (await second.sent()).length]).toEqual([(before[0] ?? 0) + 1, before[1]]);
  });

  it('each speak in the groups that only they are in', async () => {
    expect(desk.adapter.accountFor(OWN)).toBe('2');
    await desk.adapter.send(OWN, text('只有二号'));
    expect((await second.sent()).at(-1)).toMatchObject({ conversationId: OWN.id, text: '只有二号' });
  });

  it('tell all their groups together, completely when the last of them is there', async () => {
    await soon(() => expect(desk.heard('groups')).toHaveLength(2));
    const [early, late] = desk.heard('groups');
    // Those of the one that was there first, whichever that is.
    expect(early?.complete).toBe(false);
    expect(early?.groups.map(({ chat }) => chat.id).sort()).toBeOneOf([[SHARED.id], [OWN.id, SHARED.id]]);
    expect(late?.complete).toBe(true);
    expect(late?.groups.map(({ chat }) => chat.id).sort()).toEqual([OWN.id, SHARED.id]);
  });

  it('keep a group with its account while that is lost for a moment', async () => {
    expect(desk.adapter.accountFor(SHARED)).toBe('1');
    await first.kill();
    await soon(() => expect(desk.adapter.accounts()[0]?.state).toBe('lost'));
    await expect(desk.adapter.send(SHARED, text('等一等'))).rejects.toMatchObject({ kind: 'unavailable' });
    // The one that is lost may be in a group of which the other knows nothing.
    const unheard = desk.adapter.send(group('unheard of@chatroom'), text('在吗'));
    await expect(unheard).rejects.toMatchObject({ kind: 'unavailable' });
    expect(desk.adapter.accountFor(SHARED)).toBe('1');
    expect(desk.adapter.accounts().map(({ account, state }) => [account, state])).toEqual([
      ['1', 'lost'],
      ['2', 'connected'],
    ]);
    await first.up();
    await desk.connected();
    await desk.adapter.send(SHARED, text('又能说了'));
    expect(desk.heard('outage')).toMatchObject([{ account: '1', lossy: true }]);
  });

  it('pass a group on when its account is lost for long, and do not take it back', async () => {
    await desk.adapter.stop();
    await open(HANDOVER);
    expect(await heardOf('第一次')).toBe(1);
    await first.kill();
    await soon(() => expect(desk.adapter.accountFor(SHARED)).toBe('2'));
    await desk.adapter.send(SHARED, text('我是二号'));
    expect((await second.sent()).at(-1)).toMatchObject({ conversationId: SHARED.id, text: '我是二号' });
    await second.says({ room: SHARED.id, from: 'zhang', text: '二号听着' });
    await desk.message('二号听着');
    await first.up();
    await desk.connected();
    expect(await heardOf('又都在了')).toBe(1);
    expect(desk.adapter.accountFor(SHARED)).toBe('2');
  });

  it('pass a group on when its account leaves it, without a word of leaving while another stays', async () => {
    expect(await heardOf('还都在')).toBe(1);
    await first.leaves(SHARED.id, 'bot1', 'zhang');
    await soon(() => expect(desk.adapter.accountFor(SHARED)).toBe('2'));
    await second.says({ room: SHARED.id, from: 'zhang', text: '一号走了' });
    await desk.message('一号走了');
    await second.leaves(SHARED.id, 'bot2', 'zhang');
    await soon(() => expect(desk.heard('left')).toEqual([{ type: 'left', chat: SHARED }]));
    await expect(desk.adapter.send(SHARED, text('在吗'))).rejects.toMatchObject({ kind: 'refused' });
    await first.joins(SHARED.id, 'bot1', 'zhang');
    await second.joins(SHARED.id, 'bot2', 'zhang');
    await soon(() => expect(desk.heard('joined')).toMatchObject([{ chat: SHARED }]));
  });

  it('answer people in private by the account they wrote to last', async () => {
    await second.says({ from: 'zhang', text: '问二号' });
    await desk.message('问二号');
    expect(desk.adapter.accountFor(direct('zhang'))).toBe('2');
    await first.says({ from: 'zhang', text: '问一号' });
    await desk.message('问一号');
    expect(desk.adapter.accountFor(direct('zhang'))).toBe('1');
  });

  it('write to people in private by the first account that has them as contacts', async () => {
    await soon(() => expect(desk.adapter.accountFor(direct('only second'))).toBe('2'));
    expect(desk.adapter.accountFor(direct('zhang'))).toBe('1');
    await desk.adapter.send(direct('only second'), text('你好'));
    expect((await second.sent()).at(-1)).toMatchObject({ conversationId: 'only second' });
  });
});
