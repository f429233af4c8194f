/**
 * The counterpart of WeChat: a puppet service as a bot's operator rents one, with people behind it, in a process of its
 * own. What WeChat has seen outlives a kill; which calls fail, and how often, does not.
 *
 * A client reaches it with `new PuppetService({ endpoint, token, tls: { disable: !tls } })`:
 * - without TLS (on both sides, the default here) the token travels as HTTP/2 `:authority`;
 * - with TLS the server shows the certificate bundled with wechaty-puppet-service, which is made out to `insecure`. The
 *   client trusts its issuer (bundled, too) and expects the name that stands before the token's last `_`. The token then
 *   travels as `authorization: Wechaty <token>`.
 * Either way the client refuses a token without such a prefix before it connects.
 */
import { Counterpart } from './process.ts';
import type * as orders from './puppet/orders.ts';

export type { Accepted, Fault, IdChanges, Said, Saying, Sent, Streams } from './puppet/orders.ts';

export type WechatOptions = Partial<Omit<orders.ServerOptions, 'self'>> & { self?: { id: string; name: string } };

const DEFAULTS: orders.ServerOptions = {
  token: 'insecure_0a1b2c3d',
  tls: false,
  self: { id: 'wxid_bot', name: '网格助手' },
  heartbeatMs: 50,
  loginAtStart: true,
  echo: true,
};

export class WechatCounterpart {
  readonly #process: Counterpart;
  readonly token: string;
  readonly tls: boolean;

  private constructor(process: Counterpart, { token, tls }: orders.ServerOptions) {
    this.#process = process;
    this.token = token;
    this.tls = tls;
  }

  static async start(options: WechatOptions = {}): Promise<WechatCounterpart> {
    const all = { ...DEFAULTS, ...options };
    return new WechatCounterpart(await Counterpart.start('puppet-server.ts', [JSON.stringify(all)]), all);
  }

  get endpoint(): string {
    return `127.0.0.1:${this.#process.port}`;
  }

  get running(): boolean {
    return this.#process.running;
  }

  // The process

  /** Comes back with its memory, on the same port, logged out until a client asks it to start. */
  up = (): Promise<void> => this.#process.up();
  kill = (): Promise<void> => this.#process.kill();
  freeze = (): void => this.#process.freeze();
  thaw = (): void => this.#process.thaw();
  end = (): Promise<void> => this.#process.end();

  // The people

  /** The id of the bot's account; a new login may change it. */
  self = (): Promise<string> => this.#ask('self', null);
  addRoom = (room: orders.NewRoom): Promise<void> => this.#ask('addRoom', room);
  addContact = (contact: orders.NewContact): Promise<void> => this.#ask('addContact', contact);

  /** Resolves with the message's id when it has been told, or was lost because nobody listened. */
  async says(saying: orders.Saying): Promise<string> {
    const [id = ''] = await this.saysMany([saying]);
    return id;
  }

  saysMany = (sayings: readonly orders.Saying[]): Promise<string[]> => this.#ask('says', sayings);

  saysFile({ bytes, ...saying }: Omit<orders.FileSaying, 'bytes'> & { bytes: Uint8Array }): Promise<string> {
    return this.#ask('saysFile', { ...saying, bytes: Buffer.from(bytes).toString('base64') });
  }

  /** Somebody writes on the phone of the bot's own account: the bot hears itself. */
  async emitsFromSelf(saying: Omit<orders.Saying, 'from'>): Promise<string> {
    return this.says({ ...saying, from: await this.self() });
  }

  /** Resolves with the id of the recall, which is a message, too. */
  recalls = (messageId: string): Promise<string> => this.#ask('recalls', messageId);
  /** Tells of a message again, by the same id. */
  repeat = (messageId: string): Promise<void> => this.#ask('repeat', messageId);
  /** Tells of the last messages again, oldest first, as services do after a login; resolves with their ids. */
  replay = (count: number): Promise<string[]> => this.#ask('replay', count);
  /** Messages are held back until `batch` are together, and told in reverse order; 0 tells what is held and stops. */
  shuffle = (batch: number): Promise<void> => this.#ask('shuffle', batch);
  renamesRoom = (roomId: string, topic: string, by: string): Promise<void> =>
    this.#ask('renamesRoom', { roomId, topic, by });
  /** Resolves with the invitation's id. An accepted one brings the account into the room, which may be a new one. */
  invitesToRoom = (invitation: orders.RoomInvitation): Promise<string> => this.#ask('invitesToRoom', invitation);
  /** Resolves with the id of the request. */
  asksFriendship = (request: orders.FriendshipRequest): Promise<string> => this.#ask('asksFriendship', request);
  /** `by` is who brought the contact; the contact may be the bot's account. */
  joins = (roomId: string, contactId: string, by: string): Promise<void> =>
    this.#ask('joins', { roomId, contactId, by });
  leaves = (roomId: string, contactId: string, by: string): Promise<void> =>
    this.#ask('leaves', { roomId, contactId, by });
  login = (): Promise<void> => this.#ask('login', null);
  /** Resolves when the client has taken note, if there is one. */
  logout = (): Promise<void> => this.#ask('logout', null);
  /** Out and in again; ids that change are then unknown by their old form. */
  relogin = (ids: orders.NewIds = {}): Promise<orders.IdChanges> => this.#ask('relogin', ids);

  // What was seen

  /** What people have said, in order, from the `after`-th on. */
  said = (after = 0): Promise<orders.Said[]> => this.#ask('said', after);
  /** What was taken from the bot, in order, from the `after`-th on. */
  sent = (after = 0): Promise<orders.Sent[]> => this.#ask('sent', after);
  /** The file of any message. */
  fileOf = async (messageId: string): Promise<Buffer> => Buffer.from(await this.#ask('fileOf', messageId), 'base64');
  accepted = (): Promise<orders.Accepted[]> => this.#ask('accepted', null);
  /** How often each call of the service was made since the process came up. */
  calls = (): Promise<Record<string, number>> => this.#ask('calls', null);
  streams = (): Promise<orders.Streams> => this.#ask('streams', null);

  // Faults, until they are cleared or the process ends

  fault = (fault: orders.Fault): Promise<void> => this.#ask('fault', fault);
  clearFaults = (): Promise<void> => this.#ask('clearFaults', null);

  #ask<Name extends keyof orders.Orders>(name: Name, args: orders.Carried<Name>): Promise<orders.Answered<Name>> {
    return this.#process.ask(name, args);
  }
}
