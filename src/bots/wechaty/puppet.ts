/** wechaty's client of a puppet service, on our own wire and without its habits. */
import { FileBox } from 'file-box';
import { log, PuppetService } from 'wechaty-puppet-service';
import { DAY, SECOND } from '../../core/time.ts';
import type { WechatAccount } from './settings.ts';
import type { Wire } from './wire.ts';

// It writes texts and tokens.
log.level('silent');

/**
 * Asks the service and translates its answers, which it keeps in memory: `onDirty` makes it forget. What it would do
 * besides is left out:
 * - a store under the home directory, which two processes fight over and which goes stale;
 * - a connection of its own ({@link Wire} says why), and a watchdog that resets it;
 * - sending a file once more by an older call whenever the first one fails, so that it arrives twice.
 */
export class AccountPuppet extends PuppetService {
  readonly #wire: Wire;

  constructor({ endpoint, token }: WechatAccount, wire: Wire) {
    super({
      endpoint,
      token,
      timeoutSeconds: DAY / SECOND,
      cache: { contact: 5_000, message: 100, room: 500, roomMember: 1 },
    });
    this.#wire = wire;
  }

  protected override hookPayloadStore(): void {}

  override async onStart(): Promise<void> {}

  override async onStop(): Promise<void> {}

  /** The library's calls go by our wire. */
  override get grpcManager(): PuppetService['grpcManager'] {
    return { client: this.#wire.client } as PuppetService['grpcManager'];
  }

  /** Hands a file to the service, to be sent by {@link Wire.sendFile}: large ones travel ahead. */
  async prepareFile(name: string, bytes: Uint8Array): Promise<string> {
    // Of the ways to write bytes down this is the one that the library can put into JSON.
    return this.serializeFileBox(FileBox.fromBase64(Buffer.from(bytes).toString('base64'), name));
  }
}
