/** What was said, what became of it, and whether every loss and every double can be accounted for. */
import type { BotProcess } from './bot.ts';
import type { Said, Sent } from './platforms.ts';
import type { Wounds } from './torment.ts';

/** Something that somebody said: `/日报` and a number that nobody else says. */
export interface Report {
  number: number;
  group: string;
  /** When the platform was told, ms. */
  from: number;
  /** When it had confirmed; null: it died first, and nobody knows. */
  confirmedAt: number | null;
}

export interface Ledger {
  said: number;
  heard: number;
  lost: number[];
  /** Nobody listened when it was said, and the platform keeps nothing. */
  notDelivered: number;
  /** On its way on a stream that broke, or in the memory of a bot that was killed, of a platform that keeps nothing. */
  cutOff: number;
  twice: number[];
  answered: number;
  unanswered: number[];
  doubled: number;
  ambiguous: number;
  /** Doubled although no answer of the platform was lost. */
  unexplained: number[];
  /** Answered in another group than it was said in, or never said. */
  astray: number[];
}

/** A report as it stands in the database. */
export interface Kept {
  number: number;
  /** When the bot took it in, ms. */
  receivedAt: number;
}

/** How long before a blow something said may still be in the buffers of who says it, ms. */
const IN_BUFFERS = 100;
/** How long after a blow the platform may take a broken stream for a whole one, ms. */
const UNAWARE = 500;
/** A send whose answer is lost is known as such within this, its time in a frozen platform included, ms. */
const LIMBO = 6_000;
/** Answers that the bot puts into one message at most. */
const MOST_TOGETHER = 40;

export interface Evidence {
  reports: readonly Report[];
  /** Null where whatever the platform accepted is delivered some day. */
  saidThere: readonly Said[] | null;
  kept: readonly Kept[];
  sent: readonly Sent[];
  wounds: Wounds;
  bot: Pick<BotProcess, 'ambiguous'>;
}

export function ledgerOf(evidence: Evidence): Ledger {
  const { reports, kept } = evidence;
  const keptNumbers = counted(kept.map(({ number }) => number));
  const delivered = deliveredIn(evidence);
  const missing = reports.filter(
    ({ number, confirmedAt }) => !keptNumbers.has(number) && (confirmedAt !== null || delivered?.has(number)),
  );
  const undelivered = missing.filter(({ number }) => delivered && !delivered.get(number));
  const rest = missing.filter((report) => !undelivered.includes(report));
  const cutOff = rest.filter((report) => delivered && wasInFlight(report, evidence));
  const answers = answersIn(evidence.sent);
  const groupOf = new Map(reports.map(({ number, group }) => [number, group]));
  const doubled = [...answers].filter(([, copies]) => copies.length > 1);
  const unexplained = unexplainedIn(doubled, evidence);
  return {
    said: reports.filter(({ number, confirmedAt }) => confirmedAt !== null || keptNumbers.has(number)).length,
    heard: keptNumbers.size,
    lost: rest.filter((report) => !cutOff.includes(report)).map(({ number }) => number),
    notDelivered: undelivered.length,
    cutOff: cutOff.length,
    twice: [...keptNumbers].flatMap(([number, times]) => (times > 1 ? [number] : [])),
    answered: [...keptNumbers.keys()].filter((number) => answers.has(number)).length,
    unanswered: [...keptNumbers.keys()].filter((number) => !answers.has(number)),
    doubled: doubled.length,
    ambiguous: doubled.length - unexplained.length,
    unexplained,
    astray: [...answers].flatMap(([number, copies]) =>
      copies.every(({ chat }) => chat === groupOf.get(number)) && keptNumbers.has(number) ? [] : [number],
    ),
  };
}

/** What must not be; empty when all is well. */
export function faultsOf({ lost, twice, unanswered, unexplained, astray }: Ledger): string[] {
  const say = (what: string, numbers: readonly number[]): string[] =>
    numbers.length > 0 ? [`${numbers.length} ${what}: ${numbers.slice(0, 10).join(' ')}`] : [];
  return [
    ...say('lost', lost),
    ...say('took effect twice', twice),
    ...say('counted and never answered', unanswered),
    ...say('answered twice without a lost answer', unexplained),
    ...say('answered elsewhere, or without having been kept', astray),
  ];
}

const numberIn = (text: string): number => Number(/^\/日报 (\d+)$/.exec(text)?.[1] ?? 0);

function counted(numbers: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

function deliveredIn({ saidThere }: Evidence): Map<number, boolean> | null {
  return saidThere && new Map(saidThere.map(({ text, delivered }) => [numberIn(text), delivered]));
}

/** Each answer names the number it acknowledges; several share a message. */
function answersIn(sent: readonly Sent[]): Map<number, Sent[]> {
  const answers = new Map<number, Sent[]>();
  for (const message of sent) {
    for (const [, number = ''] of message.text.matchAll(/✅[^\n]*? 异常(\d+)/g)) {
      answers.set(Number(number), [...(answers.get(Number(number)) ?? []), message]);
    }
  }
  return answers;
}

/** A blow broke the stream over it, or the bot was killed before anything that was said later was kept. */
function wasInFlight({ number, from, confirmedAt }: Report, { wounds, kept }: Evidence): boolean {
  const until = confirmedAt ?? from;
  const blows = [...wounds.platformKills, ...wounds.botKills, ...wounds.freezes];
  if (blows.some((blow) => blow.to >= from - UNAWARE && blow.from <= until + IN_BUFFERS)) return true;
  return wounds.botKills.some(
    (kill) => kill.from >= from && !kept.some((each) => each.number > number && each.receivedAt < kill.from),
  );
}

/** The answers that went out twice though nothing explains it. */
function unexplainedIn(doubled: readonly [number, readonly Sent[]][], { bot, wounds }: Evidence): number[] {
  // A send whose answer the platform lost, or that the death of the bot broke off, explains as many as were in it.
  const causes = [
    ...bot.ambiguous.map(({ at, chat, answers }) => ({ at, chat: chat.slice(chat.indexOf(':') + 1), left: answers })),
    ...wounds.botKills.flatMap(({ from: at }) => groupsOf(doubled).map((chat) => ({ at, chat, left: MOST_TOGETHER }))),
  ];
  return doubled.flatMap(([number, copies]) => {
    const isExplained = copies.slice(1).every((copy, before) => {
      const first = copies[before]?.at ?? 0;
      const [cause] = causes
        .filter(({ at, chat, left }) => left > 0 && chat === copy.chat && at > first - LIMBO && at <= copy.at)
        .sort((one, other) => other.left - one.left);
      if (cause) cause.left -= 1;
      return cause !== undefined;
    });
    return isExplained ? [] : [number];
  });
}

function groupsOf(doubled: readonly [number, readonly Sent[]][]): string[] {
  return [...new Set(doubled.flatMap(([, copies]) => copies.map(({ chat }) => chat)))];
}
