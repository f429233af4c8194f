/** A pasted 接龙: one report per line, answered in one line. */

import { fillOnce } from '../core/fill-once.ts';
import { simplestLine } from '../core/form.ts';
import type { ChainLine } from '../core/grammar/types.ts';
import type { Decision, Notice } from '../core/notices.ts';
import type { ReportRow, Write } from '../core/rows/index.ts';
import { zh } from '../locales/zh-CN.ts';
import {
  answer,
  answerBody,
  defineCommand,
  formOf,
  isRefused,
  type KnownCall,
  periodIdOf,
  replyNotice,
} from './command.ts';
import { loadToFill, versionWrites } from './filling.ts';
import { openBook, receiptNotice, reportRow } from './report.ts';
import { misfit } from './values.ts';
import { isPlaceFor, unitOrPersonsGrid } from './whom.ts';

interface Taken {
  row: ReportRow;
  writes: Write[];
  receipt: Notice;
}

type Outcome = Taken | { problem: string } | null;

export const chain = defineCommand({
  name: 'chain',
  open: false,
  unbound: false,
  fits: ({ person, view }) =>
    person !== null && view.unitsAnsweredFor(person.id).some((unit) => unit.level === 'village'),
  load: loadToFill,
  decide(call) {
    const known = call as KnownCall;
    const rows = new Map<string, Taken>();
    const problems: string[] = [];
    for (const line of call.parsed.lines) {
      const outcome = takeLine(known, line);
      if (outcome === null) continue;
      if ('problem' in outcome) problems.push(outcome.problem);
      else rows.set(outcome.row.obligationId, outcome);
    }
    return said(known, [...rows.values()], problems);
  },
});

function said(call: KnownCall, taken: Taken[], problems: string[]): Decision {
  if (taken.length === 0 && problems.length === 0) {
    return answer(call, zh.chainNone(simplestLine(formOf(call).form)));
  }
  const writes = taken.flatMap((each) => each.writes);
  const notices = taken.map(({ receipt }) => receipt);
  if (problems.length > 0) {
    notices.push(replyNotice(call, answerBody(call, zh.chainProblems(problems)), 'problems'));
  }
  return { writes, notices };
}

/**
 * Whoever pastes a chain speaks for their own grid and for those they answer for; a peer's line waits for the peer.
 * A line of others that repeats what is in already is passed over: each paste of a chain carries all lines before it.
 */
function takeLine(call: KnownCall, line: ChainLine): Outcome {
  const { parsed, text } = line;
  if (parsed.kind !== 'command') return { problem: zh.chainUnread(shorten(text)) };
  const name = line.name ?? parsed.subject;
  const lineCall: KnownCall = { ...call, parsed: { ...parsed, subject: name, period: call.parsed.period } };
  if (name === null) return { problem: zh.chainUnread(shorten(text)) };
  const grid = unitOrPersonsGrid(lineCall, name);
  if (isRefused(grid)) return { problem: zh.chainUnread(shorten(text)) };
  const right = call.view.mayReportFor(call.person.id, grid.found.id);
  const book = call.county.book(periodIdOf(lineCall));
  const current = book?.due(grid.found.id)?.standing.current;
  const repeats = current && JSON.stringify(current.values) === JSON.stringify(parsed.values);
  if (repeats && right !== 'own') return null;
  if (right === null) return { problem: zh.chainNotYours(grid.found.name) };
  if (!isPlaceFor(call, grid.found, right)) return { problem: zh.chainElsewhere(grid.found.name) };
  if (!book?.due(grid.found.id)) return { problem: zh.chainNotExpected(grid.found.name) };
  if (misfit(lineCall, book.period, book, parsed.values) !== null) return { problem: zh.chainUnread(shorten(text)) };
  const open = openBook(lineCall, { grid: grid.found, right, named: true });
  if (isRefused(open)) return { problem: zh.chainLocked(grid.found.name) };
  const row = reportRow(lineCall, open.found, grid.found, 'chain');
  const filling = fillOnce(call.county, call.playbook, row);
  const receipt = receiptNotice(lineCall, open.found, row, grid.found.id, filling);
  return {
    row,
    writes: versionWrites(row, filling),
    receipt: { ...receipt, dedupeKey: `${receipt.dedupeKey}#${grid.found.id}` },
  };
}

const shorten = (text: string): string => (text.length > 12 ? `${text.slice(0, 12)}…` : text);
