/** What logs say of an error. */

const OF_ENGINE: ReadonlySet<unknown> = new Set([SyntaxError, TypeError, RangeError, ReferenceError, URIError]);

/**
 * Whether the engine itself threw it. Its words quote what it stumbled over (`Unexpected token '张', "张三…" is not valid
 * JSON`), and that may be what somebody said.
 */
export const isOfEngine = (error: unknown): boolean => error instanceof Error && OF_ENGINE.has(error.constructor);

/** From a stack: the file that is nearest to where it was thrown, with its two folders, line and column. */
const PLACE = /^ {4}at .*?([\w.-]+(?:\/[\w.-]+){2}:\d+:\d+)\)?$/m;

/** Our own words where there are any, else what it is and where it was thrown; nothing of anybody's text. */
export function errorInLogs(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`;
  if (!isOfEngine(error)) return String(error);
  // A stack begins with the very words that are to be left out.
  const frames = (error.stack ?? '').replace(error.message, '');
  return `${error.name} at ${PLACE.exec(frames)?.[1] ?? 'a place unknown'}`;
}
