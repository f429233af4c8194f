/** What the platform remembers across a kill: lines of JSON, each written before anybody hears of it. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export class Journal {
  readonly #path: string;
  readonly #folder: string;
  readonly #handle: number;
  #gathered: string[] | null = null;

  constructor(path: string) {
    this.#path = path;
    this.#folder = join(dirname(path), 'files');
    mkdirSync(this.#folder, { recursive: true });
    this.#handle = openSync(path, 'a');
  }

  /** Everything written so far, oldest first. A last line that a kill left unfinished was never heard of: it is cut off. */
  *read(): Generator<unknown> {
    const content = readFileSync(this.#path, 'utf8');
    const whole = content.slice(0, content.lastIndexOf('\n') + 1);
    if (whole.length < content.length) truncateSync(this.#path, Buffer.byteLength(whole));
    for (const line of whole.split('\n')) if (line !== '') yield JSON.parse(line);
  }

  write(entry: unknown): void {
    const line = `${JSON.stringify(entry)}\n`;
    if (this.#gathered) this.#gathered.push(line);
    else appendFileSync(this.#handle, line);
  }

  /** Does many things with one write to the disk. */
  together<T>(act: () => T): T {
    if (this.#gathered) return act();
    this.#gathered = [];
    try {
      return act();
    } finally {
      const lines = this.#gathered.join('');
      this.#gathered = null;
      if (lines !== '') appendFileSync(this.#handle, lines);
    }
  }

  keepFile(id: string, bytes: Buffer): void {
    writeFileSync(join(this.#folder, id), bytes);
  }

  fileBytes(id: string): Buffer {
    return readFileSync(join(this.#folder, id));
  }

  close(): void {
    closeSync(this.#handle);
  }

  /** Forgets everything. */
  clear(): void {
    truncateSync(this.#path, 0);
    if (existsSync(this.#folder)) rmSync(this.#folder, { recursive: true });
    mkdirSync(this.#folder);
  }
}
