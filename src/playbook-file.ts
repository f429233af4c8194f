/** Loads playbooks from YAML files and takes them together. Errors name the file, the line, and what to write instead. */
import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ZodError } from 'zod';
import { AliasError } from './core/grammar/alias-error.ts';
import { vocabulariesOf } from './core/grammar/vocabularies.ts';
import { assertDistinctAliases } from './core/grammar/words.ts';
import { type Playbook, together } from './core/playbook/index.ts';
import { playbookFiles } from './locales/playbook-problems.ts';
import { PlaybookError, PlaybookSource } from './playbook-source.ts';

export { PlaybookError } from './playbook-source.ts';

const SHIPPED = fileURLToPath(new URL('../playbooks/', import.meta.url));
const ID = /^[a-z][a-z0-9-]*$/;

/**
 * Loads playbooks and those they use, and takes them together: first those asked for, in their order, then what they
 * use, each once.
 * @param idsOrPaths ids under `shipped`, or paths (absolute, or relative to `from`); a string may hold several, with
 *   commas between them
 * @param shipped the folder of those that go by an id
 * @throws {PlaybookError} with a line for every problem
 */
export async function loadPlaybook(
  idsOrPaths: string | readonly string[],
  from: string = process.cwd(),
  shipped: string = SHIPPED,
): Promise<Playbook> {
  const asked = typeof idsOrPaths === 'string' ? idsOrPaths.split(/[,\uff0c]/) : idsOrPaths;
  const names = [...new Set(asked.map((each) => each.trim()).filter((each) => each !== ''))];
  if (names.length === 0) throw new PlaybookError(playbookFiles.none);
  const files = names.map((name) => fileOf(name, from, shipped));
  const problems: string[] = [];
  const sources = new Map<string, PlaybookSource>();
  for (const [i, file] of files.entries()) {
    if (sources.has(file)) continue;
    const source = await collect(
      problems,
      async () => new PlaybookSource(await readText(file, names[i] ?? file, shipped), file),
    );
    if (source) sources.set(file, source);
  }
  await addUsed(sources, shipped, problems);
  if (problems.length > 0) throw new PlaybookError(problems.join('\n'));
  return merged([...sources.values()]);
}

/**
 * Checks the text of a playbook that needs no other: those it uses are not looked for.
 * @throws {PlaybookError}
 */
export function parsePlaybook(text: string, file: string): Playbook {
  return merged([new PlaybookSource(text, file)]);
}

function fileOf(name: string, from: string, shipped: string): string {
  if (ID.test(name)) return resolve(shipped, `${name}.yaml`);
  return isAbsolute(name) ? name : resolve(from, name);
}

async function readText(file: string, name: string, shipped: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!ID.test(name)) throw new PlaybookError(`${file}: ${playbookFiles.unreadable}`, { cause: error });
    throw new PlaybookError(playbookFiles.unknown(name, await idsIn(shipped)), { cause: error });
  }
}

async function idsIn(shipped: string): Promise<string[]> {
  const names = await readdir(shipped);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** Adds what the playbooks use; one that was asked for by a path is not looked for under its id. */
async function addUsed(sources: Map<string, PlaybookSource>, shipped: string, problems: string[]): Promise<void> {
  // The map grows while it is walked, so that what is used by what is used comes along.
  for (const source of sources.values()) {
    for (const [i, id] of source.playbook.uses.entries()) {
      if ([...sources.values()].some(({ playbook }) => playbook.id === id)) continue;
      const file = resolve(shipped, `${id}.yaml`);
      if (sources.has(file)) continue;
      const text = await readFile(file, 'utf8').catch(() => null);
      if (text === null) {
        problems.push(source.lineOf({ path: ['uses', String(i)], code: 'no-playbook', about: id, values: [] }));
        continue;
      }
      const used = await collect(problems, () => new PlaybookSource(text, file));
      if (used) sources.set(file, used);
    }
  }
}

/** What a step gives; null where it found a problem, which joins the others. */
async function collect<T>(problems: string[], make: () => T | Promise<T>): Promise<T | null> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof PlaybookError)) throw error;
    problems.push(error.message);
    return null;
  }
}

/** The playbooks of some sources as one. */
function merged(sources: readonly PlaybookSource[]): Playbook {
  const byId = new Map<string, PlaybookSource>();
  const twice = sources.filter((source) => {
    const isTwice = byId.has(source.playbook.id);
    byId.set(source.playbook.id, source);
    return isTwice;
  });
  if (twice.length > 0) {
    const lines = twice.map((source) =>
      source.lineOf({ path: ['id'], code: 'playbook-twice', about: source.playbook.id, values: [] }),
    );
    throw new PlaybookError(lines.join('\n'));
  }
  try {
    const playbook = together(sources.map((source) => source.playbook));
    assertDistinctAliases(vocabulariesOf(playbook));
    return playbook;
  } catch (error) {
    if (error instanceof AliasError) throw new PlaybookError(aliasLine(sources, error.word), { cause: error });
    if (!(error instanceof ZodError)) throw error;
    const lines = error.issues.flatMap((issue) => {
      const [id, ...path] = issue.path;
      return byId.get(String(id))?.linesOf({ ...issue, path }) ?? [];
    });
    throw new PlaybookError(lines.join('\n'), { cause: error });
  }
}

/** A word with two owners is reported where it stands last: it is the later one that is to give way. */
function aliasLine(sources: readonly PlaybookSource[], word: string): string {
  const places = sources.flatMap((source) => source.placesOfAlias(word).map((path) => ({ source, path })));
  const last = places.at(-1);
  const problem = { path: last?.path ?? [], code: 'alias-twice', about: word, values: [] };
  return (last?.source ?? (sources[0] as PlaybookSource)).lineOf(problem);
}
