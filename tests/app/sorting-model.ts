/** What should leave an outbox, found by looking at everything each time. */
import { chatAt } from '../../src/app/addresses.ts';
import type { ChatRef } from '../../src/core/chat.ts';
import { chatKey } from '../../src/core/chat.ts';
import { addressOf, mannerOf } from '../../src/core/notices.ts';
import { afterQuiet } from '../../src/core/quiet.ts';
import type { ChatKey, OutboxRow } from '../../src/core/rows/index.ts';
import { type Instant, SECOND } from '../../src/core/time.ts';
import type { OutboxDesk, Round } from './outbox-desk.ts';

/** What can leave as one message, if its chat is free. */
interface Head {
  row: OutboxRow;
  chat: ChatRef | null;
  /** Not before; a moment ahead where nothing of it is due. */
  at: Instant;
}

/** Every row that waits by itself, and of the answers to one address the one with which they leave. */
function heads(rows: readonly OutboxRow[], desk: OutboxDesk): Head[] {
  const open = rows.filter(({ state, id }) => state === 'pending' && !desk.carried.has(id));
  const addresses = [...new Set(open.map(({ address }) => address))];
  return addresses.flatMap((address) => {
    const here = open.filter((row) => row.address === address);
    const [sample] = here;
    if (!sample) return [];
    const chat = chatAt(addressOf(sample), desk.county, desk.adapters);
    const single = here.filter((row) => !mannerOf(row).coalesces);
    const lead = leader(here.filter((row) => mannerOf(row).coalesces));
    return [...single, ...(lead ? [lead] : [])].map((row) => ({ row, chat, at: row.notBefore }));

    function leader(answers: readonly OutboxRow[]): OutboxRow | undefined {
      // One that was tried before goes first again; of others whichever falls due takes all with it.
      const held = answers.findIndex((row) => row.attempts > 0 && row.notBefore > desk.now);
      const free = held < 0 ? answers : answers.slice(0, held);
      const due = free.find((row) => row.notBefore <= desk.now);
      const next = held < 0 ? answers : answers.slice(0, held + 1);
      return due ?? next.toSorted((a, b) => a.notBefore - b.notBefore)[0];
    }
  });
}

function rank(row: OutboxRow, now: Instant): number {
  const isAnswersTurn = Math.floor(now / (3 * SECOND)) % 2 === 1;
  return isAnswersTurn && mannerOf(row).coalesces && now - row.notBefore >= 20 * SECOND ? 0 : row.priority;
}

/** Everything that may leave now. It counts in the desk's second pacer, and changes nothing else. */
export function naivePump(desk: OutboxDesk): Round {
  const { now, shadow } = desk;
  const rows = new Map([...desk.county.tray.pending()].map((row) => [row.id, row]));
  const busy = new Set<ChatKey>(desk.underWay.keys());
  const round: Round = { parcels: {}, settled: {} };
  const toRest: ChatRef[] = [];
  /** Where something was settled without being sent: what else waits there has its turn after all others. */
  const passed = new Set<string>();
  const isFree = ({ row, chat, at }: Head): boolean =>
    at <= now && (!chat || (!busy.has(chatKey(chat)) && shadow.freeAt(chat, mannerOf(row).patient) <= now));
  const settle = (id: string): void => {
    rows.delete(id);
    round.settled[id] = 'settled';
  };
  for (;;) {
    const [head] = heads([...rows.values()], desk)
      .filter((each) => !passed.has(each.row.address) && isFree(each))
      .sort(
        ({ row: a }, { row: b }) =>
          rank(a, now) - rank(b, now) || a.notBefore - b.notBefore || a.createdAt - b.createdAt,
      );
    if (!head && passed.size === 0) break;
    if (!head) {
      passed.clear();
      continue;
    }
    const { row, chat } = head;
    const alike = [...rows.values()].filter(
      (other) =>
        row.kind === 'reminder' && other.kind === 'reminder' && other.state === 'pending' && isSame(row, other),
    );
    const morning = mannerOf(row).waitsForMorning ? afterQuiet(now) : now;
    if (!chat || alike.some(({ createdAt }) => createdAt > row.createdAt)) {
      settle(row.id);
      passed.add(row.address);
    } else if (morning > now) {
      rows.set(row.id, { ...row, notBefore: morning });
      passed.add(row.address);
    } else {
      for (const other of alike) if (other.createdAt < row.createdAt) settle(other.id);
      const leaving = mannerOf(row).coalesces ? together(row, [...rows.values()], desk) : [row];
      for (const each of leaving) rows.set(each.id, { ...each, state: 'sending' });
      const lane = shadow.laneOf(chat);
      round.parcels[lane] = [...(round.parcels[lane] ?? []), leaving.map(({ id }) => id)];
      busy.add(chatKey(chat));
      shadow.reserve(chat, now);
      toRest.push(chat);
    }
  }
  for (const chat of toRest) shadow.sent(chat, now);
  return round;
}

const isSame = (a: OutboxRow, b: OutboxRow): boolean =>
  JSON.stringify(a.body) === JSON.stringify(b.body) && a.address === b.address;

const together = (row: OutboxRow, rows: readonly OutboxRow[], desk: OutboxDesk): OutboxRow[] =>
  rows
    .filter(({ address, state, id }) => address === row.address && state === 'pending' && !desk.carried.has(id))
    .filter((each) => mannerOf(each).coalesces)
    .slice(0, 40);

/** When something can leave next, found by asking of every row. */
export function trueNextDue(desk: OutboxDesk): Instant {
  const moments = heads([...desk.county.tray.pending()], desk).flatMap(({ row, chat, at }) => {
    if (!chat) return Math.max(at, desk.now);
    return desk.underWay.has(chatKey(chat)) ? [] : Math.max(at, desk.shadow.freeAt(chat, mannerOf(row).patient));
  });
  return Math.min(...moments, Number.POSITIVE_INFINITY);
}
