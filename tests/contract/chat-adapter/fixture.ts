/** What the contract of chat adapters asks of a platform: that it can be stood up, and what can be done on it. */
import type {
  AccountState,
  ChatAdapter,
  ChatRef,
  InboundAttachment,
  OutboundMessage,
  SendErrorKind,
  SenderRef,
  Shape,
} from '../../../src/bots/adapter.ts';
import type { AdapterWorld } from '../../support/adapter-world.ts';

/** A message of the bot, as people see it. */
export interface Seen {
  text: string;
  /** Accounts that are mentioned so that their phones ring, each once. */
  mentions: readonly string[];
  /** `name` is empty where the platform shows none. */
  files: readonly { name: string; bytes: Uint8Array }[];
}

export interface Saying {
  chat: ChatRef;
  text: string;
  /** 张三 when left out; in a direct chat its person. */
  from?: SenderRef;
}

/** A platform, stood up for one test: 张三 and 李四, the groups 福山地村 and 林东镇 with the bot in them. */
export interface Stage {
  readonly world: AdapterWorld;
  /** Not started. */
  readonly adapter: ChatAdapter;
  readonly zhang: SenderRef;
  readonly li: SenderRef;
  readonly village: ChatRef;
  readonly township: ChatRef;
  /** Both have written to the bot before. */
  readonly zhangAlone: ChatRef;
  readonly liAlone: ChatRef;
  /** Chats that will never take anything from the bot. */
  readonly closed: readonly ChatRef[];
  /** What must stand in no log and in no error. */
  readonly secrets: readonly string[];
  /** Said in this order; resolves with the ids under which the adapter must give them, not waiting until it does. */
  says(sayings: readonly Saying[]): Promise<string[]>;
  /** Somebody says `before`, then the mention of the bot as the platform writes it, then `after`. */
  mentionsBot(chat: ChatRef, before: string, after: string): Promise<string>;
  /** What people in a chat have seen of the bot since the stage stands, oldest first. */
  seen(chat: ChatRef): Promise<Seen[]>;
  /** Leaves nothing behind, and the platform in order for the next one. */
  end(): Promise<void>;
}

export const VILLAGE_TITLE = '福山地村';
export const TOWNSHIP_TITLE = '林东镇';

/** One way in which a send fails. */
export interface SendFault<S extends Stage> {
  name: string;
  /** Default: a text. */
  message?: OutboundMessage;
  kind: SendErrorKind;
  retryAfterMs?: number;
  /** What the next send fails with, before anything is mended. */
  next?: SendErrorKind;
  /** How often people see the message all the same. */
  delivered: 0 | 1;
  arrange: (stage: S) => Promise<void>;
  /** After the send was begun. */
  meanwhile?: (stage: S) => Promise<void>;
  /** Afterwards sends succeed again, if only after a while. */
  mend?: (stage: S) => Promise<void>;
}

/** One way in which the bot is cut off from what is said. */
export interface Disruption<S extends Stage> {
  name: string;
  begin: (stage: S) => Promise<void>;
  end: (stage: S) => Promise<void>;
  /** Its accounts are told as lost, and afterwards of an outage. */
  noticed: boolean;
  /** People can still talk to each other; what they say may come late, or not at all where nothing is kept. */
  talking: boolean;
  /** The test itself takes part in it, with connections of its own. */
  ours?: true;
}

/** What some platforms can do and others cannot. */
export interface Abilities<S extends Stage> {
  /** Events of one chat are offered one after the other, and those under way are waited for at the stop. */
  queues?: true;
  /** What the sink could not keep is offered again. */
  offersAgain?: true;
  /** What is said while nobody listens is heard later. The count of what is kept for that. */
  kept?: (stage: S) => Promise<number>;
  /** After each login all groups are told before anything else. */
  listsGroups?: true;
  /** Another adapter on the same platform, as after a restart of the bot; not started. */
  reopen?: (stage: S) => ChatAdapter | Promise<ChatAdapter>;
  /** Somebody answers the bot's last message in a chat. */
  replies?: (stage: S, chat: ChatRef, text: string) => Promise<string>;
  attaches?: (
    stage: S,
    chat: ChatRef,
    file: { kind: InboundAttachment['kind']; name: string; bytes: Uint8Array },
  ) => Promise<string>;
  edits?: (stage: S, chat: ChatRef, id: string, text: string) => Promise<void>;
  recalls?: (stage: S, chat: ChatRef, id: string) => Promise<void>;
  /** Delivers a message once more. */
  repeats?: (stage: S, chat: ChatRef, id: string) => Promise<void>;
  /** What is said arrives at the adapter in another order than it was said. */
  jumbles?: (stage: S, chat: ChatRef, texts: readonly string[]) => Promise<void>;
  renames?: (stage: S, chat: ChatRef, title: string) => Promise<void>;
  /** Somebody puts the bot into a group named 新群. */
  adds?: (stage: S) => Promise<ChatRef>;
  removes?: (stage: S, chat: ChatRef) => Promise<void>;
  /** Somebody asks the bot into a group named 新群, which it enters by accepting. */
  invites?: (stage: S) => Promise<SenderRef>;
  /** The group goes on under another id. */
  moves?: (stage: S, chat: ChatRef) => Promise<ChatRef>;
  /** The most that one send may take, ms. */
  sendLimit?: number;
  /** The bot's own account, as `accounts()` names it. */
  account?: (stage: S) => string;
  /** Whether what is said during an outage may be lost. */
  lossy?: boolean;
  sendFaults?: readonly SendFault<S>[];
  disruptions?: readonly Disruption<S>[];
}

export interface Fixture<S extends Stage> {
  name: string;
  /** Once, before the first stage. */
  setUp?: () => Promise<void>;
  tearDown?: () => Promise<void>;
  shape: Shape;
  open: () => Promise<S>;
  can: Abilities<S>;
}

/** Whether all accounts of an adapter hear; one that tells of none always does. */
export function isConnected({ accounts }: { accounts: readonly AccountState[] | undefined }): boolean {
  return (accounts ?? []).every(({ state }) => state === 'connected');
}
