/** The short form of `npm run test:crash`: a kill at each of the worst moments. */
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp-database.ts';
import { crash } from './crash.ts';

/** The gate does not gamble. */
const GATE_SEED = 20261121;
const seed = Number(process.env.CRASH_SEED ?? (process.env.CI ? GATE_SEED : Math.floor(Math.random() * 1_000_000)));

test(`killed while starting, answering, checkpointing and at a step of the ladder, it loses and doubles nothing (seed ${seed})`, async () => {
  const result = await crash({
    kills: 5,
    grids: 60,
    seed,
    folder: tempFolder(),
    plan: ['count', 'jump', 'receipt', 'checkpoint', 'start'],
  });
  expect(result.faults).toEqual([]);
  // It talked, it was interrupted, and there was somebody to remind.
  expect(result).toMatchObject({ kills: 5, midCheckpoint: 1, acknowledged: result.said });
  expect(result.said).toBeGreaterThan(100);
  expect(result.redelivered).toBeGreaterThan(0);
  expect(result.reminded).toBeGreaterThan(0);
}, 120_000);
