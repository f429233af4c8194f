/** From one start to the next stop: all accounts together, what they share, and who speaks where. */
import type { ChatRef } from '../../core/chat.ts';
import { type AccountState, type GroupList, type InboundSink, SendError } from '../adapter.ts';
import { within } from '../deadline.ts';
import { Account } from './account.ts';
import { Correspondents } from './correspondents.ts';
import { Delivery } from './delivery.ts';
import { Groups } from './groups.ts';
import type { WechatAccount } from './settings.ts';
import type { Stay } from './stay.ts';
import { PLATFORM } from './translate.ts';
import type { Surroundings } from './tuning.ts';

export class Bot {
  readonly #around: Surroundings;
  readonly #accounts: readonly Account[];
  readonly #groups: Groups;
  readonly #correspondents: Correspondents;
  readonly #delivery: Delivery;
  #stopping: Promise<void> | null = null;

  constructor(accounts: readonly WechatAccount[], around: Surroundings, sink: InboundSink) {
    const { times, bounds, setTimer } = around;
    this.#around = around;
    const names = accounts.map(({ name }) => name);
    const groups = new Groups(names, times.handover, setTimer);
    const delivery = new Delivery(sink, around);
    this.#groups = groups;
    this.#correspondents = new Correspondents(bounds.correspondents);
    this.#delivery = delivery;
    const shared = {
      around,
      groups,
      deliver: delivery.put.bind(delivery),
      announceGroups: () => delivery.put({ lane: 'groups', event: this.#groupList() }),
      wrote: (name: string, contact: string) => this.#correspondents.wrote(contact, name),
    };
    this.#accounts = accounts.map((account) => new Account(account, shared));
  }

  /** Resolves when all are connected or known not to be, or when that takes too long: then it goes on by itself. */
  async start(): Promise<void> {
    const { times, setTimer } = this.#around;
    await within(times.start, setTimer, this.#connect()).catch(() => undefined);
  }

  /** One account after the other, so that a group of several belongs to the first. */
  async #connect(): Promise<void> {
    for (const account of this.#accounts) {
      if (!this.#stopping) await account.start();
    }
  }

  /** For good. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await Promise.all([this.#delivery.stop(), ...this.#accounts.map((account) => account.stop())]);
    this.#groups.stop();
  }

  states(): AccountState[] {
    return this.#accounts.map(({ state }) => state);
  }

  /** The account that hears a group, or that somebody writes to; null where nobody knows. */
  speakerOf({ kind, id }: ChatRef): Account | null {
    if (kind === 'group') return this.#named(this.#groups.ownerOf(id));
    return (
      this.#named(this.#correspondents.accountOf(id)) ??
      this.#accounts.find(({ stay }) => stay?.contacts?.has(id)) ??
      this.#accounts.find(({ stay }) => stay !== null) ??
      null
    );
  }

  /**
   * The login by which to speak in a chat.
   * @throws {SendError} `refused` only when every account says that it is not in the group
   */
  async stayFor(to: ChatRef): Promise<Stay> {
    const speaker = this.speakerOf(to);
    if (speaker?.stay) return speaker.stay;
    if (!speaker && to.kind === 'group') {
      const stays = this.#accounts.map(({ stay }) => stay).filter((stay) => stay !== null);
      const answers = await Promise.all(stays.map((stay) => stay.isIn(to.id).catch(() => null)));
      const found = stays[answers.indexOf(true)];
      if (found) return found;
      if (answers.every((answer) => answer === false) && answers.length === this.#accounts.length) {
        throw new SendError('refused', 'no account is in this group');
      }
    }
    throw new SendError('unavailable', 'not connected');
  }

  #named(name: string | null): Account | null {
    return this.#accounts.find((account) => account.name === name) ?? null;
  }

  #groupList(): GroupList {
    const { groups, complete } = this.#groups.all();
    const list = [...groups].map(([id, title]) => ({
      chat: { platform: PLATFORM, id, kind: 'group' as const },
      title,
    }));
    const selves = this.#accounts.flatMap(({ stay }) => stay?.deps.self ?? []);
    return { type: 'groups', platform: PLATFORM, groups: list, complete, selves };
  }
}
