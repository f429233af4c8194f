/** What only the sample county does: its clock runs ahead, and the villages that nobody plays report by themselves. */
import type { App } from '../app.ts';
import type { ConsoleAdapter } from '../bots/console.ts';
import type { Clock } from '../clock.ts';
import type { County } from '../core/county.ts';
import { simplestLine } from '../core/form.ts';
import { SIMULATED_AHEAD } from '../core/meta.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { Instant } from '../core/time.ts';
import { FIRST_VILLAGE } from '../sample/county.ts';
import { neighboursSay } from '../sample/neighbours.ts';
import { type Errand, firstMoment } from '../web/time-machine.ts';

/** As far ahead as when it was stopped; on a first start, at an hour at which there is something to see. */
export function whereItWas(county: County, clock: Clock): Instant {
  const ahead = county.meta(SIMULATED_AHEAD);
  return ahead === null ? firstMoment(clock.now()) : clock.now() + Number(ahead);
}

/** What the villages that nobody plays report while the clock is walked from one moment to another. */
export function neighbours(
  app: App,
  adapter: ConsoleAdapter,
  playbook: Playbook,
  from: Instant,
  to: Instant,
): Errand[] {
  const view = app.county().viewAt(from);
  const [played] = view.findUnits(FIRST_VILLAGE);
  const [form] = Object.values(playbook.forms);
  if (!played || !form) return [];
  const lines = { zero: simplestLine(form), some: simplestLine(form).replace(/0$/, '1') };
  return neighboursSay(view, played.id, lines, from, to).map(({ at, unitId, personId, name, line }) => ({
    at,
    run: async () => {
      await adapter.say({ kind: 'group', id: unitId }, { id: personId, displayName: name }, line);
    },
  }));
}
