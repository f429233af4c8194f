/** WeChat for the contract: a puppet service in a process of its own, with or without TLS. */
import type { ChatAdapter, ChatRef, SenderRef } from '../../../src/bots/adapter.ts';
import { WECHAT_LIMITS } from '../../../src/bots/limits.ts';
import { wechatyWith } from '../../../src/bots/wechaty.ts';
import { BOT_NAME } from '../../../src/locales/zh-CN.ts';
import { WechatCounterpart } from '../../counterparts/puppet.ts';
import { AdapterWorld } from '../../support/adapter-world.ts';
import { QUICK_WECHAT } from '../../support/quick-times.ts';
import { type Fixture, type Saying, type Seen, type Stage, TOWNSHIP_TITLE, VILLAGE_TITLE } from './fixture.ts';
import { WECHAT_DISRUPTIONS, WECHAT_SEND_FAULTS } from './wechat-faults.ts';

export const BOT = 'wxid_bot';
const ZHANG: SenderRef = { id: 'wxid_zhang', displayName: '张三' };
const LI: SenderRef = { id: 'wxid_li', displayName: '李四' };

export const room = (id: string): ChatRef => ({ platform: 'wechat', id, kind: 'group' });
const direct = ({ id }: SenderRef): ChatRef => ({ platform: 'wechat', id, kind: 'direct' });

/** An adapter over these services; not started. */
export async function openWechat(
  services: readonly Pick<WechatCounterpart, 'endpoint' | 'token' | 'tls'>[],
  world: AdapterWorld,
  tls = services.some((service) => service.tls),
): Promise<ChatAdapter> {
  const configured = wechatyWith(QUICK_WECHAT).configure(
    new Map([
      ['WECHATY_PUPPET_SERVICE_TOKEN', services.map(({ token }) => token).join(',')],
      ['WECHATY_PUPPET_SERVICE_ENDPOINT', services.map(({ endpoint }) => endpoint).join(',')],
      ['WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT', String(!tls)],
    ]),
  );
  if (configured.state !== 'ready') throw new Error(`WeChat is ${JSON.stringify(configured)}`);
  return configured.platform.open(world.deps);
}

/** Phones write a mention as name and U+2005; people see a space. */
export const asShown = (text: string): string => text.replace(/\u2005 ?/g, ' ').trimEnd();

let stages = 0;

export class WechatStage implements Stage {
  readonly world = new AdapterWorld();
  readonly zhang = ZHANG;
  readonly li = LI;
  readonly village: ChatRef;
  readonly township: ChatRef;
  /** The bot was in it, and is not any more. */
  readonly former: ChatRef;
  readonly zhangAlone = direct(ZHANG);
  readonly liAlone = direct(LI);
  readonly closed: readonly ChatRef[];
  readonly secrets: readonly string[];
  readonly wechat: WechatCounterpart;
  /** What a test has set going, to be ended with it. */
  readonly closers: (() => Promise<unknown>)[] = [];
  #adapter: ChatAdapter | null = null;
  #sentBefore = 0;
  #rooms: string[];

  private constructor(wechat: WechatCounterpart) {
    stages += 1;
    this.wechat = wechat;
    this.village = room(`village${stages}@chatroom`);
    this.township = room(`township${stages}@chatroom`);
    this.former = room(`former${stages}@chatroom`);
    this.#rooms = [this.village, this.township, this.former].map(({ id }) => id);
    this.closed = [this.former, room('nowhere@chatroom'), { platform: 'wechat', id: 'wxid_nobody', kind: 'direct' }];
    this.secrets = [wechat.token, wechat.token.slice(wechat.token.indexOf('_') + 1)];
  }

  static async on(wechat: WechatCounterpart): Promise<WechatStage> {
    const stage = new WechatStage(wechat);
    const members = [ZHANG.id, LI.id];
    for (const { id, displayName: name } of [ZHANG, LI]) await wechat.addContact({ id, name });
    await wechat.addRoom({ id: stage.village.id, topic: VILLAGE_TITLE, members });
    await wechat.addRoom({ id: stage.township.id, topic: TOWNSHIP_TITLE, members });
    await wechat.addRoom({ id: stage.former.id, topic: '新群', members });
    await wechat.leaves(stage.former.id, BOT, ZHANG.id);
    stage.#sentBefore = (await wechat.sent()).length;
    stage.#adapter = await openWechat([wechat], stage.world);
    return stage;
  }

  get adapter(): ChatAdapter {
    if (!this.#adapter) throw new Error('there is no adapter yet');
    return this.#adapter;
  }

  says(sayings: readonly Saying[]): Promise<string[]> {
    return this.wechat.saysMany(
      sayings.map(({ chat, text, from }) =>
        chat.kind === 'group'
          ? { room: chat.id, from: (from ?? this.zhang).id, text }
          : { from: from?.id ?? chat.id, text },
      ),
    );
  }

  mentionsBot(chat: ChatRef, before: string, after: string): Promise<string> {
    const text = `${before}@${BOT_NAME}\u2005${after.trimStart()}`;
    return this.wechat.says({ room: chat.id, from: this.zhang.id, text, mentions: [BOT] });
  }

  async seen(chat: ChatRef): Promise<Seen[]> {
    const sent = (await this.wechat.sent(this.#sentBefore)).filter((each) => each.conversationId === chat.id);
    return Promise.all(
      sent.map(async ({ id, text, mentionIds, file }) => ({
        text: asShown(text ?? ''),
        mentions: [...new Set(mentionIds)],
        files: file ? [{ name: file.name, bytes: await this.wechat.fileOf(id) }] : [],
      })),
    );
  }

  /** After a login that gave rooms other ids. */
  nowIn(rooms: Record<string, string>): void {
    this.#rooms = this.#rooms.map((id) => rooms[id] ?? id);
  }

  async end(): Promise<void> {
    for (const close of this.closers.splice(0)) await close();
    this.wechat.thaw();
    await this.wechat.up();
    await this.wechat.clearFaults();
    await this.wechat.shuffle(0);
    // The next stage has groups of its own.
    for (const id of this.#rooms) {
      await this.wechat.leaves(id, BOT, ZHANG.id);
    }
  }
}

/** The phone logs the account in, when the process is up. */
export async function logIn(wechat: WechatCounterpart, up: Promise<void> = Promise.resolve()): Promise<void> {
  await up;
  await wechat.login().catch((error: unknown) => {
    if (!String(error).includes('must logout first')) throw error;
  });
}

const FILE_KINDS = { picture: 'image', file: 'file', voice: 'audio', other: 'file' } as const;

export function wechatFixture({ tls = false }: { tls?: boolean } = {}): Fixture<WechatStage> {
  let wechat: WechatCounterpart | null = null;
  const running = (): WechatCounterpart => {
    if (!wechat) throw new Error('WeChat is not set up');
    return wechat;
  };
  return {
    name: tls ? 'WeChat over TLS' : 'WeChat',
    shape: WECHAT_LIMITS.shape,
    setUp: async () => {
      // Nobody logs in but by the phone.
      wechat = await WechatCounterpart.start({ tls, loginAtStart: false });
    },
    tearDown: () => running().end(),
    open: async () => {
      await logIn(running());
      return WechatStage.on(running());
    },
    can: {
      queues: true,
      offersAgain: true,
      listsGroups: true,
      account: () => '1',
      lossy: true,
      sendLimit: QUICK_WECHAT.send + QUICK_WECHAT.transfer,
      attaches: ({ wechat, zhang }, chat, { kind, name, bytes }) =>
        wechat.saysFile({ room: chat.id, from: zhang.id, kind: FILE_KINDS[kind], name, bytes }),
      recalls: async ({ wechat }, _, id) => void (await wechat.recalls(id)),
      repeats: ({ wechat }, _, id) => wechat.repeat(id),
      renames: ({ wechat, zhang }, chat, topic) => wechat.renamesRoom(chat.id, topic, zhang.id),
      async adds({ wechat, former, zhang }) {
        await wechat.joins(former.id, BOT, zhang.id);
        return former;
      },
      removes: ({ wechat, zhang }, chat) => wechat.leaves(chat.id, BOT, zhang.id),
      async invites({ wechat, former, zhang }) {
        await wechat.invitesToRoom({ roomId: former.id, topic: '新群', by: zhang.id });
        return zhang;
      },
      async jumbles({ wechat, zhang }, chat, texts) {
        // The first ones take longer to read than those that come after them.
        await wechat.fault({ method: 'messagePayload', kind: 'slow', times: 4, ms: 60 });
        await wechat.saysMany(texts.map((text) => ({ room: chat.id, from: zhang.id, text })));
      },
      sendFaults: WECHAT_SEND_FAULTS,
      disruptions: WECHAT_DISRUPTIONS,
    },
  };
}
