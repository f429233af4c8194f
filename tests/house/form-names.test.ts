/** Practices are data: what a form, a register, a phase or an alert is called stands in the playbooks alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadPlaybook } from '../../src/playbook-file.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SHIPPED = readdirSync(join(ROOT, 'playbooks'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));

/** Where the language itself is explained, with examples, and the words that are no names in reports people type. */
const EXPLAINS = ['locales/playbook-keys.ts', 'locales/playbook-problems.ts', 'core/grammar/people.ts'];
/** A report of nothing is called so whatever the form; the others are everyday words. */
const EVERYDAY = new Set([
  '零报告',
  '户',
  '用火',
  '登记',
  '负责',
  '天气',
  '响应',
  '看望',
  '人员',
  '老人',
  '场所',
  '调解',
  '测温',
]);

/** Ids that are also words of the code. */
const CONCEPTS = new Set(['household', 'moving']);

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|js|html)$/.test(path) && !path.startsWith('store/generated') && !EXPLAINS.includes(path))
  .map((path) => {
    const text = readFileSync(join(ROOT, 'src', path), 'utf8');
    return { path, code: text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '') };
  });

describe('no source names a practice', async () => {
  const { forms, registers, phases } = await loadPlaybook(SHIPPED);
  const ids = [forms, registers, phases].flatMap((part) => Object.keys(part)).filter((id) => !CONCEPTS.has(id));
  const words = [
    ...Object.values(forms).flatMap(({ name, aliases }) => [name, ...aliases]),
    ...Object.values(registers).flatMap(({ name, aliases, add, end, cover }) => [
      name,
      ...aliases,
      ...[add, end, cover].flatMap((act) => act?.aliases ?? []),
    ]),
    ...Object.values(phases).flatMap(({ name, aliases }) => [name, ...aliases]),
  ].filter((word) => !EVERYDAY.has(word));

  test('by its id', () => {
    const quoted = ids.map((id) => new RegExp(`['"\`]${id}['"\`@]`));
    const naming = sources.filter(({ code }) => quoted.some((pattern) => pattern.test(code)));
    expect(naming.map(({ path }) => path)).toEqual([]);
  });

  test.each([...new Set(words)])('as %s', (word) => {
    const pattern = /^[a-z]+$/i.test(word) ? new RegExp(`['"\`/]${word}['"\` ]`) : new RegExp(word);
    expect(sources.filter(({ code }) => pattern.test(code)).map(({ path }) => path)).toEqual([]);
  });
});
