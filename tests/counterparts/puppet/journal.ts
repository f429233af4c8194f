/** The platform's memory on disk: facts as JSON lines, each written before anybody is answered. */
import { appendFileSync, existsSync, ftruncateSync, openSync, readFileSync } from 'node:fs';

export class Journal<Fact> {
  readonly #file: number;
  /** What an earlier process has written, oldest first. */
  readonly facts: readonly Fact[];

  constructor(path: string) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    // A kill in the middle of a line: its caller was never answered, so it has not happened.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const lines = whole.split('\n').filter((line) => line !== '');
    this.facts = lines.map((line) => JSON.parse(line) as Fact);
    this.#file = openSync(path, 'a');
    ftruncateSync(this.#file, Buffer.byteLength(whole));
  }

  /** A kill right after this call takes nothing away: the system has the line. */
  append(fact: Fact): void {
    appendFileSync(this.#file, `${JSON.stringify(fact)}\n`);
  }
}
