/** Who is who on the platforms. */
import type { AccountRow, PersonId } from './rows/index.ts';

/** Every account that was ever claimed, by its id and by whom it was claimed. */
export class Accounts {
  readonly #rows = new Map<string, AccountRow>();
  /** Ids of all that a person ever had, released ones included. Nearly everybody has one, and a set of its own is large. */
  readonly #idsOf = new Map<PersonId, string | Set<string>>();

  constructor(rows: Iterable<AccountRow> = []) {
    for (const row of rows) this.take(row);
  }

  /** Adds an account, or puts it in the place of the one with its id. */
  take(row: AccountRow): void {
    const { id, personId } = row;
    this.#rows.set(id, row);
    const known = this.#idsOf.get(personId);
    if (known === undefined) this.#idsOf.set(personId, id);
    else if (typeof known !== 'string') known.add(id);
    else if (known !== id) this.#idsOf.set(personId, new Set([known, id]));
  }

  /** As they stand now, in the order in which they first came. */
  all(): AccountRow[] {
    return [...this.#rows.values()];
  }

  /** The account while somebody has it. */
  live(id: string): AccountRow | null {
    const account = this.#rows.get(id);
    return account && account.releasedAt === null ? account : null;
  }

  /** A person's live accounts, all platforms. */
  of(personId: PersonId): AccountRow[] {
    const ids = this.#idsOf.get(personId) ?? [];
    return [...(typeof ids === 'string' ? [ids] : ids)].flatMap((id) => {
      const account = this.live(id);
      return account?.personId === personId ? [account] : [];
    });
  }
}
