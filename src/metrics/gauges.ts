/** How the county stands, put into gauges at the moment somebody asks. Everything is read from memory, nothing written. */
import { Gauge, type Registry } from 'prom-client';
import type { ChatAdapter } from '../bots/adapter.ts';
import type { Clock } from '../clock.ts';
import type { County } from '../core/county.ts';
import type { Playbook } from '../core/playbook/index.ts';
import { type Instant, SECOND } from '../core/time.ts';
import { ACCOUNT_STATES, numberedAccounts } from './accounts.ts';
import { openObligations, ROUNDS } from './obligations.ts';
import { givenUpLastDay, outboxFigures } from './outbox.ts';
import { missedSlots, overdueSlots } from './schedule.ts';

export interface GaugesDeps {
  registry: Registry;
  county: () => County;
  adapters: readonly ChatAdapter[];
  playbook: Playbook;
  /** The clock by which the county's rows are stamped. */
  clock: Clock;
}

/** Enters the gauges; what it returns sets all of them to how things stand. */
export function stateGauges({ registry, county, adapters, playbook, clock }: GaugesDeps): () => void {
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> =>
    new Gauge({ name: `gridbot_${name}`, help, labelNames, registers: [registry] });
  const forms = Object.keys(playbook.forms);

  const notices = gauge('outbox_notices', 'Notices not settled yet, by kind and state.', ['kind', 'state']);
  const due = gauge('outbox_due_notices', 'Notices that might have left by now, those tried again included.');
  const oldest = gauge('outbox_oldest_due_seconds', 'How long the notice has been due that has waited longest.');
  const givenUp = gauge(
    'outbox_given_up_last_day_notices',
    'Notices given up within the last 24 hours, by kind; of many only the latest 500 are known.',
    ['kind'],
  );
  const missed = gauge('slots_missed', 'Ladder steps skipped in the periods held in memory.', ['form']);
  const overdue = gauge('slots_overdue', 'Ladder steps more than a minute late and not decided.', ['form']);
  const expected = gauge('obligations_expected', 'Reports owed in open periods, the whole county.', ['form', 'period']);
  const obligations = gauge('obligations', 'The same by what became of them; together all that is owed.', [
    'form',
    'period',
    'state',
  ]);
  const state = gauge('account_state', '1 for the state an account of the bot is in.', [
    'platform',
    'account',
    'state',
  ]);
  const since = gauge('account_state_seconds', 'How long it has been in it.', ['platform', 'account']);

  const outbox = (now: Instant): void => {
    const { tray } = county();
    const figures = outboxFigures(tray.pending(), now);
    for (const [kind, { pending, sending }] of figures.kinds) {
      notices.set({ kind, state: 'pending' }, pending);
      notices.set({ kind, state: 'sending' }, sending);
    }
    for (const [kind, value] of givenUpLastDay(tray.givenUp(), now)) givenUp.set({ kind }, value);
    due.set(figures.due);
    oldest.set(figures.dueSince === null ? 0 : seconds(now - figures.dueSince));
  };

  const reports = (now: Instant): void => {
    const facts = { county: county(), playbook, now };
    const books = facts.county.books();
    const missedBy = missedSlots(books);
    const overdueBy = overdueSlots(facts);
    for (const form of forms) {
      missed.set({ form }, missedBy.get(form) ?? 0);
      overdue.set({ form }, overdueBy.get(form) ?? 0);
      const counts = openObligations(books, form, now);
      for (const period of ROUNDS) {
        const { expected: owed, ...states } = counts[period];
        expected.set({ form, period }, owed);
        for (const [each, value] of Object.entries(states)) obligations.set({ form, period, state: each }, value);
      }
    }
  };

  const accounts = (now: Instant): void => {
    state.reset();
    since.reset();
    for (const account of numberedAccounts(adapters)) {
      const own = { platform: account.platform, account: String(account.number) };
      for (const each of ACCOUNT_STATES) state.set({ ...own, state: each }, each === account.state ? 1 : 0);
      since.set(own, seconds(now - account.since));
    }
  };

  return () => {
    const now = clock.now();
    outbox(now);
    reports(now);
    accounts(now);
  };
}

const seconds = (ms: number): number => Math.max(ms, 0) / SECOND;
