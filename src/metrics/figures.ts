/** All figures of one bot as a scraper reads them: the text format of Prometheus, 0.0.4. */
import { Gauge, type Registry } from 'prom-client';
import { type Instant, SECOND } from '../core/time.ts';
import type { Build } from './build.ts';
import { type GaugesDeps, stateGauges } from './gauges.ts';

export interface FiguresDeps extends GaugesDeps {
  build: Build;
  /** When this bot was started by the machine's clock, UTC ms. */
  startedAt: Instant;
  /** Figures that are not this bot's alone, written after its own. */
  others: readonly Registry[];
}

export interface Figures {
  readonly contentType: string;
  /** The figures as they stand now. Reads memory only, so it answers whatever the store does. */
  text(): Promise<string>;
}

/** Adds to a registry that already has the counters whatever is read off the county when somebody asks. */
export function createFigures({ build, startedAt, others, ...deps }: FiguresDeps): Figures {
  const { registry } = deps;
  const registers = [registry];
  new Gauge({
    name: 'gridbot_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version: build.version, node: build.node }, 1);
  new Gauge({
    name: 'gridbot_start_time_seconds',
    help: 'When this bot was started, seconds since 1970.',
    registers,
  }).set(startedAt / SECOND);
  const update = stateGauges(deps);
  return {
    contentType: registry.contentType,
    async text() {
      update();
      const parts = await Promise.all([registry, ...others].map((each) => each.metrics()));
      return parts.join('\n');
    },
  };
}
