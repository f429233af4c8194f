/** How the memory of the process grows. */
import { setFlagsFromString } from 'node:v8';

/** Bytes in use from which on it matters: tens of thousands of grids. */
const LARGE = 150_000_000;
/** Percent by which the heap may grow beyond what is in use before it is collected; 0 leaves it to the engine. */
const GROWTH = 40;

const growBy = (percent: number): void => setFlagsFromString(`--heap-growing-percent=${percent}`);

/**
 * Left to itself the engine lets the garbage of a start and of the evening peak pile up to several times what is in use,
 * for it takes all of the machine's memory to be its own. Asked before a county is read.
 */
export function keepHeapSmall(): void {
  growBy(GROWTH);
}

/** Asked once the county is in memory: where that is small, collecting so often would only cost time. */
export function letSmallHeapGrow(): void {
  if (process.memoryUsage().heapUsed < LARGE) growBy(0);
}
