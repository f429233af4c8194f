/** Each test's stage: opened before it, taken down after it, and looked through for what was left behind. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type ChatAdapter, type OutboundMessage, SendError } from '../../../src/bots/adapter.ts';
import { moreThan, resources } from '../../support/adapter-world.ts';
import { soon, until } from '../../support/soon.ts';
import { Ear } from './ear.ts';
import { type Fixture, isConnected, type Stage } from './fixture.ts';

/** The longest that a start or a stop may take with the limits of the tests, ms. */
export const PROMPT = 12_000;

export class Scene<S extends Stage> {
  readonly #fixture: Fixture<S>;
  #stage: S | null = null;
  #before: ReadonlyMap<string, number> = new Map();
  #warnings: Error[] = [];
  /** What Node says of listeners that become too many; of what it plans to drop it speaks differently in each version. */
  readonly #noteWarning = (warning: Error): void => {
    if (warning.name === 'MaxListenersExceededWarning') this.#warnings.push(warning);
  };

  /** To be made within a `describe`. */
  constructor(fixture: Fixture<S>) {
    this.#fixture = fixture;
    beforeAll(() => fixture.setUp?.());
    afterAll(() => fixture.tearDown?.());
    beforeEach(async () => {
      process.on('warning', this.#noteWarning);
      this.#before = resources();
      this.#stage = await fixture.open();
    });
    afterEach(async () => {
      const { stage } = this;
      try {
        await stage.adapter.stop();
        await this.expectNothingLeft();
        this.#expectDiscretion(stage);
      } finally {
        this.#stage = null;
        await stage.end();
        process.off('warning', this.#noteWarning);
        expect(this.#warnings.splice(0), 'warnings of the process').toEqual([]);
      }
    });
  }

  get fixture(): Fixture<S> {
    return this.#fixture;
  }

  get stage(): S {
    if (!this.#stage) throw new Error('nothing is staged');
    return this.#stage;
  }

  /** Starts an adapter, by default the stage's, and waits until it hears. */
  async listen(ear = new Ear(), adapter: ChatAdapter = this.stage.adapter): Promise<Ear> {
    await adapter.start(ear.sink);
    await this.connected(adapter);
    return ear;
  }

  async connected(adapter: ChatAdapter = this.stage.adapter): Promise<void> {
    await until(() => isConnected({ accounts: adapter.accounts?.() }), 'all accounts are connected');
  }

  /** Once all adapters are stopped: no timer, no socket, no listener that was not there before the stage. */
  async expectNothingLeft(): Promise<void> {
    expect([...this.stage.world.timers.values()], 'timers left, ms').toEqual([]);
    // The system takes a moment to close what was closed.
    await soon(() => expect(moreThan(this.#before), 'left open').toEqual({}), 5_000);
  }

  /** Sends, again and again while the platform is not back. */
  async sendAtLast(to: Parameters<ChatAdapter['send']>[0], message: OutboundMessage): Promise<string | null> {
    return soon(async () => (await this.stage.adapter.send(to, message)).messageId);
  }

  /** What a send failed with. */
  async failureOf(sending: Promise<unknown>): Promise<SendError> {
    const failure = await sending.then(
      (value) => new Error(`it succeeded: ${JSON.stringify(value)}`),
      (error: unknown) => error,
    );
    if (!(failure instanceof SendError)) throw failure;
    expect(this.#leaks(`${failure.message} ${failure.stack}`), 'secrets in an error').toEqual([]);
    return failure;
  }

  /** Logs are for operators: no texts, no names, no titles (all of which are Chinese here), no tokens. */
  #expectDiscretion({ world }: S): void {
    const logged = JSON.stringify(world.logged);
    expect(logged.match(/[\u4e00-\u9fff]+/g) ?? [], 'texts or names in the log').toEqual([]);
    expect(this.#leaks(logged), 'secrets in the log').toEqual([]);
  }

  #leaks(text: string): string[] {
    return this.stage.secrets.filter((secret) => text.includes(secret));
  }

  /** Runs `register` with an ability of the platform, where it has it. */
  with<Name extends keyof Fixture<S>['can']>(
    name: Name,
    register: (ability: NonNullable<Fixture<S>['can'][Name]>) => void,
  ): void {
    const ability = this.#fixture.can[name];
    if (ability !== undefined) register(ability as NonNullable<Fixture<S>['can'][Name]>);
  }
}

export const plain = (text: string): OutboundMessage => ({ text, mentions: [], attachments: [] });
