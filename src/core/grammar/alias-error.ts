/** A word that two own: a line that begins with it could mean either. */
export class AliasError extends Error {
  override readonly name = 'AliasError';
  /** As the later of its owners spells it. */
  readonly word: string;

  constructor(word: string, first: string, second: string) {
    super(`"${word}" belongs to ${first} and to ${second}`);
    this.word = word;
  }
}
