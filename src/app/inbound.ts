/** The way of a message: who said it, where, what it means, and what is decided. */
import type { InboundMessage } from '../bots/adapter.ts';
import { type Answerable, answer, type Call, type Reads } from '../commands/command.ts';
import { COMMANDS } from '../commands/index.ts';
import { unparsedVersion } from '../commands/unparsed.ts';
import { accountKey, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { firstLine } from '../core/form.ts';
import { bareCommand, type ParseContext, type Parsed, type ParseErrorCode } from '../core/grammar/types.ts';
import { DEFAULT_COMMANDS } from '../core/grammar/words.ts';
import { type Decision, NOTHING, secretly } from '../core/notices.ts';
import type { Playbook } from '../core/playbook.ts';
import { holdsOpenCode } from '../core/roster/codes.ts';
import type { RosterView } from '../core/roster/view.ts';
import type { InboundRow, UnitId, Write } from '../core/rows.ts';
import { normalise } from '../core/text.ts';
import { civilDateOf, type Instant } from '../core/time.ts';
import { lines } from '../locales/lines.ts';
import { parseErrorText } from '../locales/parse-errors.ts';
import { BOT_NAME, zh } from '../locales/zh-CN.ts';
import type { Readings } from './readings.ts';

export interface InboundDeps {
  playbook: Playbook;
  /** The playbook's forms. */
  forms: ParseContext['forms'];
  readings: Readings;
  reads: Reads;
  /** How long answers gather in groups of a platform, ms. */
  gatherMs: (platform: string) => number;
  /** Told of each line that could not be read. */
  misread: (code: ParseErrorCode) => void;
}

/** Longest text kept of a message. */
const KEPT_TEXT = 4_000;
/** Longest name of a unit or person looked for in a text. */
const LONGEST_NAME = 40;
/** Look-ups of names in one message: enough for a pasted list of three hundred lines. */
const MOST_LOOK_UPS = 30_000;
/** Of what a stranger writes no more is read; a claim is far shorter. */
const READ_OF_STRANGERS = 400;

/** As much of a nickname as the bot repeats; no sign is cut in half. */
const FIRST_SIGNS = /^.{0,12}/u;

/** The id under which a message is claimed: an edit of it is a message of its own. */
export function inboundId(message: InboundMessage): string {
  const id = `${chatKey(message.chat)}:${message.id}`;
  return message.change ? `${id}#${message.change}${message.changeId ?? message.sentAt}` : id;
}

/** Decides on one message. Plain talk decides nothing and is not kept. */
export async function decideMessage(
  said: InboundMessage,
  county: County,
  now: Instant,
  deps: InboundDeps,
): Promise<Decision> {
  const isKnown = county.personOf(accountKey(said.chat.platform, said.sender.id)) !== null;
  // A phone whose clock runs ahead has not spoken in the future.
  const sentAt = Math.min(said.sentAt, now);
  const message = { ...said, sentAt, ...(isKnown ? {} : { text: said.text.slice(0, READ_OF_STRANGERS) }) };
  const place = placeOf(message, county);
  if (message.change === 'recalled') return recalled(message, county, now, deps);
  // Somebody who has mistyped a claim can still claim with the code in it, and so could whoever reads it.
  const isSecret = (): boolean => !isKnown && holdsOpenCode(message.text, (hash) => county.claimCode(hash), now);
  const finder = isKnown ? new NameFinder(place) : null;
  const context = parseContext(message, finder, deps.forms);
  const parseLine = (text: string): Parsed =>
    deps.readings.read(text, context, place.view, () => finder?.hasLooked ?? false);
  const parsed = parseLine(message.text);
  const addressed = message.chat.kind === 'direct' || message.mentionsBot || message.repliesToBot;
  if (parsed.kind === 'chat') {
    // A report that was edited into plain talk is not taken back by it.
    if (message.change) return recalled(message, county, now, deps);
    const wordless = message.text.trim() === '' && message.attachments.length > 0;
    if (!wordless || !addressed) return NOTHING;
    return kept(message, now, answer(replyTo(message, now, deps), zh.lineExpected(firstLine(deps.playbook))));
  }
  if (isUnbound(message, place) && !message.mentionsBot && !/^\s*[/／#＃]/u.test(message.text)) return NOTHING;
  const commandCall = callOf(message, place, county, now, deps, parseLine);
  if (parsed.kind === 'error') {
    deps.misread(parsed.code);
    const said = answer(commandCall, errorText(parsed));
    const attempt = unparsedVersion(commandCall, parsed);
    const decision = { writes: [...said.writes, ...attempt], notices: said.notices };
    return kept(message, now, decision, isSecret());
  }
  const command = COMMANDS.get(parsed.command);
  if (!command) throw new Error(`the parser names a command nobody owns: ${parsed.command}`);
  const call: Call = { ...commandCall, parsed };
  if (!command.open && !call.person) return kept(message, now, answer(call, zh.stranger), isSecret());
  if (!command.unbound && isUnbound(message, place)) return kept(message, now, answer(call, zh.notBound), isSecret());
  const loaded = await command.load?.(call, deps.reads);
  return kept(message, now, command.decide(call, loaded), command.name === 'claim' || isSecret());
}

/** The moment from which a message counts its days: an edit does not move it to another one. */
const originOf = ({ originAt, sentAt }: InboundMessage): Instant => originAt ?? sentAt;

interface Place {
  view: RosterView;
  unitId: UnitId | null;
}

function placeOf(message: InboundMessage, county: County): Place {
  const binding = message.chat.kind === 'group' ? county.bindingOf(chatKey(message.chat)) : null;
  // Names and rights are those of the day on which it was said, however late it arrives.
  return { view: county.viewAt(originOf(message)), unitId: binding?.unitId ?? null };
}

const isUnbound = (message: InboundMessage, place: Place): boolean =>
  message.chat.kind === 'group' && place.view.unit(place.unitId ?? '') === undefined;

function parseContext(message: InboundMessage, finder: NameFinder | null, forms: ParseContext['forms']): ParseContext {
  return {
    // A line said on a day means that day, however late it arrives.
    today: civilDateOf(originOf(message)),
    botName: BOT_NAME,
    place: message.chat.kind,
    mentionsBot: message.mentionsBot,
    forms,
    commands: DEFAULT_COMMANDS,
    // A stranger learns nothing of the roster, and costs nothing of it.
    ...(finder ? { matchName: (text, at) => finder.match(text, at) } : {}),
  };
}

/**
 * Finds how many characters the longest unit or person name has that starts at a place; 0 when none does. A message gets so
 * many look-ups and no more, so that one made of nothing but surnames keeps nobody waiting.
 */
class NameFinder {
  readonly #place: Place;
  #left = MOST_LOOK_UPS;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Whether the roster was asked for anything yet. */
  get hasLooked(): boolean {
    return this.#left < MOST_LOOK_UPS;
  }

  match(text: string, at: number): number {
    const { view, unitId } = this.#place;
    const below = unitId ?? undefined;
    if (!view.mayBeginName(text, at)) return 0;
    for (let length = Math.min(LONGEST_NAME, text.length - at); length > 0 && this.#left > 0; length--) {
      const name = text.slice(at, at + length);
      if (name.trim() !== name) continue;
      this.#left -= 1;
      if (view.findUnits(name, below).length > 0 || view.findPersons(name, below).length > 0) return length;
    }
    return 0;
  }
}

function callOf(
  message: InboundMessage,
  { view, unitId }: Place,
  county: County,
  now: Instant,
  { playbook, gatherMs }: InboundDeps,
  parseLine: (text: string) => Parsed,
): Call {
  const accountId = accountKey(message.chat.platform, message.sender.id);
  const person = county.personOf(accountId);
  return {
    parsed: { ...bareCommand(''), period: civilDateOf(originOf(message)) },
    county,
    playbook,
    view,
    now,
    messageId: inboundId(message),
    chat: message.chat,
    chatTitle: message.chatTitle,
    chatKey: chatKey(message.chat),
    accountId,
    displayName: plainName(message.sender.displayName),
    sentAt: message.sentAt,
    person,
    unit: unitId === null ? null : (view.unit(unitId) ?? null),
    parseLine,
    gatherMs: gatherMs(message.chat.platform),
  };
}

/** What a stranger calls themselves is anybody's text: one short line without mentions. */
function plainName(displayName: string): string {
  return (
    normalise(displayName)
      .replace(/[@\s]+/g, ' ')
      .trim()
      .match(FIRST_SIGNS)?.[0] ?? ''
  );
}

function errorText({ code, params, choices, suggestion }: Extract<Parsed, { kind: 'error' }>): string {
  return zh.withLine(parseErrorText(code, params, choices), suggestion);
}

/** A recall or an edit on the platform takes nothing back: if the message still counts, its sender is told what does. */
function recalled(message: InboundMessage, county: County, now: Instant, deps: InboundDeps): Decision {
  const { change: _, changeId: __, ...original } = message;
  const counts = county.books().some((book) => book.countsByMessage(inboundId(original)));
  return counts ? kept(message, now, answer(replyTo(message, now, deps), zh.stillCounted(lines.withdraw))) : NOTHING;
}

const replyTo = (message: InboundMessage, now: Instant, { gatherMs }: InboundDeps): Answerable => ({
  chat: message.chat,
  messageId: inboundId(message),
  now,
  gatherMs: gatherMs(message.chat.platform),
});

/** Adds the claim of the message to a decision, so that both become true together or not at all. */
function kept(message: InboundMessage, now: Instant, decision: Decision, secret = false): Decision {
  const row: InboundRow = {
    id: inboundId(message),
    chat: chatKey(message.chat),
    accountId: accountKey(message.chat.platform, message.sender.id),
    text: secret ? '' : message.text.slice(0, KEPT_TEXT),
    sentAt: message.sentAt,
    receivedAt: now,
  };
  const claim: Write = { table: 'inbound', op: 'insert', row };
  return { writes: [claim, ...decision.writes], notices: secret ? decision.notices.map(secretly) : decision.notices };
}
