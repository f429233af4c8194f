/** Everything a file is held against, one file after the other. */
import type { Form } from '../../src/core/playbook/index.ts';
import { type CivilDate, type Instant, startOfDay } from '../../src/core/time.ts';
import { accountOf, faultsOf } from './autopsy.ts';
import { History } from './history.ts';
import { ladderFaults } from './ladder.ts';
import type { Ledger } from './ledger.ts';
import type { Times } from './model.ts';
import { ratioFaults } from './ratios.ts';
import type { Remains } from './remains.ts';
import type { Streets } from './streets.ts';

/** When a day's reports of a form are due, and lock. */
export const timesOf = ({ due, locks }: Pick<Form, 'due' | 'locks'>, day: CivilDate): Times => ({
  dueAt: startOfDay(day) + due,
  locksAt: startOfDay(day) + locks,
});

export interface JudgeDeps {
  form: Form;
  grids: number;
  /** When the first period was opened. */
  since: Instant;
  ledger: Ledger;
  streets: Streets;
}

export class Judge {
  readonly #deps: JudgeDeps;
  readonly #history = new History();

  constructor(deps: JudgeDeps) {
    this.#deps = deps;
  }

  /** What is wrong with a file at a moment; `isQuiet` where nothing waits any more. */
  faults(remains: Remains, now: Instant, isQuiet: boolean): string[] {
    const { form, grids, since, ledger, streets } = this.#deps;
    const expectation = {
      lanes: streets.said(),
      acknowledged: ledger.acknowledged(),
      form,
      grids,
      times: (day: CivilDate) => timesOf(form, day),
      now,
    };
    const account = accountOf(remains, expectation);
    return [
      ...faultsOf(remains, expectation, account),
      ...ladderFaults(remains, account, { form, grids, now, since, readers: ledger.readers, isQuiet }),
      ...ratioFaults(ledger.claims(), account),
      ...this.#history.faults(remains),
    ];
  }
}
