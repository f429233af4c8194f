/** Chance that can be had again: the same seed, the same throws. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ x < 1 (mulberry32). */
  throw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let x = this.#state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + this.throw() * (most - least);
  }

  /** True about `share` of the times. */
  chance(share: number): boolean {
    return this.throw() < share;
  }

  of<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.throw() * choices.length)] ?? choices[0];
  }
}
