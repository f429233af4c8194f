/** What other processes, and this one after a restart, are told of the bot: that it runs, and how its accounts stand. */
import type { ChatAdapter } from '../bots/adapter.ts';
import type { County } from '../core/county.ts';
import { ACCOUNTS, type AccountNote, ALIVE } from '../core/meta.ts';
import { type Decision, NOTHING } from '../core/notices.ts';
import { put, type Write } from '../core/rows/index.ts';
import { type Instant, MINUTE } from '../core/time.ts';

/** A stop shorter than this is no outage worth keeping. */
const WORTH_KEEPING = 2 * MINUTE;

type Adapters = ReadonlyMap<string, ChatAdapter>;

/** Whether there is something to note now; asked often, and mostly answered with no. */
export function hasSigns(adapters: Adapters, county: County, now: Instant): boolean {
  return signs(adapters, county, now).length > 0;
}

/** Notes what changed of the accounts, and once a minute that the bot runs; nothing where no account can be lost. */
export function decideSigns(adapters: Adapters, county: County, now: Instant): Decision {
  return { writes: signs(adapters, county, now), notices: [] };
}

function signs(adapters: Adapters, county: County, now: Instant): Write[] {
  const accounts = notes(adapters);
  if (accounts.length === 0) return [];
  const value = JSON.stringify(accounts);
  const changed = value === county.meta(ACCOUNTS) ? [] : [put('meta', { id: ACCOUNTS, value })];
  const isFresh = now - Number(county.meta(ALIVE) ?? 0) < MINUTE;
  return [...changed, ...(isFresh ? [] : [put('meta', { id: ALIVE, value: String(now) })])];
}

function notes(adapters: Adapters): AccountNote[] {
  return [...adapters.values()].flatMap((adapter) =>
    (adapter.accounts?.() ?? []).map(({ account, state, since, problem }) => ({
      platform: adapter.platform,
      account,
      state,
      since,
      problem,
    })),
  );
}

/** While the bot itself did not run, no account heard anything: kept like any outage. */
export function decideDowntime(adapters: Adapters, county: County, now: Instant): Decision {
  const alive = Number(county.meta(ALIVE) ?? now);
  if (now - alive < WORTH_KEEPING) return NOTHING;
  const outages = [...adapters.values()]
    .filter(({ accounts }) => accounts !== undefined)
    .map(({ platform, forgets }) => ({
      id: `${platform}::${alive}`,
      platform,
      account: '',
      since: alive,
      until: now,
      cause: 'not running',
      lossy: forgets ? ('yes' as const) : ('no' as const),
    }));
  return { writes: outages.map((row) => put('outage', row)), notices: [] };
}
