/** A county in memory, for jobs: deciding is all they do. */
import { parse as parseCsv } from 'csv-parse/sync';
import { County } from '../../src/core/county.ts';
import { type Decision, outboxRow } from '../../src/core/notices.ts';
import type { Playbook } from '../../src/core/playbook/index.ts';
import { put } from '../../src/core/rows/index.ts';
import type { Instant } from '../../src/core/time.ts';
import type { Job, JobFacts } from '../../src/jobs/job.ts';
import { rosterWrites } from '../../src/sample/install.ts';
import { ROSTER } from '../support/rehearsal.ts';

export const shanghai = (text: string): Instant => Date.parse(`${text}+08:00`);

export function countyOf(at: Instant): County {
  const county = new County();
  county.apply(rosterWrites(parseCsv(ROSTER, { relax_column_count: true }), at, 'stage'));
  return county;
}

/** Decides and takes the outcome in, as the app does; gives the decision. */
export function take(job: Job, facts: JobFacts): Decision {
  const decision = job.decide(facts);
  facts.county.apply(decision.writes);
  facts.county.apply(decision.notices.map((notice) => put('outbox', outboxRow(notice, facts.now))));
  return decision;
}

export type At = (text: string) => JobFacts;

/** The facts of one county at any moment. */
export function factsAt(county: County, playbook: Playbook): At {
  return (text) => ({ county, playbook, now: shanghai(text) });
}
