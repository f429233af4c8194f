/**
 * What a login tells of groups: platforms may have given them, and people, other ids. Groups are followed, people claim
 * again.
 */
import { type ChatRef, chatKey, splitKey } from './chat.ts';
import type { County } from './county.ts';
import { found, loseGroups } from './lost-groups.ts';
import { knownGroups, ownIds } from './meta.ts';
import { type Decision, NOTHING } from './notices.ts';
import { type BindingRow, put, type Write } from './rows/index.ts';
import type { Instant } from './time.ts';

/** All groups that the bot is in on a platform, as far as they were told. */
export interface GroupsTold {
  platform: string;
  groups: readonly { chat: ChatRef; title: string }[];
  /** What is missing is gone. */
  complete: boolean;
  /** The bot's own ids. */
  selves: readonly string[];
}

/**
 * What follows from the list of all groups the bot is in on a platform. A bound group that is not in it is looked for by
 * its title, since some platforms give their groups new ids at every login; when exactly one group that belongs to no
 * unit has it and the bot was not in before, the binding moves there: a group that was there all the time is another one.
 * Otherwise, once the list is complete, the level above is told, once per group. When everything got new ids, people did
 * too: they must claim again, and the county is told.
 */
export function placeGroups(county: County, told: GroupsTold, now: Instant): Decision {
  const { platform, groups, complete, selves } = told;
  const titles = new Map(groups.map(({ chat, title }) => [chatKey(chat), title]));
  const own = county.bindings().filter(({ chat }) => splitKey(chat).platform === platform);
  const missing = own.filter(({ chat }) => !titles.has(chat));
  const writes = own.filter(({ chat }) => titles.has(chat)).flatMap((binding) => stillThere(county, binding, titles));
  const before = new Set<string>(JSON.parse(county.meta(knownGroups(platform)) ?? '[]'));
  const fresh = new Map([...titles].filter(([chat]) => !before.has(chat)));
  const gone: BindingRow[] = [];
  const moved: Write[] = [];
  for (const binding of missing) {
    const successor = complete ? successorOf(binding, missing, fresh, county) : null;
    if (successor !== null) moved.push(put('binding', { ...binding, chat: successor }), ...found(county, binding));
    else if (complete) gone.push(binding);
  }
  const lost = loseGroups(county, gone, now);
  // Every group and the bot itself under new ids: the platform gives them anew at each login, and to people as well.
  const areNew = moved.length > 0 && missing.length === own.length && isAnother(county.meta(ownIds(platform)), selves);
  const strangers = areNew ? losePeople(county, platform, now) : NOTHING;
  const notes = complete
    ? [note(county, knownGroups(platform), [...titles.keys()]), note(county, ownIds(platform), selves)].flat()
    : [];
  return {
    writes: [...writes, ...moved, ...notes, ...lost.writes, ...strangers.writes],
    notices: [...lost.notices, ...strangers.notices],
  };
}

/** Whether none of the ids known before is among those of now; not where none was known. */
function isAnother(noted: string | null, ids: readonly string[]): boolean {
  const before: string[] = JSON.parse(noted ?? '[]');
  return before.length > 0 && !before.some((id) => ids.includes(id));
}

function note(county: County, id: string, values: readonly string[]): Write[] {
  const value = JSON.stringify([...values].sort());
  return county.meta(id) === value ? [] : [put('meta', { id, value })];
}

/** Nobody can be known again by a name that anybody may take: all claims on the platform end, and the county is told. */
function losePeople(county: County, platform: string, now: Instant): Decision {
  const gone = county
    .accounts()
    .filter(({ id, releasedAt }) => releasedAt === null && splitKey(id).platform === platform);
  const top = county.viewAt(now).county;
  if (!top || gone.length === 0) return NOTHING;
  return {
    writes: gone.map((row) => put('account', { ...row, releasedAt: now })),
    notices: [
      {
        to: { unit: top.id },
        body: { kind: 'peopleLost', platform, count: gone.length },
        dedupeKey: `peopleLost#${platform}#${now}`,
      },
    ],
  };
}

function stillThere(county: County, binding: BindingRow, titles: ReadonlyMap<string, string>): Write[] {
  const title = titles.get(binding.chat) ?? binding.title;
  const renamed = title === binding.title ? [] : [put('binding', { ...binding, title })];
  return [...renamed, ...found(county, binding)];
}

/** The one free group with the same title among `titles`, if no other lost group could claim it too. */
function successorOf(
  { title, chat }: BindingRow,
  missing: readonly BindingRow[],
  titles: ReadonlyMap<string, string>,
  county: County,
): string | null {
  if (title.trim() === '' || missing.some((other) => other.chat !== chat && other.title === title)) return null;
  const candidates = [...titles].filter(([key, each]) => each === title && county.bindingOf(key) === null);
  const [only, ...others] = candidates;
  return only && others.length === 0 ? only[0] : null;
}
