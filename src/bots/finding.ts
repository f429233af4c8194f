/** What an examination of a platform found. Sentences for each stand in the locales. */
import type { ChatRef } from './adapter.ts';

export type Finding =
  /** The platform answered and knows the bot; `account` is what it calls it. */
  | { code: 'connected'; account: string }
  /** No connection, or no answer in time. */
  | { code: 'unreachable'; host: string; error: string }
  /** Connected, but one side speaks TLS and the other does not, or the certificate is not trusted. */
  | { code: 'tlsMismatch'; host: string; error: string }
  /** The token is wrong or was revoked. */
  | { code: 'tokenRefused'; variable: string }
  /** The service is there, but no account is logged in behind it. */
  | { code: 'loggedOut'; host: string }
  /** The bot hears only some of what is said in groups where it is no administrator. */
  | { code: 'privacyMode'; account: string }
  /** The bot may not be added to groups. */
  | { code: 'groupsForbidden'; account: string }
  /** The platform delivers to an address that is not ours: polling gets nothing. */
  | { code: 'webhookElsewhere'; host: string }
  /** We wait for deliveries that nobody has asked the platform for; the running bot asks at its start. */
  | { code: 'webhookMissing' }
  /** The platform could not deliver lately. */
  | { code: 'webhookFails'; error: string }
  /** Messages wait at the platform to be fetched. */
  | { code: 'waiting'; count: number }
  /** In this group the bot hears everything and may speak. */
  | { code: 'groupGood'; chat: ChatRef; title: string }
  /** The bot is not in this group, or the group is gone. */
  | { code: 'groupGone'; chat: ChatRef; title: string }
  /** The bot is in this group, but hears only commands in Latin letters and mentions. */
  | { code: 'groupDeaf'; chat: ChatRef; title: string }
  /** The bot is in this group, but may not write. */
  | { code: 'groupMute'; chat: ChatRef; title: string }
  /** The platform moved the group to another id; the running bot follows when it next writes there. */
  | { code: 'groupMoved'; chat: ChatRef; title: string }
  /** This group could not be asked about. */
  | { code: 'groupUnclear'; chat: ChatRef; title: string; error: string };

export type FindingCode = Finding['code'];

/** How bad each finding is: `bad` keeps the bot from its work. */
export const SEVERITY = {
  connected: 'good',
  unreachable: 'bad',
  tlsMismatch: 'bad',
  tokenRefused: 'bad',
  loggedOut: 'bad',
  privacyMode: 'warning',
  groupsForbidden: 'warning',
  webhookElsewhere: 'bad',
  webhookMissing: 'warning',
  webhookFails: 'warning',
  waiting: 'warning',
  groupGood: 'good',
  groupGone: 'bad',
  groupDeaf: 'bad',
  groupMute: 'bad',
  groupMoved: 'warning',
  groupUnclear: 'warning',
} as const satisfies Record<FindingCode, 'good' | 'warning' | 'bad'>;
