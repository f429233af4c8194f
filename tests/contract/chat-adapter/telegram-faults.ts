/** What goes wrong with Telegram, and what must be made of it. */
import { request } from 'node:http';
import type { OutboundMessage } from '../../../src/bots/adapter.ts';
import type { Fault } from '../../counterparts/bot-api.ts';
import { until } from '../../support/soon.ts';
import type { Disruption, SendFault } from './fixture.ts';
import { PNG } from './sending.ts';
import type { TelegramStage } from './telegram-stage.ts';

const PICTURE: OutboundMessage = {
  text: '',
  mentions: [],
  attachments: [{ kind: 'picture', name: '表.png', content: async () => PNG }],
};

type Faulty = Omit<SendFault<TelegramStage>, 'arrange' | 'mend'> & { fault: Fault };

const ordered: Faulty[] = [
  {
    name: 'a flood, with the time to wait',
    kind: 'busy',
    retryAfterMs: 7_000,
    delivered: 0,
    fault: { kind: 'status', status: 429, parameters: { retry_after: 7 } },
  },
  {
    name: 'Telegram has trouble of its own',
    kind: 'unavailable',
    delivered: 0,
    fault: { kind: 'status', status: 500 },
  },
  { name: 'a gateway lost the answer', kind: 'unknown', delivered: 0, fault: { kind: 'status', status: 502 } },
  { name: 'the token was revoked', kind: 'unavailable', delivered: 0, fault: { kind: 'status', status: 401 } },
  {
    name: 'the bot was put out of the group',
    kind: 'refused',
    delivered: 0,
    fault: { kind: 'status', status: 403, description: 'Forbidden: bot was kicked from the group chat' },
  },
  {
    name: 'the bot may not write in the group',
    kind: 'refused',
    delivered: 0,
    fault: {
      kind: 'status',
      status: 400,
      description: 'Bad Request: not enough rights to send text messages to the chat',
    },
  },
  { name: 'the connection breaks before anything is done', kind: 'unknown', delivered: 0, fault: { kind: 'drop' } },
  { name: 'accepted, and the answer is lost', kind: 'unknown', delivered: 1, fault: { kind: 'deliverThenDrop' } },
  { name: 'accepted, and no answer ever comes', kind: 'unknown', delivered: 1, fault: { kind: 'deliverThenHang' } },
  { name: 'no answer ever comes', kind: 'unknown', delivered: 0, fault: { kind: 'hang' } },
  { name: 'half of the answer comes', kind: 'unknown', delivered: 1, fault: { kind: 'cut' } },
  { name: 'the answer is none of Telegram’s', kind: 'unknown', delivered: 0, fault: { kind: 'garbage' } },
  {
    name: 'a picture is accepted, and the answer is lost',
    message: PICTURE,
    kind: 'unknown',
    delivered: 1,
    fault: { method: 'sendPhoto', kind: 'deliverThenDrop' },
  },
];

const down = async ({ api }: TelegramStage): Promise<void> => api.kill();
const up = async ({ api }: TelegramStage): Promise<void> => api.up();
const freeze = async ({ api }: TelegramStage): Promise<void> => api.freeze();
const thaw = async ({ api }: TelegramStage): Promise<void> => api.thaw();

const hasCalled =
  (method: string) =>
  async ({ api }: TelegramStage) =>
    until(async () => (await api.calls())[method] === 1, `${method} is called`);

export const TELEGRAM_SEND_FAULTS: SendFault<TelegramStage>[] = [
  ...ordered.map(({ fault, ...about }) => ({
    ...about,
    arrange: ({ api }: TelegramStage) => api.fault({ method: 'sendMessage', ...fault }),
    mend: ({ api }: TelegramStage) => api.clearFaults(),
  })),
  {
    name: 'Telegram dies before it has done anything, and is not there for the next one',
    kind: 'unknown',
    next: 'unavailable',
    delivered: 0,
    arrange: ({ api }) => api.fault({ method: 'sendMessage', kind: 'hang' }),
    meanwhile: async (stage) => {
      await hasCalled('sendMessage')(stage);
      await down(stage);
    },
    mend: up,
  },
  {
    name: 'Telegram dies when it has done it',
    kind: 'unknown',
    delivered: 1,
    arrange: ({ api }) => api.fault({ method: 'sendMessage', kind: 'deliverThenHang' }),
    meanwhile: async (stage) => {
      await hasCalled('sendMessage')(stage);
      await down(stage);
    },
    mend: up,
  },
  {
    name: 'Telegram stands still, and does it afterwards',
    kind: 'unknown',
    delivered: 1,
    arrange: freeze,
    mend: async (stage) => {
      await thaw(stage);
      await until(async () => (await stage.seen(stage.village)).length === 1, 'it arrives late');
    },
  },
];

/** A fault that polls meet, for as long as it lasts. */
const poll = (name: string, fault: Fault): Disruption<TelegramStage> => ({
  name,
  noticed: true,
  talking: true,
  begin: async ({ api, township, zhang }) => {
    await api.fault({ ...fault, method: 'getUpdates', times: 'always' });
    // The poll that waits ends with something to tell; the next one meets the fault.
    await api.says({ chat: Number(township.id), from: Number(zhang.id), text: '别处' });
  },
  end: ({ api }) => api.clearFaults(),
});

export const TELEGRAM_DISRUPTIONS: Disruption<TelegramStage>[] = [
  { name: 'a Telegram that is killed', noticed: true, talking: false, begin: down, end: up },
  { name: 'a Telegram that stands still', noticed: true, talking: false, begin: freeze, end: thaw },
  poll('a Telegram that refuses', { kind: 'status', status: 500 }),
  poll('a Telegram that asks for patience', { kind: 'status', status: 429, parameters: { retry_after: 0 } }),
  poll('a Telegram that does not know us', { kind: 'status', status: 401 }),
  poll('a Telegram that breaks connections', { kind: 'drop' }),
  poll('a Telegram that breaks off its answers', { kind: 'cut' }),
  poll('a Telegram that answers what is none of its answers', { kind: 'garbage' }),
  poll('a Telegram that never answers', { kind: 'hang' }),
  { ...poll('a Telegram that is slow', { kind: 'slow', ms: 300 }), noticed: false },
  {
    name: 'another process that polls with the same token',
    noticed: true,
    talking: true,
    ours: true,
    begin: async (stage) => {
      const rival = new Rival(stage);
      stage.closers.push(() => rival.end());
    },
    end: async ({ closers }) => {
      for (const close of closers.splice(0)) await close();
    },
  },
];

export const WEBHOOK_DISRUPTIONS: Disruption<TelegramStage>[] = [
  { name: 'a Telegram that is killed', noticed: true, talking: false, begin: down, end: up },
  { name: 'a Telegram that stands still', noticed: true, talking: false, begin: freeze, end: thaw },
  {
    name: 'another process that took the webhook away',
    noticed: false,
    talking: true,
    begin: async ({ api }) => {
      const answer = await fetch(`${api.root}/bot${api.token}/deleteWebhook`, { headers: { connection: 'close' } });
      await answer.text();
    },
    end: async () => undefined,
  },
];

/** Polls with the bot's token, over and over, and acknowledges nothing. */
class Rival {
  #isOn = true;
  readonly #polling: Promise<void>;

  constructor({ api }: TelegramStage) {
    this.#polling = this.#poll(`${api.root}/bot${api.token}/getUpdates?timeout=1`);
  }

  async end(): Promise<void> {
    this.#isOn = false;
    await this.#polling;
  }

  async #poll(url: string): Promise<void> {
    while (this.#isOn) {
      await new Promise<void>((resolve) => {
        const asking = request(url, { agent: false }, (response) => response.resume().on('end', resolve));
        asking.on('error', () => resolve()).end();
      });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
