/** A process that measures one thing, so that nothing shares a heap: a job comes by IPC, progress and figures go back. */
import { type BaselineJob, measureBaseline } from './baseline.ts';
import type { GroundJob } from './ground.ts';
import { measureLimit } from './limit.ts';
import type { Plan } from './plan.ts';
import { install, measureSize, measureStart, type SizeJob } from './size.ts';

export type Job =
  | { kind: 'install'; path: string; plan: Plan }
  | ({ kind: 'size' } & SizeJob)
  | { kind: 'start'; path: string; day: number }
  | ({ kind: 'baseline' } & BaselineJob)
  | ({ kind: 'limit' } & GroundJob);

export type Answer =
  | { kind: 'progress'; doing: string; done: number; total: number }
  | { kind: 'figures'; figures: unknown }
  | { kind: 'failed'; error: string };

/** Resolves when it is said. */
const tell = (answer: Answer): Promise<void> =>
  new Promise((resolve) => (process.send ? process.send(answer, () => resolve()) : resolve()));

async function run(job: Job): Promise<unknown> {
  const report = (doing: string, done: number, total: number): void =>
    void tell({ kind: 'progress', doing, done, total });
  switch (job.kind) {
    case 'install':
      return install(job.path, job.plan, report);
    case 'size':
      return measureSize(job, report);
    case 'start':
      return measureStart(job.path, job.day);
    case 'baseline':
      return measureBaseline(job, (done) => report('baseline', done, job.most));
    case 'limit':
      return measureLimit(job);
  }
}

// Nobody wants to know any more: the figures have been told, or whoever asked was ended.
process.once('disconnect', () => process.exit());

process.once('message', (job: Job) => {
  run(job)
    .then(
      (figures) => tell({ kind: 'figures', figures }),
      (error: unknown) => tell({ kind: 'failed', error: error instanceof Error ? `${error.stack}` : String(error) }),
    )
    .finally(() => process.disconnect());
});
