import { describe, expect, test } from 'vitest';
import { readArgs, USAGE, UsageError } from '../../bench/args.ts';

describe('the command line of the benchmark', () => {
  test('measures three sizes when nothing is asked', () => {
    expect(readArgs([])).toEqual({
      sizes: [1_000, 10_000, 100_000],
      quick: false,
      messages: null,
      rate: 5_000,
      inFlight: 3_000,
      json: false,
      help: false,
      writeDocs: false,
    });
  });

  test('quick leaves out the size in the middle; a million comes on top', () => {
    expect(readArgs(['--quick']).sizes).toEqual([1_000, 100_000]);
    expect(readArgs(['--quick', '--million']).sizes).toEqual([1_000, 100_000, 1_000_000]);
  });

  test('sizes asked for are the only ones, each once, smallest first', () => {
    expect(readArgs(['--grids', '100,000', '--grids=200', '--grids', '200']).sizes).toEqual([200, 100_000]);
  });

  test.each([['--grids', '0'], ['--grids', 'many'], ['--rate', '-1'], ['--rate', '1.5'], ['--fast'], ['1000']])(
    'refuses %s %s',
    (...args) => {
      expect(() => readArgs(args)).toThrow(UsageError);
    },
  );

  test('the usage names every option', () => {
    for (const name of ['quick', 'million', 'grids', 'messages', 'rate', 'in-flight', 'json', 'write-docs']) {
      expect(USAGE).toContain(`--${name}`);
    }
  });
});
