/** Whom a line is about, pieced together from the names in it. */
import { kindOf } from './names.ts';
import { REST_NAME, type Token } from './scan.ts';
import { type Refusal, refuse } from './types.ts';

export interface Subject {
  /** Path parts joined by `/`, a person within a unit as `张三@一网格`. */
  name: string | null;
  /** As typed, for writing the line anew. */
  typed: string;
  /** What belongs to no name: words, and names that came too late to be the subject. */
  words: Token[];
}

type NameToken = Token & { kind: 'name' };

/**
 * Joins adjacent names. Where a reason may follow (`freeFrom` below the line's length), names after that place belong
 * to the reason once a subject is there, as do mere shapes: 去镇里 is no town.
 */
export function joinNames(tokens: readonly Token[], args: string, freeFrom: number): Subject | Refusal {
  const names: NameToken[] = [];
  const words: Token[] = [];
  let rest: Token | null = null;
  let own: Token | null = null;
  for (const token of tokens) {
    const found = names.length > 0 || rest !== null;
    const late = token.start >= freeFrom || (words.length > 0 && freeFrom < args.length);
    if (token.kind === 'word') {
      words.push(token);
    } else if (token.kind === 'name') {
      const last = names.at(-1);
      const adjacent =
        !rest && (!last || (last.end + token.gap.length === token.start && /^[\s,、/]*$/.test(token.gap)));
      if (late && (found ? !adjacent : !token.known && !token.text.endsWith('网格'))) words.push(token);
      else if (adjacent && !(last && token.gap !== '' && sameKind(last, token))) names.push(token);
      else return refuse('subject.two', { text: [...names, token].map((name) => name.text).join(' ') });
    } else if (token.kind === 'rest') {
      if (found) return refuse('subject.two', { text: token.text });
      rest = token;
    } else if (token.kind === 'own') {
      own = token;
    }
  }
  if (own && (rest || names.length > 0)) {
    return refuse('subject.two', { text: [own, ...(rest ? [rest] : names)].map((name) => name.text).join(' ') });
  }
  if (rest) return { name: REST_NAME, typed: REST_NAME, words };
  const [first] = names;
  const end = names.at(-1)?.end ?? 0;
  return { name: first ? joined(names) : null, typed: first ? args.slice(first.start, end) : '', words };
}

/** Two grids side by side are two subjects; a village and its grid are one. */
function sameKind(a: NameToken, b: NameToken): boolean {
  return a.unit === b.unit && kindOf(a.text) === kindOf(b.text);
}

function joined(names: readonly NameToken[]): string {
  const text = (token: NameToken): string => token.text.replaceAll(' ', '');
  const path = names
    .filter((name) => name.unit)
    .reduce((whole, name) => whole + (whole === '' || name.gap === '' ? '' : '/') + text(name), '');
  const people = names.filter((name) => !name.unit);
  const [person] = people;
  if (!person) return path;
  if (people.length > 1) return names.map(text).join('/');
  return path === '' || text(person).includes('@') ? text(person) : `${text(person)}@${path}`;
}
