/** What is wrong with a playbook, issue by issue, in a shape that a sentence can be made of. */
import type { z } from 'zod';

export type Issue = z.core.$ZodIssue;

/** What the schema itself can find, whatever the key; all other codes are those of the language. */
export const SCHEMA_CODES = [
  'missing',
  'type',
  'not-one-of',
  'unknown-key',
  'too-few',
  'too-small',
  'too-big',
] as const;
export type SchemaCode = (typeof SCHEMA_CODES)[number];

export interface Problem {
  /** From the top of the playbook it is in; the last part is the key at fault. */
  path: readonly string[];
  /** One of {@link SCHEMA_CODES}, or a code of the language. */
  code: string;
  /** The word it is about, the kind of value that was expected, or the bound; may be empty. */
  about: string;
  /** What may be written there, where only a few words may. */
  values: readonly string[];
}

const CODE = /^[a-z]+(?:-[a-z]+)*$/;

/** The problems of one issue; of a choice between shapes those of the shape that was most likely meant. */
export function problemsOf(issue: Issue, data: unknown): Problem[] {
  const path = issue.path.map(String);
  const problem = (code: string, about = '', values: readonly string[] = []): Problem => ({
    path,
    code,
    about,
    values,
  });
  switch (issue.code) {
    case 'custom':
      return [problem(issue.message, String(issue.params?.about ?? ''))];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], code: 'unknown-key', about: key, values: [] }));
    case 'invalid_key':
      return issue.issues.slice(0, 1).map((inner) => problem(inner.message, path.at(-1)));
    case 'invalid_union':
      return ofUnion(issue, data);
    case 'invalid_value':
      return valueAt(data, path) === undefined
        ? [problem('missing', path.at(-1))]
        : [problem('not-one-of', '', issue.values.map(String))];
    case 'invalid_type':
      return valueAt(data, path) === undefined
        ? [problem('missing', path.at(-1))]
        : [problem('type', issue.expected as string)];
    case 'too_small':
      if (CODE.test(issue.message)) return [problem(issue.message)];
      return [problem(issue.origin === 'array' ? 'too-few' : 'too-small', String(issue.minimum))];
    case 'too_big':
      return [problem(CODE.test(issue.message) ? issue.message : 'too-big', String(issue.maximum))];
    default:
      return [problem(issue.message)];
  }
}

function ofUnion(issue: z.core.$ZodIssueInvalidUnion, data: unknown): Problem[] {
  const path = issue.path.map(String);
  if (valueAt(data, path) === undefined) return [{ path, code: 'missing', about: path.at(-1) ?? '', values: [] }];
  if ('discriminator' in issue && issue.discriminator !== undefined) {
    return [{ path, code: 'not-one-of', about: '', values: optionsOf(issue) }];
  }
  const meant = meantShape(issue.errors);
  if (meant) {
    return meant.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue, data));
  }
  return [{ path, code: CODE.test(issue.message) ? issue.message : 'shape', about: '', values: [] }];
}

/** The kinds there are; the parser hands them over without saying so in its types. */
function optionsOf(issue: object): string[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}

/**
 * The problems under the shape that was most likely meant: one that fits from the outside, with the fewest problems.
 * Null where none is near: then the shapes themselves are to be shown.
 */
function meantShape(shapes: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const near = shapes.filter((issues) =>
    issues.every((each) => each.path.length > 0 || each.code === 'unrecognized_keys'),
  );
  const [best] = near.toSorted((a, b) => a.length - b.length);
  if (!best) return null;
  const hasOtherKeys = best.some((each) => each.code === 'unrecognized_keys');
  return hasOtherKeys && best.length > 1 ? null : best;
}

/** What stands at a path of the data; undefined where nothing does. */
export function valueAt(data: unknown, path: readonly string[]): unknown {
  let at = data;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}
