/** What is asked on the command line. */
import { parseArgs } from 'node:util';

export interface Options {
  /** Sizes to measure, in grids; ascending. */
  sizes: number[];
  /** Fewer messages, the smallest and the target's size only. */
  quick: boolean;
  /** Messages for the throughput at each size, at most; half as many for the waiting times. Null: as the size demands. */
  messages: number | null;
  /** Messages a second offered while waiting times are measured. */
  rate: number;
  /** Messages in flight while throughput is measured. */
  inFlight: number;
  json: boolean;
  help: boolean;
  /** Replaces the measured block of docs/performance.md. */
  writeDocs: boolean;
}

/** A command line that cannot be understood; the message says how to write it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `usage: npm run bench -- [--quick] [--million] [--grids N]… [--messages N] [--rate N]
                          [--in-flight N] [--json] [--write-docs]

  --quick        1,000 and 100,000 grids, fewer messages
  --million      1,000,000 grids as well: throughput and memory
  --grids N      this size instead (may be repeated)
  --messages N   for the throughput at each size, half as many for the waiting times
  --rate N       messages a second offered while waiting times are measured (5000)
  --in-flight N  messages in flight while throughput is measured (3000)
  --json         figures as JSON
  --write-docs   puts the table into docs/performance.md`;

const QUICK = [1_000, 100_000];
const USUAL = [1_000, 10_000, 100_000];
export const MILLION = 1_000_000;
/** Of fewer grids none would be missing in the evening. */
const SMALLEST = 10;
const LARGEST = 9_999_999;

/** @throws {UsageError} */
export function readArgs(args: readonly string[]): Options {
  const values = parsed(args);
  const asked = (values.grids ?? []).map((text) => count(text, '--grids', SMALLEST));
  const sizes = asked.length > 0 ? asked : values.quick ? QUICK : USUAL;
  return {
    sizes: [...new Set([...sizes, ...(values.million ? [MILLION] : [])])].sort((a, b) => a - b),
    quick: values.quick ?? false,
    messages: values.messages === undefined ? null : count(values.messages, '--messages'),
    rate: count(values.rate ?? '5000', '--rate'),
    inFlight: count(values['in-flight'] ?? '3000', '--in-flight'),
    json: values.json ?? false,
    help: values.help ?? false,
    writeDocs: values['write-docs'] ?? false,
  };
}

function parsed(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: flag,
        million: flag,
        grids: { type: 'string', multiple: true },
        messages: text,
        rate: text,
        'in-flight': text,
        json: flag,
        help: flag,
        'write-docs': flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function count(text: string, option: string, least = 1): number {
  const number = Number(text.replaceAll(',', ''));
  if (Number.isInteger(number) && number >= least && number <= LARGEST) return number;
  throw new UsageError(`${option} takes a whole number from ${least} to ${LARGEST}, not ${text}`);
}
