/**
 * What a platform brings along beside its adapter: how it is configured and how it is examined. One more platform is one
 * more of these in `index.ts`.
 */
import type { Clock, SetTimer } from '../clock.ts';
import type { ChatAdapter, ChatRef } from './adapter.ts';
import type { Finding } from './finding.ts';

/** What an adapter is given of the world. */
export interface AdapterDeps {
  clock: Clock;
  setTimer: SetTimer;
  /** 0 ≤ x < 1; spreads retries. */
  random: () => number;
  /** The name under which the app knows its own mention: `@` and this. */
  botName: string;
  /** Told of what operators want to know: no texts, no names, no tokens. */
  log: (level: 'info' | 'warn' | 'error', event: string, details?: Record<string, unknown>) => void;
}

/** A group that the roster binds to a unit. */
export interface BoundGroup {
  chat: ChatRef;
  title: string;
}

/** A platform whose variables are set and make sense. */
export interface ConfiguredPlatform {
  /** How many accounts of the bot's own are configured. */
  accounts: number;
  /** Makes the adapter; nothing is contacted before its `start`. */
  open(deps: AdapterDeps): ChatAdapter | Promise<ChatAdapter>;
  /**
   * Looks, beside a bot that may be running, whether the platform can be reached, lets us in, and lets the bot hear and
   * speak in each of these groups. Changes nothing, takes no update away from a running bot, and never rejects: what
   * does not work is a finding. Settles within a time of its own.
   * @param isRunning whether a bot runs on this database: what only one client can have is then left to it
   */
  examine(deps: AdapterDeps, groups: readonly BoundGroup[], isRunning: boolean): Promise<Finding[]>;
}

/** One variable that cannot be used. */
export interface BadVariable {
  variable: string;
  /** What is wrong and what to write, in English, for the operator; never the value itself. */
  problem: string;
}

export type Configuration =
  | { state: 'absent' }
  | { state: 'broken'; problems: readonly BadVariable[] }
  | { state: 'ready'; platform: ConfiguredPlatform };

export interface Platform {
  /** The name in keys; letters only. */
  id: string;
  /** Reads its own variables; empty ones were left out before. Absent: none of them is set. */
  configure(environment: ReadonlyMap<string, string>): Configuration;
}
