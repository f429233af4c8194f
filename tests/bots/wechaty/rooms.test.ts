import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WechatCounterpart } from '../../counterparts/puppet.ts';
import { soon } from '../../support/soon.ts';
import { accountOf, Desk, direct, group, text } from './desk.ts';

describe('the bot among people and groups of WeChat', () => {
  let wechat: WechatCounterpart;
  let desk: Desk;

  beforeAll(async () => {
    wechat = await WechatCounterpart.start({ self: { id: 'bot', name: '网格助手' } });
    await wechat.addContact({ id: 'zhang', name: '张三' });
  });
  afterAll(() => wechat.end());
  beforeEach(async () => {
    desk = await new Desk([accountOf(wechat)]).start();
  });
  afterEach(async () => {
    await desk.adapter.stop();
    await wechat.clearFaults();
  });

  it('tells that a group has another title, and knows it by that from then on', async () => {
    await wechat.addRoom({ id: 'renamed@chatroom', topic: '旧名', members: ['zhang'] });
    await wechat.says({ room: 'renamed@chatroom', from: 'zhang', text: '旧' });
    expect(await desk.message('旧')).toMatchObject({ chatTitle: '旧名' });
    await wechat.renamesRoom('renamed@chatroom', '新名', 'zhang');
    await wechat.says({ room: 'renamed@chatroom', from: 'zhang', text: '新' });
    expect(await desk.message('新')).toMatchObject({ chatTitle: '新名' });
    expect(desk.heard('renamed')).toEqual([{ type: 'renamed', chat: group('renamed@chatroom'), title: '新名' }]);
    const order = desk.events.filter((event) => 'chat' in event).map(({ type }) => type);
    expect(order).toEqual(['message', 'renamed', 'message']);
  });

  it('tells that it was brought into a group, and may speak there', async () => {
    await wechat.addRoom({ id: 'joined@chatroom', topic: '三网格', members: ['zhang'] });
    await wechat.leaves('joined@chatroom', 'bot', 'zhang');
    await soon(() => expect(desk.heard('left')).toEqual([{ type: 'left', chat: group('joined@chatroom') }]));
    await expect(desk.adapter.send(group('joined@chatroom'), text('在吗'))).rejects.toMatchObject({ kind: 'refused' });
    await wechat.joins('joined@chatroom', 'bot', 'zhang');
    await soon(() => {
      expect(desk.heard('joined')).toMatchObject([{ chat: group('joined@chatroom'), title: '三网格' }]);
    });
    await desk.adapter.send(group('joined@chatroom'), text('来了'));
  });

  it('says nothing of others who come and go', async () => {
    await wechat.addRoom({ id: 'busy@chatroom', topic: '忙村', members: ['zhang'] });
    await wechat.joins('busy@chatroom', 'wang', 'zhang');
    await wechat.leaves('busy@chatroom', 'wang', 'wang');
    await wechat.says({ room: 'busy@chatroom', from: 'zhang', text: '走了' });
    await desk.message('走了');
    expect([desk.heard('joined'), desk.heard('left')]).toEqual([[], []]);
  });

  it('tells of an invitation into a group, and takes it only when it is told to', async () => {
    const id = await wechat.invitesToRoom({ roomId: 'invited@chatroom', topic: '四网格', by: 'zhang' });
    await soon(() => expect(desk.heard('invitation')).toHaveLength(1));
    const [invitation] = desk.heard('invitation');
    expect(invitation).toMatchObject({ inviter: { id: 'zhang', displayName: '张三' }, title: '四网格' });
    expect((await wechat.accepted()).map((each) => each.id)).not.toContain(id);
    await invitation?.accept();
    expect(await wechat.accepted()).toContainEqual({ kind: 'room', id });
    await soon(() => expect(desk.heard('joined')).toMatchObject([{ chat: group('invited@chatroom') }]));
  });

  it('tells of somebody who asks to be a contact, and takes it when it is told to', async () => {
    await wechat.addContact({ id: 'wang', name: '王五', friend: false });
    const id = await wechat.asksFriendship({ contactId: 'wang', hello: '我是二网格王五' });
    await soon(() => expect(desk.heard('invitation')).toHaveLength(1));
    const [invitation] = desk.heard('invitation');
    expect(invitation).toMatchObject({ inviter: { id: 'wang', displayName: '王五' }, title: '' });
    await invitation?.accept();
    expect(await wechat.accepted()).toContainEqual({ kind: 'friendship', id });
    await desk.adapter.send(direct('wang'), text('你好'));
    // That they are contacts now is no request.
    expect(desk.heard('invitation')).toHaveLength(1);
  });

  it('says so when an invitation could not be taken, in time and without the service’s words', async () => {
    const hasty = await new Desk([accountOf(wechat)], { call: 1_500 });
    await desk.adapter.stop();
    await hasty.start();
    await wechat.invitesToRoom({ roomId: 'never@chatroom', topic: '五网格', by: 'zhang' });
    await soon(() => expect(hasty.heard('invitation')).toHaveLength(1));
    await wechat.fault({ method: 'roomInvitationAccept', kind: 'error', times: 1 });
    await expect(hasty.heard('invitation')[0]?.accept()).rejects.toThrow(/^not accepted: gRPC UNKNOWN$/);
    await wechat.fault({ method: 'roomInvitationAccept', kind: 'hang', times: 1 });
    await expect(hasty.heard('invitation')[0]?.accept()).rejects.toThrow(/^not accepted: no answer$/);
    await hasty.adapter.stop();
  });

  it('learns of a group that it was not told of by what is said there', async () => {
    await wechat.addRoom({ id: 'later@chatroom', topic: '后来村', members: ['zhang'] });
    await wechat.says({ room: 'later@chatroom', from: 'zhang', text: '我们也在' });
    expect(await desk.message('我们也在')).toMatchObject({ chatTitle: '后来村' });
  });

  it('speaks in a group that it was not told of and in which nobody has spoken', async () => {
    await wechat.addRoom({ id: 'silent@chatroom', topic: '静村', members: ['zhang'] });
    await desk.adapter.send(group('silent@chatroom'), text('有人吗'));
    expect((await wechat.sent()).at(-1)).toMatchObject({ conversationId: 'silent@chatroom', text: '有人吗' });
  });
});
