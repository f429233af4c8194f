/** Order statistics of measured times. */

export interface Spread {
  p50: number;
  p99: number;
  p999: number;
  max: number;
}

/**
 * The smallest value that at least the share `q` (0 < q ≤ 1) of all values do not exceed; NaN of nothing.
 * @param sorted ascending
 */
export function percentile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(Math.ceil(sorted.length * q) - 1, 0)] ?? Number.NaN;
}

/** What half, 99 % and 99.9 % of the values do not exceed, and the largest; the values stay as they are. */
export function spreadOf(values: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(values).sort();
  return {
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    p999: percentile(sorted, 0.999),
    max: percentile(sorted, 1),
  };
}
