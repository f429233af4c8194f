/** Telegram's counterpart as the tests hold it: the people's side, what the platform has seen, and faults to order. */
import type {
  BotOptions,
  Fault,
  Limits,
  NewGroup,
  NewUser,
  Place,
  Said,
  Saying,
  Seconds,
  SentMessage,
} from './bot-api/types.ts';
import { Counterpart } from './process.ts';

export type { Fault, Limits, NewGroup, NewUser, Place, Said, Saying, SentMessage } from './bot-api/types.ts';

const DEFAULTS: BotOptions = {
  token: '7000000001:AAF00000000000000000000000000000000',
  username: 'wangge_bot',
  privacy: false,
};

/** What Telegram lets a bot send. */
export const TELEGRAM_LIMITS: Limits = { chatPerSecond: 1, groupPerMinute: 20, perSecond: 30 };

/**
 * A Bot API server for one bot, in a process of its own. What it has accepted and queued survives a kill; faults and
 * the counts of calls do not.
 */
export class BotApi {
  /** Where the Bot API is, for `apiRoot`. */
  readonly root: string;
  readonly token: string;
  readonly username: string;
  readonly #counterpart: Counterpart;

  private constructor(counterpart: Counterpart, { token, username }: BotOptions) {
    this.#counterpart = counterpart;
    this.root = `http://127.0.0.1:${counterpart.port}`;
    this.token = token;
    this.username = username;
  }

  static async start(options: Partial<BotOptions> = {}): Promise<BotApi> {
    const all: BotOptions = { ...DEFAULTS, ...options };
    return new BotApi(await Counterpart.start('bot-api-server.ts', [JSON.stringify(all)]), all);
  }

  // The people's side.

  /** Somebody exists; the bot may write to them only after they have written to it. */
  addUser(user: NewUser): Promise<void> {
    return this.#counterpart.ask('addUser', user);
  }

  /** A group exists, with the bot in it unless it is `absent`. Nothing is delivered. */
  addGroup(group: NewGroup): Promise<void> {
    return this.#counterpart.ask('addGroup', group);
  }

  /** Somebody says something in a group or, where the chat is a person, to the bot. */
  async says(saying: Saying): Promise<Said> {
    const [said] = await this.saysMany([saying]);
    if (!said) throw new Error('nothing was said');
    return said;
  }

  /** The same for many, in one go and in this order. */
  saysMany(sayings: readonly Saying[]): Promise<Said[]> {
    return this.#counterpart.ask('says', sayings.map(wired));
  }

  /** Somebody changes what they said. `date` is when, in seconds since 1970. */
  edits(place: Place, text: string, options: { date?: Seconds } = {}): Promise<Said> {
    return this.#counterpart.ask('edits', { place, text, ...options });
  }

  /** A group becomes a supergroup: both chats say so, and the old id is refused from then on. */
  migrates(group: number, to: number): Promise<void> {
    return this.#counterpart.ask('migrates', { group, to });
  }

  renames(group: number, title: string): Promise<void> {
    return this.#counterpart.ask('renames', { group, title });
  }

  addsBot(group: number, by: number, options: { admin?: boolean } = {}): Promise<void> {
    return this.#counterpart.ask('addsBot', { group, by, admin: options.admin ?? false });
  }

  removesBot(group: number, by: number): Promise<void> {
    return this.#counterpart.ask('removesBot', { group, by });
  }

  /** The person blocks the bot, until they write to it again. */
  blocks(user: number): Promise<void> {
    return this.#counterpart.ask('blocks', user);
  }

  /** Delivers an update once more under the same number, also when the bot has acknowledged it. */
  repeat(updateId: number | null): Promise<void> {
    return this.#counterpart.ask('repeat', updateId);
  }

  // What the platform has seen.

  /** What the bot has put into chats, in the order of acceptance; without the first `from`. */
  sent(from = 0): Promise<SentMessage[]> {
    return this.#counterpart.ask('sent', from);
  }

  /** The bytes of the photo, document or voice message, whoever sent it. */
  async fileOf(place: Place): Promise<Uint8Array> {
    return Buffer.from(await this.#counterpart.ask<string>('fileOf', place), 'base64');
  }

  /** How often each method was called since the process came up, faults included; downloads count as `file`. */
  calls(): Promise<Record<string, number>> {
    return this.#counterpart.ask('calls');
  }

  /** The highest number of an update that the bot has acknowledged; 0 when there is none. */
  acknowledged(): Promise<number> {
    return this.#counterpart.ask('acknowledged');
  }

  /** How many updates wait to be acknowledged. */
  pending(): Promise<number> {
    return this.#counterpart.ask('pending');
  }

  /** What the bot has last told of its commands. */
  commands(): Promise<unknown> {
    return this.#counterpart.ask('commands');
  }

  // What goes wrong.

  /** Orders a fault; of several that fit a call, the one ordered first is met. */
  fault(fault: Fault): Promise<void> {
    return this.#counterpart.ask('fault', fault);
  }

  clearFaults(): Promise<void> {
    return this.#counterpart.ask('clearFaults');
  }

  /** How fast the bot may write from now on; null: as fast as it likes, as at the start. */
  limits(limits: Limits | null = TELEGRAM_LIMITS): Promise<void> {
    return this.#counterpart.ask('limits', limits);
  }

  /** Forgets everything, as if just started, and breaks all connections. Much quicker than another start. */
  reset(): Promise<void> {
    return this.#counterpart.ask('reset');
  }

  /** Kills the process; resolves when it is gone. */
  kill(): Promise<void> {
    return this.#counterpart.kill();
  }

  /** Starts the killed process again, at the same address and with the same memory. */
  up(): Promise<void> {
    return this.#counterpart.up();
  }

  /** Stops the process in its tracks: connections stay open and nothing answers. */
  freeze(): void {
    this.#counterpart.freeze();
  }

  thaw(): void {
    this.#counterpart.thaw();
  }

  /** Ends the process and forgets its journal. */
  end(): Promise<void> {
    return this.#counterpart.end();
  }
}

/** Bytes travel as base64. */
function wired({ photo, document, voice, ...saying }: Saying): Saying<string> {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    ...saying,
    ...(photo === undefined ? {} : { photo: base64(photo) }),
    ...(document === undefined ? {} : { document: { name: document.name, bytes: base64(document.bytes) } }),
    ...(voice === undefined ? {} : { voice: base64(voice) }),
  };
}
