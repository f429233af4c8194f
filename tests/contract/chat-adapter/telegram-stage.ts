/** Telegram for the contract: a Bot API server in a process of its own, polled or pushing. */
import { Agent, request } from 'node:http';
import type { ChatAdapter, ChatRef, InboundAttachment, SenderRef } from '../../../src/bots/adapter.ts';
import { TELEGRAM_LIMITS } from '../../../src/bots/limits.ts';
import { telegramWith } from '../../../src/bots/telegram.ts';
import { BotApi, type SentMessage } from '../../counterparts/bot-api.ts';
import { freePort } from '../../counterparts/process.ts';
import { AdapterWorld } from '../../support/adapter-world.ts';
import { QUICK_TELEGRAM } from '../../support/quick-times.ts';
import { type Fixture, type Saying, type Seen, type Stage, TOWNSHIP_TITLE, VILLAGE_TITLE } from './fixture.ts';
import { TELEGRAM_DISRUPTIONS, TELEGRAM_SEND_FAULTS, WEBHOOK_DISRUPTIONS } from './telegram-faults.ts';

const VILLAGE = -1001;
const TOWNSHIP = -1002;
const KICKED = -1003;
const NEW = -1004;
const ZHANG = 101;
const LI = 102;
const STRANGER = 103;
const BLOCKER = 104;

const WEBHOOK_SECRET = 'webhook-secret-0a1b2c3d';

const group = (id: number): ChatRef => ({ platform: 'telegram', id: String(id), kind: 'group' });
const direct = (id: number): ChatRef => ({ platform: 'telegram', id: String(id), kind: 'direct' });

export class TelegramStage implements Stage {
  readonly world = new AdapterWorld();
  readonly zhang: SenderRef = { id: String(ZHANG), displayName: '张三' };
  readonly li: SenderRef = { id: String(LI), displayName: '李四' };
  readonly village = group(VILLAGE);
  readonly township = group(TOWNSHIP);
  readonly zhangAlone = direct(ZHANG);
  readonly liAlone = direct(LI);
  readonly closed = [group(KICKED), group(-1_999), direct(STRANGER), direct(BLOCKER)];
  readonly secrets: readonly string[];
  readonly api: BotApi;
  readonly webhookPort: number | null;
  /** What a test has set going, to be ended with it. */
  readonly closers: (() => Promise<void>)[] = [];
  readonly #updates = new Map<string, number>();

  #adapter: ChatAdapter | null = null;

  private constructor(api: BotApi, webhookPort: number | null) {
    this.api = api;
    this.webhookPort = webhookPort;
    this.secrets = [api.token, api.token.slice(api.token.indexOf(':') + 1), WEBHOOK_SECRET];
  }

  get adapter(): ChatAdapter {
    if (!this.#adapter) throw new Error('there is no adapter yet');
    return this.#adapter;
  }

  static async on(api: BotApi, isPushing: boolean): Promise<TelegramStage> {
    await api.reset();
    const users = [
      { id: ZHANG, first_name: '张三' },
      { id: LI, first_name: '李四' },
      { id: STRANGER, first_name: '陌生人' },
      { id: BLOCKER, first_name: '拉黑的人' },
    ];
    for (const user of users) await api.addUser(user);
    await api.addGroup({ id: VILLAGE, title: VILLAGE_TITLE, owner: ZHANG });
    await api.addGroup({ id: TOWNSHIP, title: TOWNSHIP_TITLE });
    await api.addGroup({ id: KICKED, title: '出来了的群', owner: ZHANG });
    await api.addGroup({ id: NEW, title: '新群', owner: ZHANG, absent: true });
    await api.saysMany([ZHANG, LI, BLOCKER].map((chat) => ({ chat, text: '/start' })));
    await api.removesBot(KICKED, ZHANG);
    await api.blocks(BLOCKER);
    await forget(api);
    const stage = new TelegramStage(api, isPushing ? await freePort() : null);
    stage.#adapter = await stage.open();
    return stage;
  }

  async open(): Promise<ChatAdapter> {
    const variables = new Map([
      ['TELEGRAM_TOKEN', this.api.token],
      ['TELEGRAM_API_ROOT', this.api.root],
    ]);
    if (this.webhookPort !== null) {
      variables.set('TELEGRAM_WEBHOOK_URL', `http://127.0.0.1:${this.webhookPort}/telegram`);
      variables.set('TELEGRAM_WEBHOOK_PORT', String(this.webhookPort));
      variables.set('TELEGRAM_WEBHOOK_SECRET', WEBHOOK_SECRET);
    }
    const configured = telegramWith(QUICK_TELEGRAM).configure(variables);
    if (configured.state !== 'ready') throw new Error(`Telegram is ${JSON.stringify(configured)}`);
    return configured.platform.open(this.world.deps);
  }

  async says(sayings: readonly Saying[]): Promise<string[]> {
    const said = await this.api.saysMany(
      sayings.map(({ chat, text, from }) => {
        const alone = chat.kind === 'direct' ? Number(chat.id) : ZHANG;
        return { chat: Number(chat.id), from: from ? Number(from.id) : alone, text };
      }),
    );
    return said.map(({ messageId, updateId }, at) => this.note(sayings[at]?.chat ?? this.village, messageId, updateId));
  }

  async mentionsBot(chat: ChatRef, before: string, after: string): Promise<string> {
    const [id = ''] = await this.says([{ chat, text: `${before}@${this.api.username}${after}` }]);
    return id;
  }

  async seen(chat: ChatRef): Promise<Seen[]> {
    const sent = (await this.api.sent()).filter(({ chatId }) => String(chatId) === chat.id);
    return Promise.all(
      sent.map(async (message) => ({
        text: message.text,
        mentions: [...new Set(message.entities.flatMap(({ user }) => (user ? [String(user.id)] : [])))],
        files: await this.#filesOf(message),
      })),
    );
  }

  note(chat: ChatRef, messageId: number, updateId: number | null): string {
    if (updateId !== null) this.#updates.set(`${chat.id} ${messageId}`, updateId);
    return String(messageId);
  }

  updateOf(chat: ChatRef, id: string): number {
    return this.#updates.get(`${chat.id} ${id}`) ?? 0;
  }

  /** Pushes an update to the bot as Telegram does, past the queue. */
  async push(update: object, secret = WEBHOOK_SECRET): Promise<number> {
    const agent = new Agent({ keepAlive: false });
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret };
      const options = { method: 'POST', host: '127.0.0.1', port: this.webhookPort, path: '/telegram', headers, agent };
      const posting = request(options, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      posting.on('error', reject).end(JSON.stringify(update));
    });
    agent.destroy();
    return status;
  }

  async end(): Promise<void> {
    for (const close of this.closers.splice(0)) await close();
    this.api.thaw();
    await this.api.up();
  }

  async #filesOf({ chatId, messageId, document, photoBytesLength }: SentMessage): Promise<Seen['files']> {
    if (!document && photoBytesLength === undefined) return [];
    return [{ name: document?.name ?? '', bytes: await this.api.fileOf({ chat: chatId, messageId }) }];
  }
}

/** What was said while the stage was built is no part of the test. */
async function forget(api: BotApi): Promise<void> {
  const response = await fetch(`${api.root}/bot${api.token}/getUpdates?offset=-1`, {
    headers: { connection: 'close' },
  });
  const { result } = (await response.json()) as { result: { update_id: number }[] };
  const offset = Number(result.at(-1)?.update_id ?? 0) + 1;
  await fetch(`${api.root}/bot${api.token}/getUpdates?offset=${offset}`, { headers: { connection: 'close' } }).then(
    (answer) => answer.text(),
  );
}

const KINDS = {
  picture: (bytes: Uint8Array) => ({ photo: bytes }),
  file: (bytes: Uint8Array, name: string) => ({ document: { name, bytes } }),
  voice: (bytes: Uint8Array) => ({ voice: bytes }),
  other: () => ({ extra: { location: { latitude: 43.9, longitude: 119.4 } } }),
} satisfies Record<InboundAttachment['kind'], (bytes: Uint8Array, name: string) => object>;

export function telegramFixture(mode: 'polled' | 'pushing'): Fixture<TelegramStage> {
  let api: BotApi | null = null;
  const running = (): BotApi => {
    if (!api) throw new Error('Telegram is not set up');
    return api;
  };
  return {
    name: mode === 'polled' ? 'Telegram' : 'Telegram with a webhook',
    shape: TELEGRAM_LIMITS.shape,
    setUp: async () => {
      api = await BotApi.start();
    },
    tearDown: () => running().end(),
    open: () => TelegramStage.on(running(), mode === 'pushing'),
    can: {
      queues: true,
      offersAgain: true,
      kept: (stage) => stage.api.pending(),
      reopen: (stage) => stage.open(),
      account: (stage) => stage.api.token.slice(0, stage.api.token.indexOf(':')),
      lossy: false,
      sendLimit: QUICK_TELEGRAM.send,
      async replies(stage, chat, text) {
        const answered = (await stage.api.sent()).filter(({ chatId }) => String(chatId) === chat.id).at(-1);
        const said = await stage.api.says({
          chat: Number(chat.id),
          from: ZHANG,
          text,
          replyTo: Number(answered?.messageId),
        });
        return stage.note(chat, said.messageId, said.updateId);
      },
      async attaches(stage, chat, { kind, name, bytes }) {
        const said = await stage.api.says({ chat: Number(chat.id), from: ZHANG, ...KINDS[kind](bytes, name) });
        return stage.note(chat, said.messageId, said.updateId);
      },
      async edits(stage, chat, id, text) {
        await stage.api.edits({ chat: Number(chat.id), messageId: Number(id) }, text);
      },
      repeats: (stage, chat, id) => stage.api.repeat(stage.updateOf(chat, id)),
      renames: (stage, chat, title) => stage.api.renames(Number(chat.id), title),
      async adds(stage) {
        await stage.api.addsBot(NEW, ZHANG);
        return group(NEW);
      },
      removes: (stage, chat) => stage.api.removesBot(Number(chat.id), ZHANG),
      async moves(stage, chat) {
        const to = Number(chat.id) - 1_000_000_000_000;
        await stage.api.migrates(Number(chat.id), to);
        return group(to);
      },
      ...(mode === 'pushing' ? { jumbles: pushJumbled } : {}),
      sendFaults: TELEGRAM_SEND_FAULTS,
      disruptions: mode === 'polled' ? TELEGRAM_DISRUPTIONS : WEBHOOK_DISRUPTIONS,
    },
  };
}

/** Pairs of neighbours change places, as where Telegram pushes side by side. */
async function pushJumbled(stage: TelegramStage, chat: ChatRef, texts: readonly string[]): Promise<void> {
  const first = 900_000;
  const updates = texts.map((text, at) => ({
    update_id: first + at,
    message: {
      message_id: 500 + at,
      date: Math.floor(Date.now() / 1_000),
      chat: { id: Number(chat.id), type: 'group', title: VILLAGE_TITLE },
      from: { id: ZHANG, is_bot: false, first_name: '张三' },
      text,
    },
  }));
  const swapped = updates.map((_, at) => updates[at ^ 1] ?? updates[at]);
  // The first in line must not be taken for the one that is expected.
  await Promise.all(swapped.map((update) => stage.push(update ?? {})));
}
