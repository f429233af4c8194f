import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExemptionRow, ReportRow } from '../../src/core/rows/index.ts';
import { standingOf } from '../../src/core/standing.ts';
import { exemption, version } from './book-rows.ts';

const DUE = 1_000;
const period = { dueAt: DUE };

/** The contract in so many words: walk the messages by the clock on the wall. */
function model(versions: readonly ReportRow[], exempt: ExemptionRow | null) {
  let onTime: boolean | null = null;
  let values: ReportRow['values'] | null = null;
  let tried = false;
  for (let at = 0; at <= 2 * DUE; at += 1) {
    for (const said of versions.filter(({ sentAt }) => sentAt === at)) {
      if (said.kind === 'unparsed') tried = true;
      if (said.kind === 'withdrawal') onTime = values = null;
      if (said.kind === 'report') {
        onTime = onTime === null ? at <= DUE : onTime;
        values = said.values;
      }
    }
  }
  if (values !== null) return { state: onTime ? 'reported' : 'late', values, unparsed: false };
  return exempt
    ? { state: 'exempt', values: null, unparsed: false }
    : { state: 'missing', values: null, unparsed: tried };
}

/** No two said at one moment: what then counts is the order of arrival, which has a test of its own. */
const versions = fc
  .uniqueArray(fc.integer({ min: DUE - 12, max: DUE + 12 }), { maxLength: 10 })
  .chain((times) =>
    fc.tuple(
      ...times.map((sentAt) =>
        fc
          .tuple(fc.constantFrom('report', 'report', 'withdrawal', 'unparsed'), fc.nat(5))
          .map(([kind, abnormal]) => version(`v${sentAt}`, { kind, sentAt, values: { abnormal } })),
      ),
    ),
  );

describe('standingOf', () => {
  it('says what a walk through the day says, in whatever order the versions arrive', () => {
    const shuffled = versions.chain((list) =>
      fc.record({
        list: fc.constant(list),
        arrived: fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }),
        exempt: fc.constantFrom(null, exemption('x')),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ list, arrived, exempt }) => {
        const { state, current, unparsed } = standingOf(period, arrived, exempt);
        expect({ state, values: current?.values ?? null, unparsed }).toEqual(model(list, exempt));
      }),
      { numRuns: 500 },
    );
  });

  it('lets the one that arrived last count of two that were sent in one moment', () => {
    const first = version('a', { sentAt: 900, receivedAt: 901, values: { abnormal: 1 } });
    const second = version('b', { sentAt: 900, receivedAt: 902, values: { abnormal: 2 } });
    expect(standingOf(period, [second, first], null).current).toBe(second);
  });

  it('takes the due moment itself for on time, and the millisecond after it for late', () => {
    expect(standingOf(period, [version('a', { sentAt: DUE })], null).state).toBe('reported');
    expect(standingOf(period, [version('a', { sentAt: DUE + 1 })], null).state).toBe('late');
  });

  it('judges by when it was sent, not by when it was read', () => {
    const said = version('a', { sentAt: DUE - 1, receivedAt: DUE + 500 });
    expect(standingOf(period, [said], null).state).toBe('reported');
  });

  it('leaves a correction the timeliness of what it corrects', () => {
    const said = [version('a', { sentAt: DUE }), version('b', { sentAt: DUE + 100, values: { abnormal: 3 } })];
    expect(standingOf(period, said, null)).toMatchObject({ state: 'reported', current: { id: 'b' } });
  });

  it('does not leave it to a report that follows a withdrawal', () => {
    const said = [
      version('a', { sentAt: 900 }),
      version('b', { kind: 'withdrawal', sentAt: 950 }),
      version('c', { sentAt: DUE + 1 }),
    ];
    expect(standingOf(period, said, null).state).toBe('late');
  });

  it('forgets an attempt that could not be read once something readable counts', () => {
    const said = [version('a', { kind: 'unparsed', sentAt: 900 }), version('b', { sentAt: 901 })];
    expect(standingOf(period, said, null)).toMatchObject({ state: 'reported', unparsed: false });
  });

  it('lets a report lift an exemption, and a withdrawal bring it back', () => {
    const said = [version('a', { sentAt: 900 }), version('b', { kind: 'withdrawal', sentAt: 950 })];
    expect(standingOf(period, said.slice(0, 1), exemption('x')).state).toBe('reported');
    expect(standingOf(period, said, exemption('x')).state).toBe('exempt');
  });
});
