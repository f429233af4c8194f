/** A WeChat adapter at work against counterparts, and an ear for what it tells. */
import type { ChatRef, InboundEvent, InboundMessage, OutboundMessage } from '../../../src/bots/adapter.ts';
import type { WechatAccount, WechatBounds, WechatTimes } from '../../../src/bots/wechaty.ts';
import { WechatyAdapter } from '../../../src/bots/wechaty.ts';
import type { WechatCounterpart } from '../../counterparts/puppet.ts';
import { AdapterWorld } from '../../support/adapter-world.ts';
import { soon } from '../../support/soon.ts';

/** Times that let a test be over soon; each is long enough for a machine that is busy with other things. */
export const QUICK: Partial<WechatTimes> = {
  attach: 5_000,
  login: 600,
  call: 3_000,
  send: 3_000,
  transfer: 3_000,
  silence: 2_000,
  reconnect: { first: 20, longest: 100 },
  outage: 0,
  hole: 300,
  reread: 30,
  offer: { first: 10, longest: 50 },
  handover: 60_000,
  busy: 7_000,
};

export const group = (id: string): ChatRef => ({ platform: 'wechat', id, kind: 'group' });
export const direct = (id: string): ChatRef => ({ platform: 'wechat', id, kind: 'direct' });
export const text = (words: string): OutboundMessage => ({ text: words, mentions: [], attachments: [] });

/** How a bot reaches a counterpart. */
export function accountOf(counterpart: WechatCounterpart, change: Partial<WechatAccount> = {}): WechatAccount {
  return { name: '1', token: counterpart.token, endpoint: counterpart.endpoint, tls: null, ...change };
}

export class Desk {
  readonly world = new AdapterWorld();
  readonly adapter: WechatyAdapter;
  readonly events: InboundEvent[] = [];
  /** What the app does with an event before it is heard here; throws when it cannot keep it. */
  keep: (event: InboundEvent) => void | Promise<void> = () => undefined;

  constructor(
    accounts: readonly WechatAccount[],
    times: Partial<WechatTimes> = {},
    bounds: Partial<WechatBounds> = {},
  ) {
    this.adapter = new WechatyAdapter(accounts, this.world.deps, { times: { ...QUICK, ...times }, bounds });
  }

  async start(): Promise<this> {
    await this.adapter.start(async (event) => {
      await this.keep(event);
      this.events.push(event);
    });
    return this;
  }

  /** The events of one type, as heard. */
  heard<Type extends InboundEvent['type']>(type: Type): Extract<InboundEvent, { type: Type }>[] {
    return this.events.filter((event): event is Extract<InboundEvent, { type: Type }> => event.type === type);
  }

  texts(): string[] {
    return this.heard('message').map((message) => message.text);
  }

  /** Resolves with the message that says this, once it has been heard. */
  async message(words: string, patience?: number): Promise<InboundMessage> {
    return soon(() => {
      const found = this.heard('message').find((message) => message.text === words);
      if (!found) throw new Error(`nobody has heard “${words}” among ${JSON.stringify(this.texts())}`);
      return found;
    }, patience);
  }

  /** Resolves when all accounts are connected. */
  async connected(): Promise<void> {
    await soon(() => {
      const missing = this.adapter.accounts().filter(({ state }) => state !== 'connected');
      if (missing.length > 0) throw new Error(`not connected: ${JSON.stringify(missing)}`);
    });
  }

  /** Resolves when the first account is in trouble for this reason. */
  async lost(problem: string): Promise<void> {
    await soon(() => {
      const [first] = this.adapter.accounts();
      if (first?.state !== 'lost' || first.problem !== problem)
        throw new Error(`it stands so: ${JSON.stringify(first)}`);
    });
  }
}
