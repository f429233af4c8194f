/** Reads playbooks from YAML files. Errors name the file, the line, and what to write instead. */
import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { ZodError } from 'zod';
import { checkPlaybook, type Playbook, together } from './core/playbook/index.ts';

const SHIPPED = fileURLToPath(new URL('../playbooks/', import.meta.url));

/** A playbook that cannot be used; the message has one line per problem. */
export class PlaybookError extends Error {
  override readonly name = 'PlaybookError';
}

/**
 * Loads a playbook by its id under `playbooks/`, or by a path (absolute, or relative to `from`).
 * @throws {PlaybookError}
 */
export async function loadPlaybook(idOrPath: string, from: string = process.cwd()): Promise<Playbook> {
  const file = /^[a-z][a-z0-9-]*$/.test(idOrPath)
    ? resolve(SHIPPED, `${idOrPath}.yaml`)
    : isAbsolute(idOrPath)
      ? idOrPath
      : resolve(from, idOrPath);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new PlaybookError(`${file}: cannot be read`, { cause: error });
  }
  return parsePlaybook(text, file);
}

/**
 * Parses and checks a playbook's text.
 * @throws {PlaybookError}
 */
export function parsePlaybook(text: string, file: string): Playbook {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    throw new PlaybookError(document.errors.map((each) => `${place(each.pos[0])}: ${each.message}`).join('\n'));
  }
  try {
    const playbook = checkPlaybook(document.toJS());
    return playbook.uses.length > 0 ? playbook : together([playbook]);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const problems = error.issues.map((issue) => {
      const path = issue.path.map(String).filter((part, i) => i > 0 || part !== String(document.get('id')));
      return `${place(offsetOf(document, path))}: ${path.join('.')}: ${issue.message}`;
    });
    throw new PlaybookError(problems.join('\n'), { cause: error });
  }
}

/** Where the nearest node on a path stands in the text. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
