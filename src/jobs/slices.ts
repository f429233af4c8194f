/**
 * Slices of registers: at its moment of the day each unit's own entries go to the department that was declared. One
 * missed while the bot was down is sent once when it is back, within the same hour as a step of the ladder.
 */
import { sliceOn, sliceSince } from '../core/meta.ts';
import type { Notice, SliceOf } from '../core/notices.ts';
import type { Slice } from '../core/playbook/index.ts';
import { put, type Write } from '../core/rows/index.ts';
import { unitsWithEntries } from '../core/slice/entries.ts';
import { reachOf } from '../core/slice/reach.ts';
import { undelivered } from '../core/slice/undelivered.ts';
import { addDays, type CivilDate, civilDateOf, type Instant, startOfDay } from '../core/time.ts';
import type { Job, JobFacts } from './job.ts';
import { GRACE } from './ladder.ts';

/** Days that are looked back on after an absence; what was skipped before them nobody misses any more. */
const LOOK_BACK = 8;

interface Due {
  id: string;
  slice: Slice;
  day: CivilDate;
  dueAt: Instant;
}

export const slices: Job = {
  id: 'slices',

  nextDue(facts) {
    const { playbook, county, now } = facts;
    const ids = Object.keys(playbook.slices);
    if (ids.length === 0 || !county.viewAt(now).county) return null;
    if (ids.some((id) => county.meta(sliceSince(id)) === null)) return now;
    return Math.min(...undecided(facts).map(({ dueAt }) => dueAt));
  },

  decide(facts) {
    const { playbook, county, now } = facts;
    const writes: Write[] = [];
    const notices: Notice[] = [];
    if (!county.viewAt(now).county) return { writes, notices };
    for (const id of Object.keys(playbook.slices)) {
      // What fell due before it was declared never was due.
      if (county.meta(sliceSince(id)) === null) writes.push(put('meta', { id: sliceSince(id), value: String(now) }));
    }
    for (const due of undecided(facts).filter(({ dueAt }) => dueAt <= now)) {
      const outcome = now - due.dueAt <= GRACE ? 'fired' : 'skipped';
      writes.push(put('meta', { id: sliceOn(due.id, due.day), value: outcome }));
      if (outcome === 'fired') for (const notice of noticesOf(due, facts)) notices.push(notice);
    }
    return { writes, notices };
  },
};

/** Days of slices nothing was decided about yet, up to the next to come. */
function undecided({ playbook, county, now }: JobFacts): Due[] {
  const today = civilDateOf(now);
  return Object.entries(playbook.slices).flatMap(([id, slice]) => {
    const since = Number(county.meta(sliceSince(id)) ?? now);
    return Array.from({ length: LOOK_BACK + 2 }, (_, i) => addDays(today, i - LOOK_BACK))
      .map((day) => ({ id, slice, day, dueAt: startOfDay(day) + slice.at }))
      .filter(({ day, dueAt }) => dueAt >= since && county.meta(sliceOn(id, day)) === null);
  });
}

/** One notice per unit with anybody to tell of and person who gets it; its group hears where nobody does. */
function noticesOf({ id, slice, day }: Due, { playbook, county, now }: JobFacts): Notice[] {
  const form = playbook.forms[slice.form];
  if (!form) return [];
  const view = county.viewAt(now);
  const known = (personId: string): boolean => county.accountsOf(personId).length > 0;
  return unitsWithEntries(county, slice, form, day).flatMap((unit) => {
    const { people, unfilled } = reachOf(view, unit.id, slice.to, known);
    const of = (titles: string[]): SliceOf => ({ sliceId: id, unitId: unit.id, day, titles });
    const sent = [...people].map(
      ([personId, titles]): Notice => ({
        to: { person: personId },
        body: { kind: 'slice', ...of(titles), personId },
        dedupeKey: `${sliceOn(id, day)}#${unit.id}#${personId}`,
      }),
    );
    return unfilled.length > 0 ? [...sent, undelivered(of(unfilled))] : sent;
  });
}
