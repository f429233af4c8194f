/** Puts something between an app and its store. */
import type { Store } from '../../src/store/store.ts';

/** A store whose commits go through `commit`; everything else is as it was. */
export function withCommit(store: Store, commit: Store['commit']): Store {
  return {
    load: (since, most) => store.load(since, most),
    period: (id) => store.period(id),
    check: (ids) => store.check(ids),
    claimTries: (accountId, since) => store.claimTries(accountId, since),
    dead: (limit) => store.dead(limit),
    outages: (since) => store.outages(since),
    commit,
    prepare: (writes) => () => commit(writes),
    close: () => store.close(),
  };
}
