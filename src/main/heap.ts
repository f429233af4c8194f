/** How the memory of the process grows once it has started. */
import { setFlagsFromString } from 'node:v8';

/** Percent by which the heap may grow beyond what is in use before it is collected. */
const GROWTH = 40;

/**
 * Left to itself the engine lets garbage of the evening peak pile up to several times what is in use, for it takes all of
 * the machine's memory to be its own. Costs some time of another core; a small county never comes near it.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}
