/** Faults to order: what goes wrong with the calls of a bot. They are forgotten when the process dies. */
import type { Fault } from './types.ts';

export class Faults {
  #ordered: { fault: Fault; left: number }[] = [];

  order(fault: Fault): void {
    const { times = 1 } = fault;
    this.#ordered.push({ fault, left: times === 'always' ? Number.POSITIVE_INFINITY : times });
  }

  clear(): void {
    this.#ordered = [];
  }

  /** The fault that this call meets. */
  meet(method: string, chat: number): Fault | null {
    const met = this.#ordered.find(
      ({ fault }) =>
        (fault.method === undefined || fault.method === '*' || fault.method.toLowerCase() === method.toLowerCase()) &&
        (fault.chat === undefined || fault.chat === chat),
    );
    if (!met) return null;
    met.left -= 1;
    this.#ordered = this.#ordered.filter(({ left }) => left > 0);
    return met.fault;
  }
}
