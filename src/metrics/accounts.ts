/** The bot's own accounts, by number: an account's id may be somebody's telephone number. */
import type { AccountState, ChatAdapter } from '../bots/adapter.ts';

export const ACCOUNT_STATES = Object.keys({
  connected: 0,
  connecting: 0,
  lost: 0,
  stopped: 0,
} satisfies Record<AccountState['state'], 0>) as AccountState['state'][];

export interface NumberedAccount extends Pick<AccountState, 'state' | 'since'> {
  platform: string;
  /** From 1, in the order of the configuration. */
  number: number;
}

/** Every account of every platform that has any to lose. */
export function numberedAccounts(adapters: readonly ChatAdapter[]): NumberedAccount[] {
  return adapters.flatMap((adapter) =>
    (adapter.accounts?.() ?? []).map(({ state, since }, at) => ({
      platform: adapter.platform,
      number: at + 1,
      state,
      since,
    })),
  );
}
