import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { playbookSchemaText, SCHEMA_FILE } from '../../scripts/playbook-schema-text.ts';
import { KEYS } from '../../src/locales/playbook-keys.ts';

interface Node {
  description?: string;
  [key: string]: unknown;
}

/** Every key in a schema, with its description. */
function keysOf(node: unknown): [string, string | undefined][] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties, ...rest } = node as Node;
  const own = Object.entries((properties ?? {}) as Record<string, Node>);
  return [
    ...own.map(([key, below]): [string, string | undefined] => [key, below.description]),
    ...own.flatMap(([, below]) => keysOf(below)),
    ...Object.values(rest).flatMap(keysOf),
  ];
}

const SCHEMA: unknown = JSON.parse(playbookSchemaText());

test('the schema that editors read is that of the language; after a change run: npm run schema', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(playbookSchemaText());
});

test('says of every key in Chinese what it is', () => {
  expect(keysOf(SCHEMA).filter(([, description]) => !description)).toEqual([]);
});

test('no key is explained that the language does not have', () => {
  const known = new Set(keysOf(SCHEMA).map(([key]) => key));
  const explained = Object.values(KEYS).flatMap((keys) => Object.keys(keys));
  expect(explained.filter((key) => !known.has(key))).toEqual([]);
});

test('the shipped playbook tells editors where it is', () => {
  const text = readFileSync(new URL('../../playbooks/epidemic.yaml', import.meta.url), 'utf8');
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/playbook\.schema\.json\n/);
});
