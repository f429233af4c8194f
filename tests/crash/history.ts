/**
 * What was in a file once is in every later one, and is the same there. A message that is delivered again has left
 * nothing when the rows of the first time are untouched: by their ids alone a second effect could not be seen.
 */
import { listed } from './autopsy.ts';
import type { Remains } from './remains.ts';

export class History {
  readonly #rows = new Map<string, string>();

  /** What of the files before has vanished from this one, or is something else in it. */
  faults({ messages, reports, exemptions, leaves, slots, answers, notices }: Remains): string[] {
    const gone = [...answers, ...notices.map(({ id, state }) => [id, state] as const)];
    const rows: [string, unknown][] = [
      ...Object.entries({
        message: messages,
        report: reports,
        exemption: exemptions,
        leave: leaves,
        slot: slots,
      }).flatMap(([table, list]) => list.map((row): [string, unknown] => [`${table} ${row.id}`, row])),
      // What has left has left: nothing makes it wait again.
      ...gone.flatMap(([id, state]): [string, unknown][] => (isSettled(state) ? [[`notice ${id}`, state]] : [])),
    ];
    const found = new Map(rows.map(([key, row]) => [key, JSON.stringify(row)]));
    const [vanished, changed]: [string[], string[]] = [[], []];
    for (const [key, row] of this.#rows) {
      const now = found.get(key);
      if (now === undefined) vanished.push(key);
      else if (now !== row) changed.push(`${key}: was ${row}, is ${now}`);
    }
    for (const [key, row] of found) this.#rows.set(key, row);
    return [...listed('of a file before have vanished', vanished), ...listed('of a file before have changed', changed)];
  }
}

const isSettled = (state: string): boolean => state !== 'pending' && state !== 'sending';
