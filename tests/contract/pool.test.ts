import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ids } from '../../src/store/ids.ts';
import { Pool } from '../../src/store/pool.ts';

const id = fc.oneof(
  fc.string({ maxLength: 14 }),
  fc.constantFrom('a rather long id', 'with "quotes" in it', 'and \\ this'),
);

describe('the ids of a table', () => {
  it('come back as they were given, whoever is named in whatever order', () => {
    fc.assert(
      fc.property(fc.array(id), fc.array(id), fc.infiniteStream(fc.boolean()), (own, named, order) => {
        const ids = new Ids();
        const given: string[] = [];
        const taken: string[] = [];
        const [owns, names] = [[...own], [...named, ...own, ...own.toReversed()]];
        for (const isOwn of order) {
          const text = (isOwn ? owns.shift() : names.shift()) ?? owns.shift() ?? names.shift();
          if (text === undefined) break;
          given.push(text);
          taken.push(isOwn ? ids.own(text) : ids.same(text));
        }
        expect(taken).toEqual(given);
      }),
    );
  });
});

describe('the chain of an obligation', () => {
  it('is what its JSON says, whatever came before it', () => {
    const chain = fc.array(fc.oneof(id, fc.constantFrom('county', 'town', 'v')), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(chain, fc.boolean())), (chains) => {
        const pool = new Pool();
        for (const [each, isSpaced] of chains) {
          const json = JSON.stringify(each, null, isSpaced ? 1 : undefined);
          expect(pool.chain(json, each.at(-1) ?? '')).toEqual(each);
        }
      }),
      { numRuns: 500 },
    );
  });
});
