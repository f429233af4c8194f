/** One row of every table, made so that they may refer to each other. */
import { put, type Tables, type Write } from '../../src/core/rows/index.ts';
import { addDays, type CivilDate } from '../../src/core/time.ts';

/** What people and offices really write, and what an attacker would. */
export const TRICKY =
  '张三 “三网格”\n第二行\t👨‍👩‍👧‍👦🏳️‍🌈 \'单\' "双" \\u0041 \\ ; DROP TABLE unit; -- {"a":[null]} $[0] ? 龘𠮷 \u202e\ufeff';

/** Some moment, with a millisecond that no rounding keeps by chance. */
export const AT = Date.parse('2026-11-21T10:00:00.007Z');
export const TODAY: CivilDate = '2026-11-21';

const SINCE: CivilDate = '2026-01-01';

export const unit = (id: string, parentId: string | null = null): Tables['unit'] => ({
  id,
  parentId,
  level: parentId === null ? 'county' : 'grid',
  name: `${id}${TRICKY}`,
  since: SINCE,
  until: null,
});

export const person = (id: string): Tables['person'] => ({ id, name: `${id}${TRICKY}`, phone: null });

export const period = (key: CivilDate): Tables['period'] => ({
  id: `daily@${key}`,
  form: 'daily',
  key,
  opensAt: AT,
  dueAt: AT + 1,
  locksAt: AT + 2,
  playbook: 'epidemic',
  spec: null,
  label: null,
  unitId: null,
});

export const obligation = (key: CivilDate, subjectId: string): Tables['obligation'] => ({
  id: `daily@${key}@${subjectId}`,
  periodId: `daily@${key}`,
  subjectId,
  path: `林东镇/福山地村/${subjectId}`,
  chain: ['county', subjectId],
});

export const report = (name: string, obligationId: string, receivedAt: number = AT): Tables['report'] => ({
  id: `${obligationId}#${name}`,
  obligationId,
  kind: 'report',
  values: { abnormal: 2, returned: 0, 'x"y': 99_999 },
  items: ['张三 武汉回来 住3组', TRICKY, ''],
  note: TRICKY,
  sentAt: receivedAt - 1,
  receivedAt,
  personId: 'zhang',
  via: 'self',
  message: 'telegram:-100:17',
});

export const outage = (account: string, since: number, until: number): Tables['outage'] => ({
  id: `wechat:${account}:${since}`,
  platform: 'wechat',
  account,
  since,
  until,
  cause: 'silent',
  lossy: 'yes',
});

export const inbound = (id: string): Tables['inbound'] => ({
  id,
  chat: 'telegram:-100',
  accountId: 'telegram:7',
  text: TRICKY,
  sentAt: AT,
  receivedAt: AT + 1,
});

export const outbox = (id: string, state: Tables['outbox']['state']): Tables['outbox'] => ({
  id,
  kind: 'reminder',
  address: '{"unit":"grid"}',
  body: { kind: 'answer', text: TRICKY },
  priority: -3,
  createdAt: AT,
  notBefore: AT + 5,
  state,
  attempts: 0,
  settledAt: null,
  chat: null,
  platformMessageId: null,
  error: null,
});

export const slot = (key: CivilDate, step: number): Tables['slot'] => ({
  id: `daily@${key}#1${step}:00-table-county`,
  dueAt: AT + step,
  decidedAt: AT + step,
  outcome: 'fired',
});

export const gap = (key: CivilDate): Tables['gap'] => ({
  id: `daily@${key}#county#grid`,
  periodId: `daily@${key}`,
  unitId: 'county',
  rowUnitId: 'grid',
  shownAt: AT,
  madeGoodAt: null,
});

/** A county of one grid and one person. */
export const COUNTY: readonly Write[] = [
  put('unit', unit('grid', 'county')),
  put('unit', unit('county')),
  put('person', person('zhang')),
];

/** A period of one day with all that hangs on it; the county must be there. */
export function dayOf(key: CivilDate): Write[] {
  return [
    put('period', period(key)),
    put('obligation', obligation(key, 'grid')),
    put('report', report(`report ${key}`, `daily@${key}@grid`)),
    put('slot', slot(key, 0)),
    put('gap', gap(key)),
  ];
}

const later = AT + 1_000;

/** Rows of every table: once with all that may be null being null, once with nothing null. */
export const EVERYTHING: readonly Write[] = [
  ...COUNTY,
  ...dayOf(TODAY),
  put('unit', { ...unit('closed', 'grid'), level: 'cluster', until: addDays(TODAY, 1) }),
  put('person', { ...person('li'), phone: '13800000001' }),
  put('post', { id: 'leader', unitId: 'grid', title: '网格长', since: SINCE, until: null }),
  put('post', { id: 'deputy', unitId: 'grid', title: '副网格长', since: SINCE, until: TODAY }),
  put('holding', { id: 'h1', postId: 'leader', personId: 'zhang', since: SINCE, until: null }),
  put('holding', { id: 'h2', postId: 'deputy', personId: 'li', since: SINCE, until: TODAY }),
  put('account', { id: 'telegram:7', personId: 'zhang', displayName: TRICKY, claimedAt: AT, releasedAt: null }),
  put('account', { id: 'telegram:8', personId: 'li', displayName: '', claimedAt: AT, releasedAt: later }),
  put('claimCode', { id: 'hash 1', personId: 'zhang', issuedAt: AT, expiresAt: later, usedAt: null, usedBy: null }),
  put('claimCode', { id: 'hash 2', personId: 'li', issuedAt: AT, expiresAt: later, usedAt: AT, usedBy: 'telegram:9' }),
  put('binding', {
    id: 'b1',
    chat: 'telegram:-100',
    unitId: 'grid',
    title: TRICKY,
    boundBy: null,
    boundAt: AT,
    releasedAt: null,
  }),
  put('binding', {
    id: 'b2',
    chat: 'telegram:-101',
    unitId: 'county',
    title: '',
    boundBy: 'li',
    boundAt: AT,
    releasedAt: later,
  }),
  put('leave', {
    id: 'l1',
    personId: 'zhang',
    deputyId: null,
    fromDay: TODAY,
    toDay: TODAY,
    saidAt: AT,
    endedAt: null,
  }),
  put('leave', {
    id: 'l2',
    personId: 'zhang',
    deputyId: 'li',
    fromDay: TODAY,
    toDay: addDays(TODAY, 2),
    saidAt: AT,
    endedAt: later,
  }),
  put('report', {
    ...report('withdrawn', `daily@${TODAY}@grid`, later),
    kind: 'withdrawal',
    values: {},
    items: [],
    note: null,
    via: 'chain',
  }),
  put('exemption', {
    id: 'e1',
    form: 'daily',
    unitId: 'grid',
    fromDay: TODAY,
    toDay: TODAY,
    reason: TRICKY,
    personId: 'li',
    saidAt: AT,
  }),
  put('slot', { ...slot(TODAY, 1), outcome: 'skipped' }),
  put('gap', { ...gap(TODAY), id: `daily@${TODAY}#county#county`, rowUnitId: 'county', madeGoodAt: later }),
  put('confirmation', {
    id: 'c1',
    chat: 'telegram:-100',
    personId: 'zhang',
    payload: '{}',
    askedAt: AT,
    expiresAt: later,
    usedAt: null,
  }),
  put('outbox', outbox('o1', 'pending')),
  put('outbox', {
    ...outbox('o2', 'sending'),
    attempts: 3,
    settledAt: later,
    chat: 'telegram:-100',
    platformMessageId: '18',
    error: TRICKY,
  }),
  put('meta', { id: 'rosterRevision', value: '7' }),
];

export const binding = (unitId: string): Tables['binding'] => ({
  id: `binding ${unitId}`,
  chat: 'telegram:-100',
  unitId,
  title: TRICKY,
  boundBy: null,
  boundAt: AT,
  releasedAt: null,
});
