/** The platforms of the soak: counterparts in their own processes, talked to and tormented in the same words. */
import { BotApi } from '../counterparts/bot-api.ts';
import { WechatCounterpart } from '../counterparts/puppet.ts';
import type { Group, Naming, Reporter } from './county.ts';

export interface Saying {
  reporter: Reporter;
  text: string;
}

/** What the platform did with what was said. */
export interface Said {
  text: string;
  /** Somebody listened when it was said, or the platform keeps it until somebody does. */
  delivered: boolean;
}

/** What people have seen of the bot. */
export interface Sent {
  chat: string;
  text: string;
  /** When the platform took it, ms. */
  at: number;
}

/** What breaks a single answer. */
export type Cut =
  /** The next message of the bot is taken, and its answer never arrives. */
  | 'lost answer'
  /** What the bot hears next is broken off. */
  | 'broken hearing'
  /** What the bot asks about next takes longer than it is given until the next kill. */
  | 'slow hearing';

/** ms */
const SLOW = 250;

export interface SoakPlatform {
  readonly id: 'telegram' | 'wechat';
  readonly naming: Naming;
  readonly environment: Record<string, string>;
  readonly running: boolean;
  furnish(groups: readonly Group[], reporters: readonly Reporter[]): Promise<void>;
  says(saying: Saying): Promise<void>;
  kill(): Promise<void>;
  up(): Promise<void>;
  freeze(): void;
  thaw(): void;
  cut(cut: Cut): Promise<void>;
  clear(): Promise<void>;
  /** Null: whatever was accepted is delivered some day. */
  said(): Promise<Said[] | null>;
  /** How much still waits to be fetched. */
  waiting(): Promise<number>;
  sent(): Promise<Sent[]>;
  end(): Promise<void>;
}

export async function telegramToSoak(): Promise<SoakPlatform> {
  const api = await BotApi.start();
  let running = true;
  return {
    id: 'telegram',
    naming: { group: (n) => String(-2_000 - n), account: (n) => String(2_000 + n) },
    environment: { TELEGRAM_TOKEN: api.token, TELEGRAM_API_ROOT: api.root },
    get running() {
      return running;
    },
    async furnish(groups, reporters) {
      for (const { account, name } of reporters) await api.addUser({ id: Number(account), first_name: name });
      for (const { id, title } of groups) await api.addGroup({ id: Number(id), title });
    },
    async says({ reporter, text }) {
      await api.says({ chat: Number(reporter.group), from: Number(reporter.account), text });
    },
    kill() {
      running = false;
      return api.kill();
    },
    async up() {
      await api.up();
      running = true;
    },
    freeze: () => api.freeze(),
    thaw: () => api.thaw(),
    cut: (cut) =>
      api.fault(
        cut === 'lost answer'
          ? { method: 'sendMessage', kind: 'deliverThenDrop' }
          : cut === 'broken hearing'
            ? { method: 'getUpdates', kind: 'cut', times: 2 }
            : { method: 'getUpdates', kind: 'slow', ms: SLOW, times: 2 },
      ),
    clear: () => api.clearFaults(),
    said: async () => null,
    waiting: () => api.pending(),
    sent: async () => (await api.sent()).map(({ chatId, text, at }) => ({ chat: String(chatId), text, at })),
    end: () => api.end(),
  };
}

export async function wechatToSoak(): Promise<SoakPlatform> {
  const wechat = await WechatCounterpart.start();
  return {
    id: 'wechat',
    naming: { group: (n) => `v${n}@chatroom`, account: (n) => `wxid_${n}` },
    environment: {
      WECHATY_PUPPET_SERVICE_TOKEN: wechat.token,
      WECHATY_PUPPET_SERVICE_ENDPOINT: wechat.endpoint,
      WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
    },
    get running() {
      return wechat.running;
    },
    async furnish(groups, reporters) {
      for (const { account, name } of reporters) await wechat.addContact({ id: account, name });
      for (const { id, title: topic } of groups) {
        const members = reporters.filter(({ group }) => group === id).map(({ account }) => account);
        await wechat.addRoom({ id, topic, members });
      }
    },
    async says({ reporter, text }) {
      await wechat.says({ room: reporter.group, from: reporter.account, text });
    },
    kill: () => wechat.kill(),
    up: () => wechat.up(),
    freeze: () => wechat.freeze(),
    thaw: () => wechat.thaw(),
    cut: (cut) =>
      wechat.fault(
        cut === 'lost answer'
          ? { method: 'messageSendText', kind: 'deliverThenError', times: 1 }
          : cut === 'broken hearing'
            ? { kind: 'endStream' }
            : { method: 'messagePayload', kind: 'slow', ms: SLOW, times: 10 },
      ),
    clear: () => wechat.clearFaults(),
    said: async () => (await wechat.said()).map(({ text, delivered }) => ({ text, delivered: delivered > 0 })),
    waiting: async () => 0,
    sent: async () =>
      (await wechat.sent()).map(({ conversationId, text, at }) => ({ chat: conversationId, text: text ?? '', at })),
    end: () => wechat.end(),
  };
}
