/** The whole run: one size after the other, then the baseline and the limit on one of them. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MILLION, type Options } from './args.ts';
import { type Figures, type SizeFigures, TARGET_GRIDS } from './figures.ts';
import type { GroundJob } from './ground.ts';
import { inChild } from './jobs.ts';
import { thisMachine } from './machine.ts';
import { amountsFor, planOf } from './plan.ts';
import { Progress } from './progress.ts';

/** How long the baseline is measured each way, milliseconds, and with how many messages at most. */
const BASELINE = { ms: 3_000, most: 3_000 };
const QUICK_BASELINE = { ms: 1_000, most: 1_000 };

/** Of each size: installing it, measuring it, starting on it. */
const STAGES_PER_SIZE = 3;
const STAGES_AFTER = 2;

/** The files of one size: before anybody spoke, and after the load. */
type Files = Pick<GroundJob, 'pristine' | 'full'>;

/**
 * Measures everything that is asked.
 * @param folder where databases go; an empty one
 */
export async function measure(options: Options, folder: string): Promise<Figures> {
  const { sizes } = options;
  const began = performance.now();
  const stages = STAGES_PER_SIZE * sizes.length + STAGES_AFTER;
  const progress = new Progress(process.stderr, stages, () => performance.now());
  const filesOf = (grids: number): Files => ({
    pristine: join(folder, `${grids}-pristine.db`),
    full: join(folder, `${grids}-full.db`),
  });
  // The baseline and the limit are measured on the county that has targets, or on the largest below it.
  const shared = sizes.filter((grids) => grids <= TARGET_GRIDS).at(-1) ?? null;
  const measured: SizeFigures[] = [];
  for (const grids of sizes) {
    const files = filesOf(grids);
    // In a hurry only the start of the largest county is waited for.
    const starts = grids < MILLION && (!options.quick || grids === shared);
    measured.push(await measureOne(grids, options, files, starts, progress));
    if (grids !== shared) for (const file of Object.values(files)) rmSync(file);
  }
  const beside = shared === null ? null : await measureBeside(shared, options, filesOf(shared), folder, progress);
  progress.end();
  return {
    machine: thisMachine(),
    baseline: beside?.baseline ?? null,
    limit: beside?.limit ?? null,
    sizes: measured,
    seconds: (performance.now() - began) / 1_000,
  };
}

async function measureOne(
  grids: number,
  { quick, messages, rate, inFlight }: Options,
  { pristine, full }: Files,
  starts: boolean,
  progress: Progress,
): Promise<SizeFigures> {
  const show = (doing: string, done: number, total: number): void =>
    progress.show(`${grids.toLocaleString('en-US')} grids: ${doing}`, done, total);
  const whole = grids < MILLION;
  const plan = planOf(grids, amountsFor(grids, quick, whole, messages), whole);
  await inChild<'install'>({ kind: 'install', path: pristine, plan }, show);
  copyFileSync(pristine, full);
  progress.next();
  const figures = await inChild<'size'>({ kind: 'size', path: full, plan, rate, inFlight }, show);
  progress.next();
  show('start', 0, 1);
  const day = plan.legs.at(-1)?.day ?? 0;
  const start = starts ? await inChild<'start'>({ kind: 'start', path: full, day }, show) : null;
  progress.next();
  return { ...figures, start };
}

async function measureBeside(
  grids: number,
  { quick, messages }: Options,
  files: Files,
  folder: string,
  progress: Progress,
): Promise<Pick<Figures, 'baseline' | 'limit'>> {
  const show = (doing: string, done: number, total: number): void => progress.show(doing, done, total);
  const { ms, most } = quick ? QUICK_BASELINE : BASELINE;
  const baseline = await inChild<'baseline'>(
    {
      kind: 'baseline',
      ...files,
      path: join(folder, 'baseline.db'),
      grids,
      ms,
      most: Math.min(most, messages ?? most),
    },
    show,
  );
  progress.next();
  show('limit', 0, 1);
  const limit = await inChild<'limit'>({ kind: 'limit', ...files, path: join(folder, 'limit.db') }, show);
  return { baseline, limit };
}
