/** Claim codes: what an office hands to a person on paper so that they can say in chat who they are. */
import { createHash } from 'node:crypto';
import type { AccountRow, ClaimCodeRow, PersonId, UnitId } from '../rows/index.ts';
import { DAY, type Instant } from '../time.ts';
import type { RosterView } from './view.ts';

/** No two signs in it look alike, and 0, O, 1, I and L are not in it at all. */
const ALPHABET = '23456789ACDEFGHJKMNPQRTVWXY';
const CODE_LENGTH = 6;
/** Signs left out because they look like one that is in the alphabet, and what their writer meant. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['B', '8'],
  ['S', '5'],
  ['U', 'V'],
  ['Z', '2'],
]);
/** Wrong tries an account has within an hour. */
export const MOST_TRIES = 5;
/** How long a code can be used, ms. */
export const CODE_VALID = 30 * DAY;

/** Random bytes of good quality, `count` of them. */
export type RandomBytes = (count: number) => Uint8Array;

/** A new code of six signs; the chance to guess one is 1 in 387 million. */
export function makeCode(random: RandomBytes): string {
  // Four bytes to a sign: what does not divide evenly is then too little to matter.
  const bytes = random(4 * CODE_LENGTH);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sign = (at: number): string => ALPHABET.charAt(view.getUint32(4 * at) % ALPHABET.length);
  return Array.from({ length: CODE_LENGTH }, (_, at) => sign(at)).join('');
}

/** The hash under which a code is kept, whatever the case, width, spaces and hyphens it is typed with. */
export function hashCode(code: string): string {
  const plain = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  const meant = [...plain].map((sign) => MEANT.get(sign) ?? sign).join('');
  return createHash('sha256').update(meant).digest('hex');
}

/** Longest text in which codes are looked for. */
const LONGEST_SEARCHED = 200;

/**
 * Whether a text holds, however it is spelt and spaced, a code that could still be claimed with.
 * @param row the code of a hash, if there is one
 */
export function holdsOpenCode(text: string, row: (hash: string) => ClaimCodeRow | undefined, now: Instant): boolean {
  const plain = text.slice(0, LONGEST_SEARCHED).normalize('NFKC').replace(/[\s-]/g, '');
  const runs = plain.match(/[A-Za-z0-9]{6,}/g) ?? [];
  return runs.some((run) => {
    for (let at = 0; at + CODE_LENGTH <= run.length; at += 1) {
      const code = row(hashCode(run.slice(at, at + CODE_LENGTH)));
      if (code && code.usedAt === null && code.expiresAt > now) return true;
    }
    return false;
  });
}

/** What the office needs to hand a code to its person; the code is readable nowhere else. */
export interface CodeSlip {
  /** The unit of the person's highest post, written below the county. */
  path: string;
  title: string;
  name: string;
  code: string;
}

export interface CodeOptions {
  random: RandomBytes;
  /** Only for holders of posts at or below this unit. */
  below?: UnitId;
  /** Only for this person. */
  personId?: PersonId;
}

/**
 * Makes a code for everybody who holds a post on the view's day and has no account (or for the one asked for, who may
 * have one), once each however many posts they hold. Codes given to the same people before, and not used, end now. Rows come with their end first.
 */
export function issueCodes(
  view: RosterView,
  accounts: Iterable<AccountRow>,
  existing: Iterable<ClaimCodeRow>,
  now: Instant,
  { random, below, personId }: CodeOptions,
): { rows: ClaimCodeRow[]; sheet: CodeSlip[] } {
  const bound = new Set<PersonId>();
  for (const account of accounts) if (account.releasedAt === null) bound.add(account.personId);
  const taken = new Set<string>();
  const open = new Map<PersonId, ClaimCodeRow[]>();
  for (const row of existing) {
    taken.add(row.id);
    if (row.usedAt === null && row.expiresAt > now) open.set(row.personId, [...(open.get(row.personId) ?? []), row]);
  }

  const ended: ClaimCodeRow[] = [];
  const issued: ClaimCodeRow[] = [];
  const sheet: CodeSlip[] = [];
  for (const { unitId, title, person } of firstPosts(view, below)) {
    // Whoever is asked for by name gets a code even with an account: a new phone wants one.
    if (personId === undefined ? bound.has(person.id) : personId !== person.id) continue;
    const code = unusedCode(random, taken);
    ended.push(...(open.get(person.id) ?? []).map((row) => ({ ...row, expiresAt: now })));
    issued.push({
      id: hashCode(code),
      personId: person.id,
      issuedAt: now,
      expiresAt: now + CODE_VALID,
      usedAt: null,
      usedBy: null,
    });
    sheet.push({ path: view.path(unitId), title, name: person.name, code });
  }
  return { rows: [...ended, ...issued], sheet };
}

/** Each holder with the highest of their posts, in the order of the chain. */
function firstPosts(view: RosterView, below: UnitId | undefined) {
  const root = below ?? view.county?.id;
  const first = new Map<PersonId, { unitId: UnitId; title: string; person: { id: PersonId; name: string } }>();
  const walk = (unitId: UnitId): void => {
    for (const { post, holder } of view.posts(unitId)) {
      if (holder !== null && !first.has(holder.id)) first.set(holder.id, { unitId, title: post.title, person: holder });
    }
    for (const child of view.children(unitId)) walk(child.id);
  };
  if (root !== undefined) walk(root);
  return first.values();
}

function unusedCode(random: RandomBytes, taken: Set<string>): string {
  for (let tries = 0; tries < 100; tries += 1) {
    const code = makeCode(random);
    const id = hashCode(code);
    if (taken.has(id)) continue;
    taken.add(id);
    return code;
  }
  throw new Error('the source of random bytes repeats itself');
}
