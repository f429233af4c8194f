/**
 * Which rows of a sheet speak of one person. A number given with the same name is one person anywhere in the county;
 * without a number it is the same name within one village, and above the villages within one unit.
 */

import { keyOf, pathKey } from './keys.ts';
import type { PlannedPost, RosterProblem } from './plan.ts';

/** A person as a sheet knows them: their number if any row gives it, and every place and post they appear in. */
export interface PlannedPerson {
  name: string;
  phone: string | null;
  /** {@link scopeKey} of each of their posts. */
  scopes: Set<string>;
  posts: PlannedPost[];
}

/** Within which a name means one person: name and village, or name and unit above the villages. */
export function scopeKey(name: string, path: readonly string[]): string {
  return `${keyOf(name)}\n${pathKey(path.slice(0, 3))}`;
}

/** Under which a number is the same person anywhere; a number that changes hands belongs to another person. */
export function phoneKey(name: string, phone: string): string {
  return `${keyOf(name)}\n${phone}`;
}

/** Groups the rows that have a name into people, in the order in which they appear. */
export function groupPeople(posts: readonly PlannedPost[]): PlannedPerson[] {
  const people: PlannedPerson[] = [];
  const byPhone = new Map<string, PlannedPerson>();
  const byScope = new Map<string, PlannedPerson>();
  const add = (person: PlannedPerson, post: PlannedPost, scope: string): void => {
    person.posts.push(post);
    person.scopes.add(scope);
  };
  const create = (name: string, phone: string | null): PlannedPerson => {
    const person = { name, phone, scopes: new Set<string>(), posts: [] };
    people.push(person);
    return person;
  };
  const named = posts.flatMap((post) => (post.name === null ? [] : [{ post, name: post.name }]));
  for (const { post, name } of named) {
    if (post.phone === null) continue;
    const key = phoneKey(name, post.phone);
    const person = byPhone.get(key) ?? create(name, post.phone);
    byPhone.set(key, person);
    const scope = scopeKey(name, post.path);
    add(person, post, scope);
    byScope.set(scope, person);
  }
  for (const { post, name } of named) {
    if (post.phone !== null) continue;
    const scope = scopeKey(name, post.path);
    const person = byScope.get(scope) ?? create(name, null);
    byScope.set(scope, person);
    add(person, post, scope);
  }
  return people;
}

/** What is wrong between the rows: a name of two numbers where a third row gives none, a row twice. */
export function checkPeople(posts: readonly PlannedPost[]): RosterProblem[] {
  return [...unclearNames(posts), ...repeatedRows(posts)];
}

function unclearNames(posts: readonly PlannedPost[]): RosterProblem[] {
  const phones = new Map<string, Set<string>>();
  for (const { name, phone, path } of posts) {
    if (name === null || phone === null) continue;
    const key = scopeKey(name, path);
    phones.set(key, (phones.get(key) ?? new Set()).add(phone));
  }
  return posts.flatMap(({ name, phone, path, row }): RosterProblem[] => {
    if (name === null || phone !== null || (phones.get(scopeKey(name, path))?.size ?? 0) < 2) return [];
    return [{ row, column: 'phone', code: 'person-unclear', params: { name } }];
  });
}

function repeatedRows(posts: readonly PlannedPost[]): RosterProblem[] {
  const seen = new Map<string, number>();
  return groupPeople(posts).flatMap((person) =>
    person.posts.flatMap(({ path, title, row }): RosterProblem[] => {
      const key = `${pathKey(path)}\n${keyOf(title)}\n${person.name}\n${person.phone ?? ''}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, row);
      if (first === undefined) return [];
      const params = { name: person.name, title, firstRow: String(Math.min(first, row)) };
      return [{ row: Math.max(first, row), column: null, code: 'post-twice', params }];
    }),
  );
}
