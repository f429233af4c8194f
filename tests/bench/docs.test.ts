import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accountsTable, COUNTIES } from '../../bench/accounts.ts';
import { partOf, withPart } from '../../bench/docs.ts';

const page = 'above\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nbelow\n';

describe('a made part of a page', () => {
  test('is replaced, and nothing else', () => {
    const once = withPart(page, 'measured', 'new');
    expect(once).toBe('above\n<!-- measured: begin -->\n\nnew\n\n<!-- measured: end -->\nbelow\n');
    expect(withPart(once, 'measured', 'new')).toBe(once);
    expect(partOf(once, 'measured')).toBe('new');
  });

  test.each([
    ['is nowhere', 'no marks'],
    ['ends before it begins', '<!-- measured: end -->\n<!-- measured: begin -->'],
    ['is there twice', page + page],
  ])('is refused where it %s', (_, bad) => {
    expect(() => withPart(bad, 'measured', 'new')).toThrow('measured: begin');
  });
});

describe('docs/performance.md', () => {
  const shown = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8');

  test('has a measured part that the benchmark can replace', () => {
    expect(partOf(shown, 'measured')).toContain('acknowledged reports/s');
  });

  test.each([...COUNTIES])('names the accounts that the limits of the platforms demand (%s)', (name, groups) => {
    expect(partOf(shown, name)).toBe(accountsTable(groups));
  });
});
