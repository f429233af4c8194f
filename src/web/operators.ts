/** What whoever runs the machine asks: the figures, and whether all is well. No login, and nothing of people. */
import type { Hono } from 'hono';
import type { Figures } from '../metrics/figures.ts';
import type { Health } from '../metrics/health.ts';

export interface OperatorDeps {
  figures: Figures;
  health: Pick<Health, 'check'>;
  /** How many pages are open. */
  watching: () => number;
}

/** Adds `/metrics` for Prometheus and `/healthz`, which is 200 when all is well and 503 with what is not. */
export function serveOperators(web: Hono, { figures, health, watching }: OperatorDeps): void {
  web.get('/metrics', async (c) =>
    c.body(await figures.text(), 200, { 'Content-Type': figures.contentType, 'Cache-Control': 'no-store' }),
  );

  web.get('/healthz', async (c) => {
    const failed = await health.check();
    const isWell = failed.length === 0;
    c.header('Cache-Control', 'no-store');
    return c.json({ status: isWell ? 'ok' : 'failing', failed, watching: watching() }, isWell ? 200 : 503);
  });
}
