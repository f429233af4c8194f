/** What the bot has to say, as data: rendered only at the moment it is sent, from the facts of that moment. */
import type { AlertWords } from './alert-words.ts';
import type { ChatRef } from './chat.ts';
import type { ReceiptWords } from './receipt-words.ts';
import type { OutboxRow, PeriodId, PersonId, UnitId, Write } from './rows/index.ts';
import type { CivilDate, Instant } from './time.ts';

/** Where a notice goes. A unit means its group, a person the direct chat they use. */
export type Address = { unit: UnitId } | { person: PersonId } | { chat: ChatRef };

export type Body =
  /**
   * A finished sentence. `of` is the message it answers, `who` its sender's name. A `secret` one holds a claim code: its
   * text is not kept once it has left.
   */
  | { kind: 'answer'; text: string; of?: string; who?: string; secret?: true }
  /** A report was taken in; `of` is the message that said it. */
  | { kind: 'receipt'; of: string; words: ReceiptWords }
  /**
   * A table somebody asked for; `named` where the names of people may be read by those who see it, `also` the names of
   * forms that have a table besides.
   */
  | {
      kind: 'requestedTable';
      periodId: PeriodId;
      unitId: UnitId;
      inOwnGroup: boolean;
      named: boolean;
      also?: string[];
    }
  /** A ladder step: those below a unit whose report is not in. */
  | { kind: 'reminder'; periodId: PeriodId; unitId: UnitId; urgent?: true }
  /** A ladder step: the table of a unit. An `urgent` one does not wait for the morning. */
  | { kind: 'table'; periodId: PeriodId; unitId: UnitId; urgent?: true }
  /** A nudge somebody asked for; `also` the periods of other forms it is about besides. */
  | { kind: 'nudge'; periodId: PeriodId; unitId: UnitId; also?: PeriodId[] }
  /** Rows that this unit's table showed with a gap are complete now. */
  | { kind: 'madeGood'; periodId: PeriodId; unitId: UnitId }
  /** A file of a table, on a platform where it does not ride on the text. */
  | { kind: 'file'; periodId: PeriodId; unitId: UnitId; file: 'picture' | 'workbook' }
  /** The same of a table somebody asked for; `named` as there. */
  | { kind: 'requestedFile'; periodId: PeriodId; unitId: UnitId; file: 'picture' | 'workbook'; named?: boolean }
  /**
   * A threshold was passed in an area. `before` is the figure told last where it has grown since; `again` where nobody
   * has said that they know.
   */
  | { kind: 'alert'; alertId: string; unitId: UnitId; words: AlertWords; before: number | null; again?: true }
  /**
   * A unit's slice of a register, for somebody who gets it in private by these titles. Who is in it is looked up when it
   * leaves.
   */
  | ({ kind: 'slice' } & SliceOf & { personId: PersonId })
  /** Its workbook, on a platform where it does not ride on the text. */
  | ({ kind: 'sliceFile' } & SliceOf & { personId: PersonId })
  /** Nobody could be given a unit's slice by these titles. */
  | ({ kind: 'sliceUndelivered' } & SliceOf)
  /** Groups below a unit that could not be reached on a day. */
  | { kind: 'unreached'; unitId: UnitId; day: CivilDate }
  /** Groups of these units, all below one, that the bot is no longer in. */
  | { kind: 'groupsLost'; unitIds: UnitId[] }
  /** The ids of all people on a platform have changed: so many must claim again. */
  | { kind: 'peopleLost'; platform: string; count: number };

/** Which slice of a playbook, of which unit and day, for the declared titles. */
export interface SliceOf {
  sliceId: string;
  unitId: UnitId;
  day: CivilDate;
  titles: string[];
}

export type BodyKind = Body['kind'];

/** How a kind of notice behaves on its way out. */
export interface Manner {
  /** Smaller goes first. */
  priority: number;
  /** Held between 22:00 and 07:00. */
  waitsForMorning: boolean;
  /** After a send whose result is unknown: send again (may double), or let it be (may be lost). */
  whenUnknown: 'resend' | 'drop';
  /** Joined with others of its sort that wait for the same chat. */
  coalesces: boolean;
  /** Lets everything else of the account go first. */
  patient?: true;
}

/**
 * A doubled answer, table or alert does no harm, a lost one does: they are sent again. A doubled reminder nags; the next step
 * of the ladder makes a lost one good. A file only adds to a text that has arrived: everybody's words go before it.
 */
export const MANNERS = {
  alert: { priority: 5, waitsForMorning: false, whenUnknown: 'resend', coalesces: false },
  table: { priority: 10, waitsForMorning: true, whenUnknown: 'resend', coalesces: false },
  answer: { priority: 20, waitsForMorning: false, whenUnknown: 'resend', coalesces: true },
  receipt: { priority: 20, waitsForMorning: false, whenUnknown: 'resend', coalesces: true },
  requestedTable: { priority: 21, waitsForMorning: false, whenUnknown: 'resend', coalesces: false },
  reminder: { priority: 30, waitsForMorning: true, whenUnknown: 'drop', coalesces: false },
  nudge: { priority: 30, waitsForMorning: true, whenUnknown: 'drop', coalesces: false },
  madeGood: { priority: 40, waitsForMorning: true, whenUnknown: 'resend', coalesces: false },
  file: { priority: 60, waitsForMorning: true, whenUnknown: 'drop', coalesces: false, patient: true },
  requestedFile: { priority: 22, waitsForMorning: false, whenUnknown: 'drop', coalesces: false },
  slice: { priority: 12, waitsForMorning: true, whenUnknown: 'resend', coalesces: false },
  sliceFile: { priority: 60, waitsForMorning: true, whenUnknown: 'resend', coalesces: false, patient: true },
  sliceUndelivered: { priority: 50, waitsForMorning: true, whenUnknown: 'resend', coalesces: false },
  groupsLost: { priority: 50, waitsForMorning: true, whenUnknown: 'resend', coalesces: false },
  peopleLost: { priority: 50, waitsForMorning: true, whenUnknown: 'resend', coalesces: false },
  unreached: { priority: 50, waitsForMorning: true, whenUnknown: 'drop', coalesces: false },
} as const satisfies Record<BodyKind, Manner>;

/**
 * The answer to a version that the same decision writes. It becomes a receipt as soon as that decision is in memory, and
 * says what holds then: whatever is decided later may never be kept, and must not be told as if it were.
 */
export interface Taken {
  kind: 'taken';
  periodId: PeriodId;
  subjectId: UnitId;
  reportId: string;
  /** The message that said it. */
  of: string;
  /** The unit whose group it was said in; null in a direct chat. */
  here: UnitId | null;
  /** The names of other forms that the same decision fills; and of those it leaves owed again. */
  alsoFills?: readonly string[];
  stillOwed?: readonly string[];
}

export interface Notice {
  to: Address;
  body: Body | Taken;
  /** The same key decided twice is one notice. */
  dedupeKey: string;
  /** Not before this moment; now when absent. */
  notBefore?: Instant;
}

/** What a command or a job decides: facts to keep and things to say. It never sends and never writes. */
export interface Decision {
  writes: Write[];
  notices: Notice[];
  /** Changes that this process alone goes by, and that nobody misses when it ends. */
  held?: Write[];
}

export const NOTHING: Decision = { writes: [], notices: [] };

/**
 * The outbox row of a notice.
 * @throws {Error} for a version that was taken in and has not become a receipt
 */
export function outboxRow(notice: Notice, now: Instant): OutboxRow {
  const { body } = notice;
  if (body.kind === 'taken') throw new Error('a version becomes a receipt before it stands in the outbox');
  return {
    id: notice.dedupeKey,
    kind: body.kind,
    address: addressText(notice.to),
    body,
    priority: MANNERS[body.kind].priority,
    createdAt: now,
    notBefore: notice.notBefore ?? now,
    state: 'pending',
    attempts: 0,
    settledAt: null,
    chat: null,
    platformMessageId: null,
    error: null,
  };
}

/**
 * The key of an answer to a message. It begins with the moment the message was sent: keys of the same minute stand side
 * by side in the database, which writes few pages for many of them. Several answers to one have `#` and a part behind it.
 */
export const replyKey = (sentAt: Instant, messageId: string): string => `re#${sentAt.toString(36)}#${messageId}`;

/** The body of a row that is done with: what was secret in it is gone. */
export function keptBody({ body }: OutboxRow): Body {
  return body.kind === 'answer' && body.secret ? { ...body, text: '' } : body;
}

/** The same notice, its words not to be kept. */
export function secretly(notice: Notice): Notice {
  return notice.body.kind === 'answer' ? { ...notice, body: { ...notice.body, secret: true } } : notice;
}

/** Where an outbox row goes. */
export const addressOf = ({ address }: Pick<OutboxRow, 'address'>): Address => JSON.parse(address) as Address;
/** An address as outbox rows keep it. */
export const addressText = (to: Address): string => JSON.stringify(to);
/** How an outbox row behaves on its way out. */
export const mannerOf = (row: OutboxRow): Manner => MANNERS[row.kind as BodyKind];
/** Whether an outbox row is held between 22:00 and 07:00. */
export const waitsForMorning = (row: OutboxRow): boolean =>
  mannerOf(row).waitsForMorning && !('urgent' in row.body && row.body.urgent);
/** Whether a body may leave as one message with others. */
export const isAnswer = ({ kind }: Body): boolean => MANNERS[kind].coalesces;
