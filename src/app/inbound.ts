/** The way of a message: who said it, where, what it means, and what is decided. */
import type { InboundMessage } from '../bots/adapter.ts';
import { type Answerable, answer, type Call, type Reads } from '../commands/command.ts';
import { refusedHere } from '../commands/entries/places.ts';
import { isAboutEntries } from '../commands/entries/report.ts';
import { COMMANDS } from '../commands/index.ts';
import { unparsedVersion } from '../commands/unparsed.ts';
import { accountKey, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { firstLine } from '../core/form.ts';
import { bareCommand, type Parsed, type ParsedCommand, type ParseErrorCode } from '../core/grammar/types.ts';
import { type Decision, NOTHING, secretly } from '../core/notices.ts';
import { holdsOpenCode } from '../core/roster/codes.ts';
import type { RosterView, Unit } from '../core/roster/view.ts';
import type { ChatKey, InboundRow, PersonRow, Write } from '../core/rows/index.ts';
import { civilDateOf, type Instant } from '../core/time.ts';
import { lines } from '../locales/lines.ts';
import { parseErrorText } from '../locales/parse-errors.ts';
import { zh } from '../locales/zh-CN.ts';
import { type LineReaderDeps, type Place, readLine } from './line-reader.ts';
import { isPassing } from './passing.ts';
import type { Work } from './work.ts';

export interface InboundDeps extends LineReaderDeps {
  reads: Reads;
  /** How long answers gather in groups of a platform, ms. */
  gatherMs: (platform: string) => number;
}

/** Longest text kept of a message. */
const KEPT_TEXT = 4_000;
/** Of what a stranger writes no more is read; a claim is far shorter. */
const READ_OF_STRANGERS = 400;

/** The id under which a message is claimed: an edit of it is a message of its own. */
export function inboundId(message: InboundMessage): string {
  const id = `${chatKey(message.chat)}:${message.id}`;
  return message.change ? `${id}#${message.change}${message.changeId ?? message.sentAt}` : id;
}

/** A message with all that is known of it from the start. */
interface Heard {
  county: County;
  message: InboundMessage;
  id: string;
  chatKey: ChatKey;
  accountId: string;
  /** Null for a stranger. */
  person: PersonRow | null;
  /** The roster of the day on which it was said, however late it arrives. */
  view: RosterView;
  /** Whose group it was said in; null in a direct chat and in a group that is bound to no unit of that day. */
  unit: Unit | null;
  now: Instant;
  gatherMs: number;
}

/** A message to be decided on. Plain talk decides nothing and is not kept. */
export class MessageWork implements Work {
  readonly claim: string;
  /** Why the line could not be read, as it was decided last; a decision may be made again, or be for nothing in the end. */
  misread: ParseErrorCode | null = null;
  readonly #said: InboundMessage;
  readonly #deps: InboundDeps;

  constructor(said: InboundMessage, deps: InboundDeps) {
    this.claim = inboundId(said);
    this.#said = said;
    this.#deps = deps;
  }

  decide(county: County, now: Instant): Decision | Promise<Decision> {
    this.misread = null;
    return decideMessage(hear(this.#said, this.claim, county, now, this.#deps), county, this.#deps, this);
  }
}

function decideMessage(
  heard: Heard,
  county: County,
  deps: InboundDeps,
  work: Pick<MessageWork, 'misread'>,
): Decision | Promise<Decision> {
  const { message } = heard;
  if (message.change === 'recalled') return recalled(heard, county);
  const parsed = readLine(message.text, placeOf(heard), deps);
  if (parsed.kind === 'chat') {
    // A report that was edited into plain talk is not taken back by it.
    if (message.change) return recalled(heard, county);
    const isAddressed = message.chat.kind === 'direct' || message.mentionsBot || message.repliesToBot;
    const isWordless = message.text.trim() === '' && message.attachments.length > 0;
    if (!isWordless || !isAddressed) return NOTHING;
    return kept(heard, answer(replyTo(heard), zh.lineExpected(firstLine(deps.playbook))));
  }
  if (isUnbound(heard) && !message.mentionsBot && !/^\s*[/／#＃]/u.test(message.text)) return NOTHING;
  if (parsed.kind === 'error') {
    work.misread = parsed.code;
    const call = callOf(heard, bare(heard), county, deps);
    const said = notToBeNamedHere(call, parsed) ?? answer(call, errorText(parsed));
    const attempt = unparsedVersion(call, parsed);
    const decision = { writes: [...said.writes, ...attempt], notices: said.notices };
    // What strangers write is kept for whoever wants to know who tried what.
    const isGone = heard.person !== null && isPassing(parsed, attempt, heard.id, deps.playbook);
    return kept(heard, decision, isGone || isSecret(heard, county));
  }
  const command = COMMANDS.get(parsed.command);
  if (!command) throw new Error(`the parser names a command nobody owns: ${parsed.command}`);
  const call = callOf(heard, parsed, county, deps);
  const secret = command.name === 'claim' || isSecret(heard, county);
  const take = (decision: Decision): Decision =>
    kept(heard, decision, secret || isPassing(parsed, decision.writes, heard.id, deps.playbook));
  if (!command.open && !heard.person) return take(answer(call, zh.stranger));
  if (!command.unbound && isUnbound(heard)) return take(answer(call, zh.notBound));
  const loading = command.load?.(call, deps.reads);
  if (loading) return loading.then((loaded) => take(command.decide(call, loaded)));
  return take(command.decide(call, undefined));
}

function hear(said: InboundMessage, id: string, county: County, now: Instant, deps: InboundDeps): Heard {
  const { chat, sender } = said;
  const accountId = accountKey(chat.platform, sender.id);
  const person = county.personOf(accountId);
  // A phone whose clock runs ahead has not spoken in the future.
  const sentAt = Math.min(said.sentAt, now);
  const text = person ? said.text : said.text.slice(0, READ_OF_STRANGERS);
  const message = sentAt === said.sentAt && text === said.text ? said : { ...said, sentAt, text };
  const key = chatKey(chat);
  const view = county.viewAt(originOf(message));
  const unitId = chat.kind === 'group' ? (county.bindingOf(key)?.unitId ?? null) : null;
  return {
    county,
    message,
    id,
    chatKey: key,
    accountId,
    person,
    view,
    unit: unitId === null ? null : (view.unit(unitId) ?? null),
    now,
    gatherMs: deps.gatherMs(chat.platform),
  };
}

/** Somebody who has mistyped a claim can still claim with the code in it, and so could whoever reads it. */
const isSecret = ({ person, message, now }: Heard, county: County): boolean =>
  person === null && holdsOpenCode(message.text, (hash) => county.claimCode(hash), now);

/** The moment from which a message counts its days: an edit does not move it to another one. */
const originOf = ({ originAt, sentAt }: InboundMessage): Instant => originAt ?? sentAt;

const isUnbound = ({ message, unit }: Heard): boolean => message.chat.kind === 'group' && unit === null;

/** A line said on a day means that day, however late it arrives. */
const placeOf = ({ county, view, person, unit, message }: Heard): Place => ({
  county,
  view,
  person,
  unit,
  today: civilDateOf(originOf(message)),
  place: message.chat.kind,
  mentionsBot: message.mentionsBot,
});

const bare = ({ message }: Heard): ParsedCommand => ({ ...bareCommand(''), period: civilDateOf(originOf(message)) });

function callOf(heard: Heard, parsed: ParsedCommand, county: County, deps: InboundDeps): Call {
  const { message, view } = heard;
  return {
    parsed,
    county,
    playbook: deps.playbook,
    view,
    now: heard.now,
    messageId: heard.id,
    chat: message.chat,
    chatTitle: message.chatTitle,
    chatKey: heard.chatKey,
    accountId: heard.accountId,
    pictures: message.attachments.filter(({ kind }) => kind === 'picture').length,
    displayName: message.sender.displayName,
    sentAt: message.sentAt,
    person: heard.person,
    unit: heard.unit,
    parseLine: (text) => readLine(text, placeOf(heard), deps),
    gatherMs: heard.gatherMs,
  };
}

/** What could not be read may name somebody all the same: in a group above the villages it is not repeated. */
function notToBeNamedHere(call: Call, { form }: Extract<Parsed, { kind: 'error' }>): Decision | null {
  const { person, playbook, parsed } = call;
  if (person === null || !isAboutEntries({ playbook, parsed: { ...parsed, form } })) return null;
  return refusedHere({ ...call, person });
}

function errorText({ code, params, choices, suggestion }: Extract<Parsed, { kind: 'error' }>): string {
  return zh.withLine(parseErrorText(code, params, choices), suggestion);
}

/** A recall or an edit on the platform takes nothing back: if the message still counts, its sender is told what does. */
function recalled(heard: Heard, county: County): Decision {
  const { change: _, changeId: __, ...original } = heard.message;
  const counts = county.books().some((book) => book.countsByMessage(inboundId(original)));
  return counts ? kept(heard, answer(replyTo(heard), zh.stillCounted(lines.withdraw))) : NOTHING;
}

const replyTo = ({ message, id, now, gatherMs }: Heard): Answerable => ({
  chat: message.chat,
  messageId: id,
  sentAt: message.sentAt,
  now,
  gatherMs,
});

/** Adds the claim of the message to a decision, so that both become true together or not at all. */
function kept({ message, id, chatKey, accountId, now }: Heard, decision: Decision, secret = false): Decision {
  const row: InboundRow = {
    id,
    chat: chatKey,
    accountId,
    text: secret ? '' : message.text.slice(0, KEPT_TEXT),
    sentAt: message.sentAt,
    receivedAt: now,
  };
  const claim: Write = { table: 'inbound', op: 'insert', row };
  return { writes: [claim, ...decision.writes], notices: secret ? decision.notices.map(secretly) : decision.notices };
}
