/** The figures of the process itself: event loop lag, memory, garbage collection, under their customary names. */
import { collectDefaultMetrics, Registry } from 'prom-client';

let known: Registry | null = null;

/**
 * They belong to the process and not to a bot in it: one register however many bots run, made when it is first asked
 * for, because what measures them cannot be taken down again.
 */
export function processRegistry(): Registry {
  if (!known) {
    known = new Registry();
    collectDefaultMetrics({ register: known });
  }
  return known;
}
