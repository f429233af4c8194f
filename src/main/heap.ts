/** How the memory of the process grows once it has started. */
import { setFlagsFromString } from 'node:v8';

/** Bytes in use from which on it matters: tens of thousands of grids. */
const LARGE = 150_000_000;
/** Percent by which the heap may grow beyond what is in use before it is collected. */
const GROWTH = 40;

/**
 * Left to itself the engine lets the garbage of the evening peak pile up to several times what is in use, for it takes all
 * of the machine's memory to be its own. Asked once the county is in memory; costs a large one some time of another core.
 */
export function keepHeapSmall(): void {
  if (process.memoryUsage().heapUsed > LARGE) setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}
