/** Has jobs done by children, one at a time. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MILLION } from './args.ts';
import type { Answer, Job } from './child.ts';
import type { BaselineFigures, LimitFigures, SizeFigures, StartFigures } from './figures.ts';

interface Results {
  install: undefined;
  size: Omit<SizeFigures, 'start'>;
  start: StartFigures;
  baseline: BaselineFigures;
  limit: LimitFigures;
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** A county of a million grids is larger than the heap Node allows by itself, MB. */
const HEAP = 12_000;

/**
 * Resolves with the job's figures once its process has ended.
 * @throws {Error} with what the child said when it failed
 */
export function inChild<K extends Job['kind']>(
  job: Extract<Job, { kind: K }>,
  onProgress: (doing: string, done: number, total: number) => void,
): Promise<Results[K]> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, {
      execArgv: ['--import', 'tsx', '--expose-gc', ...(isLarge(job) ? [`--max-old-space-size=${HEAP}`] : [])],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let outcome: Answer | null = null;
    child.on('message', (answer: Answer) => {
      if (answer.kind === 'progress') onProgress(answer.doing, answer.done, answer.total);
      else outcome = answer;
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (outcome?.kind === 'figures') resolve(outcome.figures as Results[K]);
      else reject(new Error(outcome?.kind === 'failed' ? outcome.error : `the child ended: ${signal ?? code}`));
    });
    child.send(job);
  });
}

const isLarge = (job: Job): boolean => (job.kind === 'install' || job.kind === 'size') && job.plan.grids >= MILLION;
