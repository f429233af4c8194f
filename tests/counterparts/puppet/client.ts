/** A village on WeChat and clients of its puppet service, as the tests of the counterpart use them. */
import { vi } from 'vitest';
import { log, type payloads } from 'wechaty-puppet';
import { PuppetService } from 'wechaty-puppet-service';
import { WechatCounterpart, type WechatOptions } from '../puppet.ts';

export const ROOM = '18800000001@chatroom';
export const BOT = 'wxid_bot';
export const LI = 'wxid_li';
export const WANG = 'wxid_wang';

/** Waits until `claim` no longer throws or rejects. */
export const soon = <T>(claim: () => T): Promise<T> => vi.waitFor(claim, { timeout: 10_000, interval: 5 });

/** A counterpart with one room; 李四 is a friend and has a name in the room, 王 is neither known nor named. */
export async function openVillage(options: WechatOptions = {}): Promise<WechatCounterpart> {
  log.level('silent');
  const wechat = await WechatCounterpart.start(options);
  await wechat.addContact({ id: LI, name: '李四', alias: '福山地二网格' });
  await wechat.addRoom({ id: ROOM, topic: '福山地村', members: [{ id: LI, alias: '二网格 李四' }, WANG] });
  return wechat;
}

/** A client of the service that writes down what it is told. */
export class Client extends PuppetService {
  readonly heard: string[] = [];
  readonly joined: payloads.EventRoomJoin[] = [];
  readonly left: payloads.EventRoomLeave[] = [];
  readonly topics: payloads.EventRoomTopic[] = [];
  readonly invitations: string[] = [];
  readonly friendships: string[] = [];
  readonly scans: string[] = [];
  readonly logins: string[] = [];
  readonly errors: string[] = [];
  beats = 0;

  constructor({ endpoint, token, tls }: { endpoint: string; token: string; tls: boolean }) {
    super({ endpoint, token, tls: { disable: !tls }, timeoutSeconds: 86_400 });
    this.on('message', ({ messageId }) => void this.heard.push(messageId));
    this.on('room-join', (event) => void this.joined.push(event));
    this.on('room-leave', (event) => void this.left.push(event));
    this.on('room-topic', (event) => void this.topics.push(event));
    this.on('room-invite', ({ roomInvitationId }) => void this.invitations.push(roomInvitationId));
    this.on('friendship', ({ friendshipId }) => void this.friendships.push(friendshipId));
    this.on('scan', ({ qrcode = '' }) => void this.scans.push(qrcode));
    this.on('login', ({ contactId }) => void this.logins.push(contactId));
    this.on('error', ({ gerror = '' }) => void this.errors.push(gerror));
    this.on('heartbeat', () => {
      this.beats += 1;
    });
  }

  /** The library would keep payloads in a database below the home folder. */
  protected override hookPayloadStore(): void {}
}

/** Clients that are stopped together. */
export class Clients {
  readonly #all: Client[] = [];

  async connect(to: WechatCounterpart): Promise<Client> {
    const client = new Client(to);
    this.#all.push(client);
    await client.start();
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.#all.splice(0)) await client.stop();
  }
}
