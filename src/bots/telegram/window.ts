/** The updates that were fetched and are not acknowledged: which of them the app has, and which are under way. */
import type { RawUpdate } from './updates.ts';

/** Takes one update; true: it may be acknowledged. Never rejects. */
export type TakeUpdate = (update: RawUpdate) => Promise<boolean>;

export class UpdateWindow {
  readonly #underWay = new Map<number, Promise<void>>();
  readonly #taken = new Set<number>();
  /** The last that were fetched, lowest first. */
  #fetched: readonly number[] = [];
  #failed = false;

  /**
   * Takes those that are neither taken nor under way.
   * @param asked the offset that they were asked for with: everything below is acknowledged
   */
  offer(updates: readonly RawUpdate[], asked: number, take: TakeUpdate): void {
    const sorted = [...updates].sort((a, b) => a.update_id - b.update_id);
    this.#fetched = sorted.map(({ update_id }) => update_id);
    // What is acknowledged and comes all the same is repeated by Telegram: that is the app's to see.
    const again = new Set(this.#fetched);
    for (const id of this.#taken) if (id < asked || !again.has(id)) this.#taken.delete(id);
    for (const update of sorted) {
      const id = update.update_id;
      if (this.#taken.has(id) || this.#underWay.has(id)) continue;
      const taking = take(update).then((isTaken) => {
        this.#underWay.delete(id);
        if (isTaken) this.#taken.add(id);
        else this.#failed = true;
      });
      this.#underWay.set(id, taking);
    }
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  /** Whether something could not be taken since this was last asked. */
  hasFailed(): boolean {
    const failed = this.#failed;
    this.#failed = false;
    return failed;
  }

  /**
   * The first update that is not taken, all before it are; 0 when Telegram had none: it has forgotten everything below
   * by then, and after a quiet week the numbers may begin anew below it.
   */
  get offset(): number {
    const last = this.#fetched.at(-1);
    if (last === undefined) return 0;
    return this.#fetched.find((id) => !this.#taken.has(id)) ?? last + 1;
  }
}
