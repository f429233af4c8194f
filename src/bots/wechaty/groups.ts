/**
 * Which of the bot's accounts speaks and hears in which group. Several may be in one; if each handed on what it hears,
 * everything would be there twice.
 */
import type { SetTimer } from '../../clock.ts';

interface Account {
  /** Its groups, with their titles, as last told. */
  groups: Map<string, string>;
  state: 'connected' | 'lost' | 'away';
  cancelTimer: () => void;
}

export class Groups {
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #owners = new Map<string, string>();
  readonly #setTimer: SetTimer;
  readonly #handoverMs: number;

  /** `accounts`: in the order in which they are preferred. */
  constructor(accounts: readonly string[], handoverMs: number, setTimer: SetTimer) {
    this.#handoverMs = handoverMs;
    this.#setTimer = setTimer;
    this.#accounts = new Map(
      accounts.map((name) => [name, { groups: new Map(), state: 'away', cancelTimer: () => undefined }]),
    );
  }

  /** An account hears and has told all its groups; what it said before is forgotten, ids and all. */
  connected(account: string, groups: ReadonlyMap<string, string>): void {
    const own = this.#of(account);
    own.cancelTimer();
    own.state = 'connected';
    own.groups = new Map(groups);
    for (const [group, owner] of this.#owners) {
      if (!this.#of(owner).groups.has(group)) this.#owners.delete(group);
    }
  }

  /** An account hears nothing; its groups stay its own for a while. */
  lost(account: string): void {
    const own = this.#of(account);
    if (own.state !== 'connected') return;
    own.state = 'lost';
    own.cancelTimer = this.#setTimer(() => {
      own.state = 'away';
    }, this.#handoverMs);
  }

  /** The account is in this group; `title` null: not known, or as it was. */
  entered(account: string, group: string, title: string | null): void {
    const { groups } = this.#of(account);
    groups.set(group, title ?? groups.get(group) ?? '');
  }

  left(account: string, group: string): void {
    this.#of(account).groups.delete(group);
    if (this.#owners.get(group) === account) this.#owners.delete(group);
  }

  /**
   * The account that speaks for the bot in a group, or null when none that is in it can be reached. It stays the same
   * until it leaves the group or was lost for long; then it is the first that is in it and connected.
   */
  ownerOf(group: string): string | null {
    const owner = this.#owners.get(group);
    if (owner !== undefined && this.#of(owner).state !== 'away') return owner;
    const next = this.namesIn(group).find((name) => this.#of(name).state === 'connected');
    if (next !== undefined) this.#owners.set(group, next);
    return next ?? owner ?? null;
  }

  /**
   * The account whose hearing of a group counts: its owner, or while that one is lost the first that hears it. Nothing
   * else keeps what is said there meanwhile.
   */
  hearerOf(group: string): string | null {
    const owner = this.ownerOf(group);
    if (owner !== null && this.#of(owner).state === 'connected') return owner;
    return this.namesIn(group).find((name) => this.#of(name).state === 'connected') ?? owner;
  }

  /** Every account that is in the group, as far as is known. */
  namesIn(group: string): string[] {
    return [...this.#accounts].flatMap(([name, { groups }]) => (groups.has(group) ? [name] : []));
  }

  /** The title an account knows of a group; null when it is not in it. */
  titleOf(account: string, group: string): string | null {
    return this.#of(account).groups.get(group) ?? null;
  }

  /** The groups of all connected accounts, each once; complete when every account is connected. */
  all(): { groups: Map<string, string>; complete: boolean } {
    const told = [...this.#accounts.values()].filter(({ state }) => state === 'connected');
    // Of an account that comes first its titles count.
    const groups = new Map(told.reverse().flatMap(({ groups }) => [...groups]));
    return { groups, complete: told.length === this.#accounts.size };
  }

  /** Leaves no timer behind. */
  stop(): void {
    for (const { cancelTimer } of this.#accounts.values()) cancelTimer();
  }

  #of(account: string): Account {
    const found = this.#accounts.get(account);
    if (!found) throw new Error(`no account ${account}`);
    return found;
  }
}
