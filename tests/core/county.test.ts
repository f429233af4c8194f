import { describe, expect, it } from 'vitest';
import { County } from '../../src/core/county.ts';
import { addressText, MANNERS, outboxRow } from '../../src/core/notices.ts';
import { type BindingRow, type OutboxRow, put, type Tables } from '../../src/core/rows/index.ts';
import { exemption, obligation, PERIOD, version } from './book-rows.ts';

const account = (id: string, personId: string, releasedAt: number | null = null): Tables['account'] => ({
  id,
  personId,
  displayName: '',
  claimedAt: 1,
  releasedAt,
});

const binding = (id: string, chat: string, unitId: string, releasedAt: number | null = null): BindingRow => ({
  id,
  chat,
  unitId,
  title: '',
  boundBy: null,
  boundAt: 1,
  releasedAt,
});

const person = (id: string) => put('person', { id, name: id, phone: null });
const GRID = '甲镇/一村/1';

describe('people and their accounts', () => {
  it('knows who an account is until it is released', () => {
    const county = new County();
    county.apply([person('p'), put('account', account('x:1', 'p'))]);
    expect(county.personOf('x:1')?.id).toBe('p');
    county.apply([put('account', account('x:1', 'p', 5)), put('account', account('x:2', 'p'))]);
    expect(county.personOf('x:1')).toBeNull();
    expect(county.accountsOf('p').map(({ id }) => id)).toEqual(['x:2']);
  });

  it('takes an account that another person has claimed from the one before', () => {
    const county = new County();
    county.apply([person('p'), person('q'), put('account', account('x:1', 'p')), put('account', account('x:1', 'q'))]);
    expect([county.accountsOf('p').length, county.accountsOf('q').length]).toEqual([0, 1]);
  });
});

describe('groups and their units', () => {
  it('finds the unit of a group and the group of a unit', () => {
    const county = new County({ binding: [binding('b', 'x:1', 'u')] });
    expect([county.bindingOf('x:1')?.unitId, county.groupOf('u')?.chat]).toEqual(['u', 'x:1']);
    expect([county.bindingOf('x:2'), county.groupOf('v')]).toEqual([null, null]);
  });

  it('lets go of a released binding, whichever way round the rows come', () => {
    const [old, next] = [binding('b1', 'x:1', 'u', 5), binding('b2', 'x:2', 'u')];
    for (const rows of [
      [old, next],
      [next, old],
    ]) {
      const county = new County({ binding: [binding('b1', 'x:1', 'u')] });
      county.apply(rows.map((row) => put('binding', row)));
      expect([county.bindingOf('x:1'), county.groupOf('u')?.chat]).toEqual([null, 'x:2']);
    }
  });

  it('follows a group to its new id and forgets the old one', () => {
    const county = new County({ binding: [binding('b', 'x:1', 'u')] });
    county.apply([put('binding', binding('b', 'x:9', 'u'))]);
    expect([county.bindingOf('x:1'), county.bindingOf('x:9')?.unitId, county.groupOf('u')?.chat]).toEqual([
      null,
      'u',
      'x:9',
    ]);
  });
});

describe('exemptions', () => {
  const rows = { period: [PERIOD], obligation: [obligation(GRID)] };

  it('count whether they come before or after the period is opened', () => {
    const before = new County({ exemption: [exemption('x', GRID)], ...rows });
    const after = new County(rows);
    after.apply([put('exemption', exemption('x', GRID))]);
    for (const county of [before, after]) expect(county.book(PERIOD.id)?.due(GRID)?.standing.state).toBe('exempt');
  });

  it('cover their days, both included, and no other form, unit or day', () => {
    const row = { ...exemption('x', GRID), fromDay: '2026-11-22', toDay: '2026-11-24' } as const;
    const county = new County({ exemption: [row] });
    const days = ['2026-11-21', '2026-11-22', '2026-11-24', '2026-11-25'] as const;
    expect(days.map((day) => county.exemptionOn('daily', GRID, day) !== null)).toEqual([false, true, true, false]);
    expect([county.exemptionOn('weekly', GRID, '2026-11-23'), county.exemptionOn('daily', 'v', '2026-11-23')]).toEqual([
      null,
      null,
    ]);
  });
});

describe('the books', () => {
  it('passes over a report of a period it does not hold, and takes it in when the period is read back', () => {
    const county = new County();
    const said = version('v', { subject: GRID });
    county.apply([put('report', said)]);
    expect(county.book(PERIOD.id)).toBeUndefined();
    county.remember({ period: PERIOD, obligations: [obligation(GRID)], reports: [said], slots: [], gaps: [] });
    expect(county.book(PERIOD.id)?.due(GRID)?.standing.state).toBe('reported');
  });

  it('counts nothing twice when a period is read back that is there already', () => {
    const said = version('v', { subject: GRID });
    const county = new County({ period: [PERIOD], obligation: [obligation(GRID)], report: [said] });
    county.remember({ period: PERIOD, obligations: [obligation(GRID)], reports: [said], slots: [], gaps: [] });
    expect(county.book(PERIOD.id)?.tally('')).toMatchObject({ expected: 1, reported: 1 });
  });

  it('lets go of those before a day', () => {
    const later = { ...PERIOD, id: 'daily@2026-11-24', key: '2026-11-24', opensAt: 5 } as const;
    const county = new County({ period: [later, PERIOD] });
    expect(county.books().map(({ period }) => period.key)).toEqual(['2026-11-23', '2026-11-24']);
    county.forget('2026-11-24');
    expect(county.books().map(({ period }) => period.key)).toEqual(['2026-11-24']);
  });
});

describe('questions that wait for an answer', () => {
  const question = (usedAt: number | null = null): Tables['confirmation'] => ({
    id: 'c',
    chat: 'x:1',
    personId: 'p',
    payload: '{}',
    askedAt: 0,
    expiresAt: 100,
    usedAt,
  });

  it('are answered by who was asked, where they were asked, once and in time', () => {
    const county = new County({ confirmation: [question()] });
    expect(county.confirmation('x:1', 'p', 99)?.id).toBe('c');
    expect([
      county.confirmation('x:1', 'p', 100),
      county.confirmation('x:2', 'p', 1),
      county.confirmation('x:1', 'q', 1),
    ]).toEqual([null, null, null]);
    county.apply([put('confirmation', question(5))]);
    expect(county.confirmation('x:1', 'p', 50)).toBeNull();
  });
});

describe('the tray of notices', () => {
  const row = (id: string, state: OutboxRow['state'] = 'pending'): OutboxRow => ({
    ...outboxRow({ to: { unit: 'u' }, body: { kind: 'answer', text: '' }, dedupeKey: id }, 10),
    state,
  });

  it('holds what is pending or being sent, and lets go of what is settled', () => {
    const { tray } = new County({ outbox: [row('a'), row('b'), row('c', 'sending')] });
    for (const [id, state] of [
      ['a', 'sent'],
      ['b', 'dead'],
      ['d', 'dropped'],
    ] as const)
      tray.take(row(id, state));
    expect([...tray.pending()].map(({ id }) => id)).toEqual(['c']);
    expect(tray.givenUp().map(({ id }) => id)).toEqual(['b']);
  });

  it('takes a notice that is being sent for one no longer on its way: what comes now needs another', () => {
    const unreached = (id: string, state: OutboxRow['state']): OutboxRow => ({ ...row(id, state), kind: 'unreached' });
    const { tray } = new County({ outbox: [unreached('told#1', 'pending'), unreached('told#2', 'sending')] });
    const at = addressText({ unit: 'u' });
    expect([tray.isOnItsWay(at, 'told#1'), tray.isOnItsWay(at, 'told#2')]).toEqual([true, false]);
    expect(tray.isOnItsWay(addressText({ unit: 'v' }), 'told#1')).toBe(false);
  });

  it('is the same row for a notice decided twice', () => {
    const { tray } = new County({ outbox: [row('a'), row('a')] });
    expect([...tray.pending()]).toHaveLength(1);
  });

  it('holds everything but answers and alerts in quiet hours, and repeats only what does no harm twice', () => {
    const held = Object.entries(MANNERS).flatMap(([kind, manner]) => (manner.waitsForMorning ? [] : [kind]));
    expect(held.sort()).toEqual(['alert', 'answer', 'receipt', 'requestedFile', 'requestedTable']);
    const dropped = Object.entries(MANNERS).flatMap(([kind, manner]) => (manner.whenUnknown === 'drop' ? [kind] : []));
    expect(dropped).toEqual(expect.arrayContaining(['reminder', 'nudge']));
    for (const kind of ['table', 'alert']) expect(dropped).not.toContain(kind);
  });
});

describe('tries at a claim code', () => {
  it('are counted per account and since a moment, durable or not', () => {
    const county = new County();
    const tried = (id: string, accountId: string, at: number) => put('claimTry', { id, accountId, at });
    county.apply([tried('1', 'x:1', 10), tried('2', 'x:1', 20), tried('3', 'x:2', 20)]);
    expect([county.claimTries('x:1', 10), county.claimTries('x:1', 11), county.claimTries('x:3', 0)]).toEqual([
      2, 1, 0,
    ]);
  });
});
