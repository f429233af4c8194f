/** What of a roster stays the same from day to day: units, posts, who holds them, and their names. */
import type { HoldingRow, PersonRow, PostRow, UnitRow } from '../rows/index.ts';
import type { CivilDate } from '../time.ts';
import { NameIndex } from './names.ts';
import { Seats } from './seats.ts';
import type { Shelf } from './shelf.ts';
import { Span } from './span.ts';
import { UnitTree } from './tree.ts';

/** The rows a structure is made of, past and future ones included. */
export interface Shelves {
  unit: Shelf<UnitRow>;
  person: Shelf<PersonRow>;
  post: Shelf<PostRow>;
  holding: Shelf<HoldingRow>;
}

/** An immutable index; building it is linear in the rows. The shelves of units, people and posts are lent to it. */
export class Structure {
  readonly tree: UnitTree;
  readonly people: Shelf<PersonRow>;
  readonly seats: Seats;
  readonly names: NameIndex;
  private readonly span: Span;

  constructor(day: CivilDate, { unit, person, post, holding }: Shelves) {
    this.span = new Span(day);
    this.tree = new UnitTree(unit, (row) => this.span.holds(row));
    this.people = person.lend();
    this.seats = new Seats(this.tree, post, holding, person, this.span);
    this.names = new NameIndex(this.tree, this.seats);
  }

  /** Whether it is the structure of that day too. */
  covers(day: CivilDate): boolean {
    return this.span.covers(day);
  }
}
