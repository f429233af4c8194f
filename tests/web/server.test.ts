import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ConsoleGroup, ConsoleMessage } from '../../src/bots/console.ts';
import { type ClockState, MovingError } from '../../src/web/time-machine.ts';
import { until } from '../support/soon.ts';
import { type Desk, openDesk, START, type State } from './desk.ts';
import { type LiveEvent, readEvents } from './event-reader.ts';

type Refusal = { code: string; message: string };

const messageOf = ({ event, data }: LiveEvent): ConsoleMessage | null =>
  event === 'message' ? (data as { message: ConsoleMessage }).message : null;
const saysBot = (part: string) => (event: LiveEvent) => {
  const message = messageOf(event);
  return message?.from === 'bot' && message.text.includes(part);
};
const botTexts = (state: State, chatId: string): string[] =>
  state.messages.filter(({ chat, from }) => chat.id === chatId && from === 'bot').map(({ text }) => text);

describe('a day at the console', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  it('begins with the chain of one village and its people, 张三 first', async () => {
    const { stage, clock } = await desk.state();
    expect(stage.groups.map(({ title, level }) => [title, level]).slice(0, 4)).toEqual([
      ['巴林左旗', 'county'],
      ['林东镇', 'township'],
      ['福山地村', 'village'],
      ['一网格', 'grid'],
    ]);
    expect(stage.groups.find(({ level }) => level === 'village')?.note).toBe('17:00 提醒 · 17:45 提醒 · 18:00 汇总');
    expect(stage.first).toBe(desk.person('张三'));
    const zhang = stage.people.find(({ name }) => name === '张三');
    expect(zhang).toMatchObject({ post: '一网格 网格长', home: desk.group('福山地村').id });
    expect(zhang?.lines).toEqual(
      expect.arrayContaining(['/日报 0', '/日报 2 返乡1 发热1', '/日抱 0', '/请假 今天 李四代']),
    );
    expect(stage.people.map(({ name }) => name)).toEqual(expect.arrayContaining(['孙三', '钱二', '赵一', '陌生人']));
    expect(clock).toEqual({ now: START, movable: true, moving: false });
  });

  it('shows a line and its answer to everyone who watches', async () => {
    const events = await readEvents(desk.url);
    const said = await desk.api('/api/say', {
      chat: desk.group('福山地村'),
      from: desk.person('张三'),
      text: '/日报 0',
    });
    expect(said.status).toBe(200);
    await desk.flow(1_000);
    const seen = await events.until(saysBot('✅ 一网格 11月23日 零报告已收 16:00'));
    expect(messageOf(seen[0] ?? { event: '', data: null })).toMatchObject({
      from: { displayName: '张三' },
      text: '/日报 0',
    });
    events.end();
  });

  it('goes to 17:00 and reminds those who are missing, and nobody else', async () => {
    const events = await readEvents(desk.url);
    const arrived = await desk.api<ClockState>('/api/clock', { to: '17:00' });
    expect(arrived.body).toEqual({ now: START + 3_600_000, movable: true, moving: false });
    const seen = await events.until(
      ({ event, data }) => event === 'clock' && !(data as { clock: ClockState }).clock.moving,
    );
    const [reminder, ...others] = seen.flatMap((event) => messageOf(event) ?? []);
    // Every other village of the county got its reminder too, out of sight.
    expect(others).toEqual([]);
    expect(reminder?.chat).toEqual(desk.group('福山地村'));
    expect(reminder?.mentions.map(({ name }) => name)).toContain('李四');
    expect(reminder?.mentions.map(({ name }) => name)).not.toContain('张三');
    expect(seen[0]).toMatchObject({ event: 'clock', data: { clock: { moving: true } } });
    events.end();
  });

  it('goes on to the tables of the village, the township and the county', async () => {
    const { id: village } = desk.group('福山地村');
    const { id: township } = desk.group('林东镇');
    const { id: county } = desk.group('巴林左旗');
    await desk.api('/api/clock', { to: '18:00' });
    expect(botTexts(await desk.state(), village).at(-1)).toContain('福山地村 11月23日日报 18:00');
    expect(botTexts(await desk.state(), township)).toEqual([]);
    await desk.api('/api/clock', { to: '18:30' });
    expect(botTexts(await desk.state(), township)).toEqual([expect.stringContaining('林东镇 11月23日日报 18:30')]);
    expect(botTexts(await desk.state(), county)).toEqual([]);
    await desk.api('/api/clock', { to: '19:30' });
    expect(botTexts(await desk.state(), county)).toEqual([expect.stringContaining('巴林左旗 11月23日日报 19:30')]);
  });

  it('hands out the picture and the workbook of a table', async () => {
    const { messages } = await desk.state();
    const table = messages.find(({ attachments }) => attachments.length > 0);
    expect(table?.attachments.map(({ kind }) => kind)).toEqual(['picture', 'workbook']);
    const picture = await fetch(`${desk.url}/api/files/${table?.id}/0`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect([...new Uint8Array(await picture.arrayBuffer()).slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
    const workbook = await fetch(`${desk.url}/api/files/${table?.id}/1`);
    expect(workbook.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''.*\.xlsx$/);
    expect([...new Uint8Array(await workbook.arrayBuffer()).slice(0, 2)]).toEqual([...Buffer.from('PK')]);
  });

  it('keeps how far the clock has come', async () => {
    expect(desk.app.county().meta('simulatedAhead')).toBe(String(desk.clock.ahead));
    expect(desk.clock.ahead).toBeGreaterThan(3_600_000);
  });

  it('answers a direct line only where it was said', async () => {
    const wang = desk.person('王五');
    await desk.api('/api/say', { chat: { kind: 'direct', id: wang }, from: wang, text: '/帮助' });
    await desk.flow(0);
    expect(botTexts(await desk.state(), wang)).toEqual([expect.stringContaining('王五,您在这里可以发:')]);
  });

  it('makes a group into which the bot comes, and which takes the place of a bound one', async () => {
    const sun = desk.person('孙三');
    const made = await desk.api<ConsoleGroup>('/api/groups', { title: '福山地村新群', from: sun });
    expect(made.body).toMatchObject({ title: '福山地村新群', hasBot: true });
    expect((await desk.state()).stage.groups.at(-1)).toMatchObject({ title: '福山地村新群', level: null });
    const events = await readEvents(desk.url);
    const chat = { kind: 'group', id: made.body.id };
    await desk.api('/api/say', { chat, from: sun, text: '/绑定 福山地村' });
    await desk.flow(1_000);
    await events.until(saysBot('本群已绑定福山地村'));
    events.end();
    const { groups } = (await desk.state()).stage;
    expect(groups.find(({ level }) => level === 'village')?.id).toBe(made.body.id);
    expect(groups.find(({ title }) => title === '福山地村')?.level).toBeNull();
  });

  it("leaves the bot out of a stranger's group", async () => {
    const made = await desk.api<ConsoleGroup>('/api/groups', { title: '广告群', from: 'stranger' });
    expect(made.body.hasBot).toBe(false);
  });

  it('says so when the clock is being moved already', async () => {
    vi.spyOn(desk.time, 'goTo').mockRejectedValueOnce(new MovingError());
    const moved = await desk.api<Refusal>('/api/clock', { to: 'next-day' });
    expect([moved.status, moved.body.code]).toEqual([409, 'moving']);
  });

  it('tells of nothing from other villages', async () => {
    const elsewhere = { kind: 'group', id: desk.group('大新庄村').id };
    const { stage, messages } = await desk.state();
    expect(desk.adapter.messages({ kind: 'group', id: elsewhere.id })).not.toEqual([]);
    expect(stage.groups.map(({ title }) => title)).not.toContain('大新庄村');
    expect(messages.map(({ chat }) => chat.id)).not.toContain(elsewhere.id);
    const said = await desk.api<Refusal>('/api/say', { chat: elsewhere, from: desk.person('张三'), text: '/进度' });
    expect([said.status, said.body.code]).toEqual([404, 'chat']);
  });
});

describe('an event stream', () => {
  it('is kept awake, and let go of when its reader leaves', async () => {
    const desk = await openDesk({ heartbeatMs: 5 });
    const events = await readEvents(desk.url);
    expect(events.response.headers.get('content-type')).toContain('text/event-stream');
    expect(await events.nextFrame()).toBe('retry: 1000');
    expect(await events.nextFrame()).toBe(': beat');
    const watching = async () => (await desk.api<{ watching: number }>('/healthz')).body.watching;
    expect(await watching()).toBe(1);
    events.end();
    await until(async () => (await watching()) === 0, 'it is let go of');
    await desk.close();
  });

  it('does not keep a server from closing', async () => {
    const desk = await openDesk();
    const events = await readEvents(desk.url);
    await events.nextFrame();
    await desk.close();
    await expect(events.nextFrame()).rejects.toThrow();
  });
});

describe('a console on a real roster', () => {
  it('lets nobody of it be played and no time be made up', async () => {
    const desk = await openDesk({ village: null });
    const { stage, clock } = await desk.state();
    expect(stage.people.map(({ name }) => name)).toEqual(['陌生人']);
    expect(stage.groups.map(({ level }) => level)).toEqual(['county']);
    expect(clock.movable).toBe(false);
    const moved = await desk.api<Refusal>('/api/clock', { to: '17:00' });
    expect([moved.status, moved.body.code]).toEqual([403, 'fixed']);
    const zhang = desk.person('张三');
    const said = await desk.api<Refusal>('/api/say', {
      chat: { kind: 'direct', id: zhang },
      from: zhang,
      text: '/日报 0',
    });
    expect([said.status, said.body.code]).toEqual([404, 'person']);
    await desk.close();
  });
});
