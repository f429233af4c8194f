import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cell, type CellHooks, NotDurableError, type Work } from '../../src/app/cell.ts';
import { SteppedClock } from '../../src/clock.ts';
import { type Decision, NOTHING } from '../../src/core/notices.ts';
import { put, type Write } from '../../src/core/rows.ts';
import { until } from '../support/soon.ts';
import { failure, gate, Ledger } from './ledger.ts';

const clock = new SteppedClock(Date.parse('2026-11-23T07:00:00+08:00'));
const QUIET: CellHooks = { prelude: () => NOTHING, react: () => NOTHING };

const meta = (id: string, value = '1'): Write => put('meta', { id, value });
const claimed = (id: string): Write => ({
  table: 'inbound',
  op: 'insert',
  row: { id, chat: 'c', accountId: 'a', text: '', sentAt: 0, receivedAt: 0 },
});
const outcome = (work: Promise<string>): Promise<string> => work.catch((error: Error) => error.name);

/** A cell whose first commit waits before a gate, with a work `a` in it and whatever else comes with that. */
async function committing(works: Work[], hooks: CellHooks = QUIET) {
  const ledger = new Ledger();
  const { open, reached, pass } = gate();
  ledger.beforeCommit = pass;
  const cell = await Cell.open(ledger, clock, hooks);
  const first = works.map((work) => outcome(cell.submit(work)));
  await reached;
  /** Lets the commit go on, or fail. */
  const end = (error?: Error): void => {
    ledger.beforeCommit = () => undefined;
    open();
    if (error) ledger.beforeCommit = () => undefined;
  };
  return { ledger, cell, first, end };
}

const writes = (...rows: Write[]): Work => ({ decide: () => ({ writes: rows, notices: [] }) });
const claims = (id: string, ...rows: Write[]): Work => ({ claim: id, ...writes(claimed(id), ...rows) });

/** Adds one to a count, and notes what the count was before. */
function counts(name: string, seen: string[] = []): Work {
  return {
    decide: (county) => {
      const sum = county.meta('sum') ?? '0';
      seen.push(`${name} ${sum}`);
      return { writes: [meta(name, sum), meta('sum', String(Number(sum) + 1))], notices: [] };
    },
  };
}
