import { describe, expect, it } from 'vitest';
import { type Body, outboxRow } from '../../src/core/notices.ts';
import type { OutboxRow } from '../../src/core/rows/index.ts';
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { givenUpLastDay, outboxFigures } from '../../src/metrics/outbox.ts';

const at = (text: string): number => Date.parse(`2026-11-${text}+08:00`);
const NOON = at('23T12:00:00');

function row(kind: 'answer' | 'table', more: Partial<OutboxRow> = {}, made = NOON): OutboxRow {
  const body: Body =
    kind === 'answer' ? { kind, text: '收到' } : { kind, periodId: 'daily@2026-11-23', unitId: 'village' };
  return { ...outboxRow({ to: { unit: 'village' }, body, dedupeKey: 'key' }, made), ...more };
}

/** For how long the oldest has been due, minutes; null where none is. */
function waited(rows: readonly OutboxRow[], now: number): number | null {
  const { dueSince } = outboxFigures(rows, now);
  return dueSince === null ? null : (now - dueSince) / MINUTE;
}

/** Processor time that the cheapest of a few runs took: others use this machine too. */
function leastCpuMs(run: () => unknown): number {
  const times = Array.from({ length: 7 }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

describe('what waits in the outbox', () => {
  it('is counted by kind and state, kinds without any included', () => {
    const { kinds } = outboxFigures(
      [row('answer'), row('answer'), row('table', { state: 'sending' }), row('table', { kind: 'of another version' })],
      NOON,
    );
    expect(kinds.get('answer')).toMatchObject({ pending: 2, sending: 0 });
    expect(kinds.get('table')).toMatchObject({ pending: 0, sending: 1 });
    expect(kinds.get('other')).toMatchObject({ pending: 1, sending: 0 });
    expect(kinds.get('nudge')).toMatchObject({ pending: 0, sending: 0 });
  });

  it('is due from the moment at which it may leave, not before', () => {
    const later = row('answer', { notBefore: NOON + 3 * SECOND });
    expect(outboxFigures([later], NOON)).toMatchObject({ due: 0, dueSince: null });
    expect(outboxFigures([later], NOON + MINUTE)).toMatchObject({ due: 1, dueSince: NOON + 3 * SECOND });
  });

  it('has been due since it was made when it was tried in vain, although the next try lies ahead', () => {
    const tried = row('answer', { attempts: 20, notBefore: NOON + HOUR + 50 * SECOND });
    expect(waited([row('answer', {}, NOON + HOUR), tried], NOON + HOUR)).toBe(60);
  });

  it('is due while it is being sent', () => {
    expect(waited([row('answer', { state: 'sending', attempts: 1 })], NOON + 4 * MINUTE)).toBe(4);
  });

  it('is not due while it is held for the morning, tried before or not', () => {
    const made = at('23T21:50:00');
    const held = row('table', { attempts: 3, notBefore: at('24T07:00:00') }, made);
    expect(waited([held, row('table', { notBefore: at('24T07:00:00') }, made)], at('23T23:00:00'))).toBeNull();
    expect(waited([row('answer', { attempts: 3, notBefore: at('23T23:00:30') }, made)], at('23T23:00:00'))).toBe(70);
  });

  it('counts no hours of the night once it is morning', () => {
    const held = row('table', { attempts: 3, notBefore: at('24T07:05:30') }, at('23T21:50:00'));
    expect(waited([held], at('24T07:05:00'))).toBe(5);
  });

  it('costs less than 50 ms with 100,000 rows', () => {
    const rows = Array.from({ length: 100_000 }, (_, n) =>
      row(n % 2 === 0 ? 'answer' : 'table', { attempts: n % 3, notBefore: NOON + (n % 600) * SECOND }),
    );
    expect(leastCpuMs(() => outboxFigures(rows, NOON + 5 * MINUTE))).toBeLessThan(50);
  });
});

describe('what was given up', () => {
  it('is counted by kind for a day', () => {
    const rows = [
      row('table', { state: 'dead', settledAt: NOON - 25 * HOUR }),
      row('table', { state: 'dead', settledAt: NOON - 23 * HOUR }),
      row('answer', { state: 'dead', settledAt: NOON }),
      row('answer', { state: 'dead', settledAt: NOON }),
    ];
    const counts = givenUpLastDay(rows, NOON);
    expect([counts.get('table'), counts.get('answer'), counts.get('nudge')]).toEqual([1, 2, 0]);
  });
});
