/** The text of one playbook: what it says, and where in it each thing stands. */
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { ZodError } from 'zod';
import { checkPlaybook, type Playbook } from './core/playbook/index.ts';
import { type Issue, type Problem, problemsOf } from './core/playbook/problem.ts';
import { playbookProblem, yamlProblem } from './locales/playbook-problems.ts';

/** A playbook that cannot be used; the message has one line per problem: `file:line: path: sentence`. */
export class PlaybookError extends Error {
  override readonly name = 'PlaybookError';
}

export class PlaybookSource {
  readonly file: string;
  readonly playbook: Playbook;
  readonly #document: Document;
  readonly #lines: LineCounter;

  /**
   * Reads and checks a playbook by itself.
   * @throws {PlaybookError}
   */
  constructor(text: string, file: string) {
    this.file = file;
    this.#lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: this.#lines });
    this.#document = document;
    if (document.errors.length > 0) {
      const problems = document.errors.map(({ pos, code }) => `${this.#place(pos[0])}: ${yamlProblem(code)}`);
      throw new PlaybookError(problems.join('\n'));
    }
    try {
      this.playbook = checkPlaybook(document.toJS());
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      throw new PlaybookError(error.issues.flatMap((issue) => this.linesOf(issue)).join('\n'), { cause: error });
    }
  }

  /** A line for each problem of an issue whose path begins at the top of this playbook. */
  linesOf(issue: Issue): string[] {
    return problemsOf(issue, this.#document.toJS()).map((problem) => this.lineOf(problem));
  }

  lineOf(problem: Problem): string {
    const path = problem.path.length === 0 ? '' : `${problem.path.join('.')}: `;
    return `${this.#place(this.#offsetOf(problem.path))}: ${path}${playbookProblem(problem)}`;
  }

  /** Paths of the words by which forms, registers and phases are called, where one is spelled like this. */
  placesOfAlias(word: string): string[][] {
    const found: string[][] = [];
    const look = (value: unknown, path: string[]): void => {
      if (value === word && path.some((part) => part === 'aliases' || part === 'name')) found.push(path);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, each] of Object.entries(value)) if (key !== 'fields') look(each, [...path, key]);
      }
    };
    const data = this.#document.toJS() as Record<string, unknown>;
    for (const part of ['forms', 'registers', 'phases']) look(data[part], [part]);
    return found;
  }

  #place(offset: number): string {
    return `${this.file}:${this.#lines.linePos(offset).line}`;
  }

  /** Where the nearest thing on a path begins: a key, where its value is one of several lines. */
  #offsetOf(path: readonly string[]): number {
    for (let length = path.length; length > 0; length--) {
      const above = this.#document.getIn(path.slice(0, length - 1), true);
      const key = keyNode(above, path[length - 1] ?? '');
      if (key !== null) return key;
    }
    return 0;
  }
}

/** Where a key of a map, or an entry of a list, begins; null where there is none of that name. */
function keyNode(above: unknown, key: string): number | null {
  if (isMap(above)) {
    const pair = above.items.find((each) => String(isScalar(each.key) ? each.key.value : each.key) === key);
    return isNode(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
  }
  if (isSeq(above)) {
    const item = above.items[Number(key)];
    return isNode(item) ? (item.range?.[0] ?? null) : null;
  }
  return null;
}
