/** Puts something between an app and its store. */
import type { Store } from '../../src/store/store.ts';

/** A store that hands everything on; what is to be otherwise is put in the place of a part of it. */
export function handingOn(store: Store): Store {
  return {
    past: store.past,
    load: (since, most) => store.load(since, most),
    period: (id) => store.period(id),
    check: (ids) => store.check(ids),
    claimTries: (accountId, since) => store.claimTries(accountId, since),
    dead: (limit) => store.dead(limit),
    outages: (since) => store.outages(since),
    commit: (writes) => store.commit(writes),
    prepare: (writes) => store.prepare(writes),
    close: () => store.close(),
  };
}

/** A store whose commits go through `commit`; everything else is as it was. */
export function withCommit(store: Store, commit: Store['commit']): Store {
  return { ...handingOn(store), commit, prepare: (writes) => () => commit(writes) };
}
