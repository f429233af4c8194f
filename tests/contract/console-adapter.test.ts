import { describe, expect, it, vi } from 'vitest';
import type { ChatRef, InboundEvent } from '../../src/bots/adapter.ts';
import { ConsoleAdapter, type ConsoleEvent } from '../../src/bots/console.ts';
import { CONSOLE_LIMITS } from '../../src/bots/limits.ts';
import { SteppedClock, systemClock } from '../../src/clock.ts';
import { BOT_NAME } from '../../src/locales/zh-CN.ts';
import { AdapterWorld } from '../support/adapter-world.ts';
import {
  type Fixture,
  type Saying,
  type Seen,
  type Stage,
  TOWNSHIP_TITLE,
  VILLAGE_TITLE,
} from './chat-adapter/fixture.ts';
import { chatAdapterContract } from './chat-adapter.ts';

const START = Date.parse('2026-11-23T16:00:00+08:00');
const ZHANG = { id: 'p1', displayName: '张三' };
const VILLAGE = { kind: 'group', id: 'v1' } as const;

function openAdapter(keep?: number): { adapter: ConsoleAdapter; clock: SteppedClock } {
  const clock = new SteppedClock(START);
  const adapter = new ConsoleAdapter({ clock, botName: '网格助手', ...(keep === undefined ? {} : { keep }) });
  adapter.openGroup('v1', '福山地村');
  return { adapter, clock };
}

/** An adapter whose events are kept, and whose invitations are taken or not. */
async function listening(accepts = true, keep?: number) {
  const { adapter, clock } = openAdapter(keep);
  const heard: InboundEvent[] = [];
  await adapter.start(async (event) => {
    heard.push(event);
    if (event.type === 'invitation' && accepts) await event.accept();
  });
  return { adapter, clock, heard };
}

/** The platform is of this process: what people do there, the page asks the adapter itself. */
class ConsoleStage implements Stage {
  readonly world = new AdapterWorld();
  readonly adapter = new ConsoleAdapter({ clock: systemClock, botName: BOT_NAME });
  readonly zhang = ZHANG;
  readonly li = { id: 'p2', displayName: '李四' };
  readonly village = group('v1');
  readonly township = group('t1');
  readonly zhangAlone = { platform: 'console', kind: 'direct', id: 'p1' } as const;
  readonly liAlone = { platform: 'console', kind: 'direct', id: 'p2' } as const;
  readonly closed = [group('nowhere')];
  readonly secrets = [];

  constructor() {
    this.adapter.openGroup('v1', VILLAGE_TITLE);
    this.adapter.openGroup('t1', TOWNSHIP_TITLE);
  }

  async says(sayings: readonly Saying[]): Promise<string[]> {
    return sayings.map(({ chat, text, from }) => {
      const alone = chat.id === this.li.id ? this.li : this.zhang;
      return this.#begin(() => this.adapter.say(chat, from ?? alone, text));
    });
  }

  async mentionsBot(chat: ChatRef, before: string, after: string): Promise<string> {
    return this.#begin(() => this.adapter.say(chat, this.zhang, `${before}@${BOT_NAME}${after}`));
  }

  async seen(chat: ChatRef): Promise<Seen[]> {
    const messages = this.adapter.messages(chat).filter(({ from }) => from === 'bot');
    return Promise.all(
      messages.map(async ({ id, text, mentions, attachments }) => {
        const files = await Promise.all(attachments.map((_, at) => this.adapter.file(id, at)));
        return { text, mentions: mentions.map((each) => each.id), files: files.filter((file) => file !== null) };
      }),
    );
  }

  async end(): Promise<void> {}

  /** The page waits until the app has taken a line; its id is there before. */
  #begin(say: () => Promise<string>): string {
    let id = '';
    const unsubscribe = this.adapter.subscribe((event) => {
      if (event.type === 'message') id = event.message.id;
    });
    say().catch(() => undefined);
    unsubscribe();
    return id;
  }
}

function group(id: string) {
  return { platform: 'console', kind: 'group', id } as const;
}

const CONSOLE: Fixture<ConsoleStage> = {
  name: 'the browser console',
  shape: CONSOLE_LIMITS.shape,
  open: async () => new ConsoleStage(),
  can: {
    queues: true,
    recalls: ({ adapter }, _, id) => adapter.recall(id),
    renames: ({ adapter }, chat, title) => adapter.renameGroup(chat.id, title),
    invites: async ({ adapter, zhang }) => {
      await adapter.createGroup('新群', zhang);
      return zhang;
    },
  },
};
// Who types a line on the page is told whether it was taken, and types it again: nothing is offered again by itself.
chatAdapterContract(CONSOLE, {
  themes: ['hearing', 'membership', 'order', 'durability', 'sending', 'sendFailures', 'ending'],
});

describe('the console adapter', () => {
  it('resolves a line only when the app has taken it in', async () => {
    const { adapter } = openAdapter();
    let release = (): void => undefined;
    await adapter.start(
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    const settled = vi.fn();
    const saying = adapter.say(VILLAGE, ZHANG, '/日报 0').then(settled);
    await Promise.resolve();
    expect(settled).not.toHaveBeenCalled();
    release();
    await saying;
    expect(settled).toHaveBeenCalledOnce();
  });

  it('gives messages the time of its clock', async () => {
    const { adapter, clock, heard } = await listening();
    clock.moveTo(START + 90_000);
    await adapter.say(VILLAGE, ZHANG, '好');
    expect(heard).toEqual([expect.objectContaining({ sentAt: START + 90_000 })]);
    expect(adapter.messages(VILLAGE).map(({ at }) => at)).toEqual([START + 90_000]);
  });

  it('makes a file only when somebody looks at it', async () => {
    const { adapter } = await listening();
    const content = vi.fn(async () => Uint8Array.of(1, 2, 3));
    const { messageId } = await adapter.send(
      { platform: 'console', ...VILLAGE },
      { text: '汇总', mentions: [], attachments: [{ kind: 'picture', name: '汇总.png', content }] },
    );
    expect(content).not.toHaveBeenCalled();
    expect(await adapter.file(messageId ?? '', 0)).toEqual({
      kind: 'picture',
      name: '汇总.png',
      bytes: Uint8Array.of(1, 2, 3),
    });
    expect(await adapter.file(messageId ?? '', 1)).toBeNull();
    expect(await adapter.file('no such message', 0)).toBeNull();
  });

  it('keeps the last messages of each chat and forgets files with their messages', async () => {
    const { adapter } = await listening(true, 3);
    const attachment = { kind: 'workbook', name: '表.xlsx', content: async () => Uint8Array.of(1) } as const;
    const ids: (string | null)[] = [];
    for (const text of ['一', '二', '三', '四', '五']) {
      const message = { text, mentions: [], attachments: [attachment] };
      ids.push((await adapter.send({ platform: 'console', ...VILLAGE }, message)).messageId);
    }
    expect(adapter.messages(VILLAGE).map(({ text }) => text)).toEqual(['三', '四', '五']);
    expect(await adapter.file(ids[1] ?? '', 0)).toBeNull();
    expect(await adapter.file(ids[2] ?? '', 0)).not.toBeNull();
  });

  it('comes into a new group when the invitation is taken, and says so', async () => {
    const { adapter, heard } = await listening();
    const group = await adapter.createGroup('新群', ZHANG);
    expect(group).toEqual({ id: expect.any(String), title: '新群', hasBot: true });
    const chat = { platform: 'console', kind: 'group', id: group.id };
    expect(heard).toEqual([
      expect.objectContaining({ type: 'invitation', inviter: ZHANG, title: '新群' }),
      expect.objectContaining({ type: 'joined', chat, title: '新群' }),
    ]);
  });

  it('hears nothing in a group whose invitation was not taken', async () => {
    const { adapter, heard } = await listening(false);
    const group = await adapter.createGroup('别的群', ZHANG);
    expect(group.hasBot).toBe(false);
    heard.length = 0;
    await adapter.say({ kind: 'group', id: group.id }, ZHANG, '/日报 0');
    await adapter.renameGroup(group.id, '改了名');
    expect(heard).toEqual([]);
  });

  it('tells of a new title', async () => {
    const { adapter, heard } = await listening();
    await adapter.renameGroup('v1', '福山地村大群');
    expect(heard).toEqual([{ type: 'renamed', chat: { platform: 'console', ...VILLAGE }, title: '福山地村大群' }]);
    expect(adapter.group('v1')?.title).toBe('福山地村大群');
  });

  it('tells once of a message that its sender takes back, and shows it no more', async () => {
    const { adapter, heard } = await listening();
    const id = await adapter.say(VILLAGE, ZHANG, '/日报 0');
    heard.length = 0;
    await adapter.recall(id);
    await adapter.recall(id);
    expect(heard).toEqual([expect.objectContaining({ id, change: 'recalled', text: '/日报 0', sender: ZHANG })]);
    expect(adapter.messages(VILLAGE)).toEqual([expect.objectContaining({ id, text: '', recalled: true })]);
  });

  it('takes back nothing of the bot', async () => {
    const { adapter } = await listening();
    const to = { platform: 'console', ...VILLAGE };
    const { messageId } = await adapter.send(to, { text: '好', mentions: [], attachments: [] });
    await expect(adapter.recall(messageId ?? '')).rejects.toThrow(RangeError);
  });

  it('keeps a direct chat apart from a group of the same id', async () => {
    const { adapter } = await listening();
    await adapter.say({ kind: 'direct', id: 'v1' }, ZHANG, '悄悄话');
    expect(adapter.messages(VILLAGE)).toEqual([]);
  });

  it('tells those who watch, until they stop watching', async () => {
    const { adapter } = await listening();
    const events: ConsoleEvent[] = [];
    const stop = adapter.subscribe((event) => events.push(event));
    await adapter.say(VILLAGE, ZHANG, '一');
    stop();
    await adapter.say(VILLAGE, ZHANG, '二');
    expect(events).toEqual([{ type: 'message', message: expect.objectContaining({ text: '一' }) }]);
  });
});
