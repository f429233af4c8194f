import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Shelf } from '../../src/core/roster/shelf.ts';

describe('looking for many ids on a shelf', () => {
  it('finds each where it stands, in whatever order they are asked for', () => {
    const ids = Array.from({ length: 8 }, (_, at) => `id ${at}`);
    const shelf = new Shelf(ids.map((id) => ({ id })));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ids, 'unknown', '')), (asked) => {
        const find = shelf.finder();
        expect(asked.map(find)).toEqual(asked.map((id) => ids.indexOf(id)));
      }),
    );
  });

  it('finds nothing on an empty one', () => expect(new Shelf().finder()('id')).toBe(-1));
});
