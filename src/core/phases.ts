/** Which state of each phase holds where: the newest declaration, the lowest unit's before those above it. */
import type { PhaseRow, UnitId } from './rows/index.ts';

export class Phases {
  readonly #rows = new Map<string, PhaseRow>();

  take(row: PhaseRow): void {
    const key = `${row.phase} ${row.unitId}`;
    const known = this.#rows.get(key);
    if (!known || known.since <= row.since) this.#rows.set(key, row);
  }

  /**
   * The state of a phase for the last unit of a chain: the newest one declared for it or for a unit above it. Null when
   * none was declared.
   */
  stateOf(phase: string, chain: readonly UnitId[]): string | null {
    let newest: PhaseRow | null = null;
    for (const unitId of chain) {
      const row = this.#rows.get(`${phase} ${unitId}`);
      if (row && (newest === null || row.since >= newest.since)) newest = row;
    }
    return newest?.state ?? null;
  }
}
