/** What a command is: a typed object that decides. It never sends, never writes, never reads a clock. */

import type { PeriodBook } from '../core/book.ts';
import type { ChatRef } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import type { Parsed, ParsedCommand } from '../core/grammar/types.ts';
import { type Body, type Decision, type Notice, replyKey } from '../core/notices.ts';
import type { Form, Playbook } from '../core/playbook/index.ts';
import type { Person, RosterView, Unit } from '../core/roster/view.ts';
import { keyHolding } from '../core/rounds/holding.ts';
import { dayOf } from '../core/rounds/period.ts';
import type { PeriodId, Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import type { CommandName } from '../locales/help.ts';

/** A line somebody said, with everything about the place and the person that a command may ask. */
export interface Call {
  parsed: ParsedCommand;
  county: County;
  playbook: Playbook;
  /** The roster of today. */
  view: RosterView;
  now: Instant;
  /** The message's id, unique over all platforms. */
  messageId: string;
  chat: ChatRef;
  chatTitle: string;
  /** `platform:chat id` */
  chatKey: string;
  /** `platform:account id` */
  accountId: string;
  /** How many pictures came with it. */
  pictures: number;
  /** As the sender calls themselves: anybody's text, to be repeated only as a plain name. */
  displayName: string;
  sentAt: Instant;
  /** Null for a stranger. */
  person: Person | null;
  /** The unit whose group this is; null in a direct chat and in a group not bound yet. */
  unit: Unit | null;
  /** Parses another line as if it had been said here. */
  parseLine: (text: string) => Parsed;
  /** How long answers gather in a group of this platform, ms. */
  gatherMs: number;
}

/** A call of somebody the roster knows. */
export type KnownCall = Call & { person: Person };

/** Reads that go past memory. A command asks for them in `load`, before it decides. */
export interface Reads {
  /** Brings a period's book into memory if it exists; nothing to wait for where it is there. */
  book(id: PeriodId): Promise<void> | undefined;
  /** Wrong tries at a claim code by this account since a moment. */
  claimTries(accountId: string, since: Instant): Promise<number>;
  /** A claim code that nobody can guess; another one each time. */
  newCode(): string;
}

export interface Command<Loaded = unknown> {
  /** What the parser calls it; its help stands under the same name. */
  name: CommandName;
  /** Whether strangers may use it; everyone else is asked to claim a post first. */
  open: boolean;
  /** Whether it makes sense in a group that is bound to no unit. */
  unbound: boolean;
  /** Whether help shows it to this person in this place. */
  fits(call: Call): boolean;
  /** What it decides on beyond memory; nothing where memory has it all. */
  load?(call: Call, reads: Reads): Promise<Loaded> | undefined;
  decide(call: Call, loaded: Loaded): Decision;
}

/** Checks a command's shape; what it loads is typed within it and forgotten outside. */
export function defineCommand<Loaded = undefined>(command: Command<Loaded>): Command {
  return command as Command;
}

/** As much of a call as an answer needs. */
export type Answerable = Pick<Call, 'chat' | 'messageId' | 'sentAt' | 'now' | 'gatherMs'> &
  Partial<Pick<Call, 'person'>>;

/**
 * A notice that answers in the chat the line came from. `part` tells several answers to one line apart.
 */
export function replyNotice(call: Answerable, body: Notice['body'], part = ''): Notice {
  return {
    to: { chat: call.chat },
    body,
    dedupeKey: `${replyKey(call.sentAt, call.messageId)}${part && `#${part}`}`,
    notBefore: call.chat.kind === 'group' ? call.now + call.gatherMs : call.now,
  };
}

/** A sentence that answers a call. */
export function answerBody(call: Answerable, text: string): Body {
  const who = call.person?.name;
  return { kind: 'answer', text, of: call.messageId, ...(who ? { who } : {}) };
}

/** A decision that says one sentence back, with the facts it keeps. */
export function answer(call: Answerable, text: string, writes: Write[] = []): Decision {
  return { writes, notices: [replyNotice(call, answerBody(call, text))] };
}

/** Either what was looked for, or the decision that says why not. */
export type Found<T> = { found: T } | { refused: Decision };

/** Whether what was looked for was not found (or not allowed), and the refusal is to be returned as it is. */
export function isRefused<T>(outcome: Found<T>): outcome is { refused: Decision } {
  return 'refused' in outcome;
}

/** The form a call is about: the one it names, else the playbook's main one, which is its first. */
export function formOf({ parsed, playbook }: Pick<Call, 'parsed' | 'playbook'>): { id: string; form: Form } {
  const id = parsed.form ?? Object.keys(playbook.forms)[0] ?? '';
  const form = playbook.forms[id];
  if (!form) throw new Error(`no form ${id} in playbook ${playbook.id}`);
  return { id, form };
}

/** Whether a form is the one that a line without a form's name means. */
export function isMain({ playbook }: Pick<Call, 'playbook'>, formId: string): boolean {
  return Object.keys(playbook.forms)[0] === formId;
}

/**
 * The id of the period a call is about: the one that holds the day it names, today when it names none; of several on
 * one day the latest that was open when the line was sent.
 */
export function periodIdOf(call: Call): PeriodId {
  const { id, form } = formOf(call);
  const day = call.parsed.period ?? call.view.day;
  const known = call.county.latestOf(id, day, call.sentAt);
  // A day's own period is its own, whatever the clock of a phone says.
  if (known && dayOf(known.period) === day) return known.period.id;
  const own = `${id}@${keyHolding(form, day, call.sentAt)}`;
  return known && !call.county.book(own) ? known.period.id : own;
}

/** The book a call is about, if that period exists. */
export function bookOf(call: Call): PeriodBook | undefined {
  return call.county.book(periodIdOf(call));
}
