/** Finding by text without keeping the text: what is found is looked at again by whoever asks. */

/** Places are kept beside 30 bits of a hash in the 53 bits of a whole number. */
const PLACES = 2 ** 23;
const FACTOR = 0x01000193;

/** The hash of a text that grows at its beginning, as paths do when they are followed upwards. */
export class GrowingHash {
  #sum = 0;
  #power = 1;

  /** Writes a text in front of what there is. */
  prepend(text: string): this {
    let sum = this.#sum;
    let power = this.#power;
    for (let at = text.length - 1; at >= 0; at -= 1) {
      // No character may count as nothing.
      sum = (sum + Math.imul(text.charCodeAt(at) + 1, power)) | 0;
      power = Math.imul(power, FACTOR);
    }
    this.#sum = sum;
    this.#power = power;
    return this;
  }

  /** Writes in front what was hashed before, without looking at its characters again. */
  prependHashed({ sum, power }: { readonly sum: number; readonly power: number }): this {
    this.#sum = (this.#sum + Math.imul(sum, this.#power)) | 0;
    this.#power = Math.imul(this.#power, power);
    return this;
  }

  /** What {@link prependHashed} takes: of the whole text, and what it multiplies what stands before it with. */
  get sum(): number {
    return this.#sum;
  }
  get power(): number {
    return this.#power;
  }

  get value(): number {
    return this.#sum >>> 2;
  }
}

export function hashOf(text: string): number {
  return new GrowingHash().prepend(text).value;
}

/**
 * Under each hash the places where it was noted, in eight bytes each. Others may have the same hash: what is found at a
 * place has to be compared with what was looked for.
 */
export class Notes {
  #notes = new Float64Array(1024);
  #length = 0;

  /** @throws {RangeError} beyond eight million places */
  add(hash: number, place: number): void {
    if (place >= PLACES) throw new RangeError(`more than ${PLACES} places`);
    if (this.#length === this.#notes.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#notes);
      this.#notes = larger;
    }
    this.#notes[this.#length] = hash * PLACES + place;
    this.#length += 1;
  }

  /** Ends the adding; needed before anything is looked for. */
  seal(): this {
    this.#notes = this.#notes.slice(0, this.#length).sort();
    return this;
  }

  /**
   * Hands over the places noted under a hash, in order, from `first` up to but not including `after`.
   * @param take says true when it wants no more
   */
  each(hash: number, first: number, after: number, take: (place: number) => boolean): void {
    const base = hash * PLACES;
    const end = base + Math.min(after, PLACES);
    for (let at = this.#lowerBound(base + first); at < this.#length; at += 1) {
      const note = this.#notes[at] ?? end;
      if (note >= end || take(note - base)) return;
    }
  }

  /** The first position in the list that is not before `note`. */
  #lowerBound(note: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#notes[middle] ?? 0) < note) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
