/** The rows of the page’s tables, made from the language itself: what each key is, an example, and its default. */
import { playbookSchemaText } from '../../scripts/playbook-schema-text.ts';
import { KEYS, type Section, sectionOf } from '../../src/locales/playbook-keys.ts';

interface Node {
  default?: unknown;
  properties?: Record<string, Node>;
  required?: string[];
  additionalProperties?: Node | boolean;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
}

/** `section key` → what holds where it is not written. */
const defaults = new Map<string, string>();
collect(JSON.parse(playbookSchemaText()) as Node, []);

function collect(node: Node, path: readonly string[]): void {
  for (const [key, below] of Object.entries(node.properties ?? {})) {
    const section = sectionOf([...path, key]);
    const unwritten = below.default === undefined ? '' : shown(below.default);
    if (section) defaults.set(`${section} ${key}`, node.required?.includes(key) ? '必写' : unwritten);
    collect(below, [...path, key]);
  }
  if (typeof node.additionalProperties === 'object') collect(node.additionalProperties, [...path, '*']);
  if (node.items) collect(node.items, [...path, '0']);
  for (const shape of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) collect(shape, path);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '' : `\`[${value.join(', ')}]\``;
  return typeof value === 'object' ? '' : `\`${String(value)}\``;
}

/** The rows for one part of the language. */
export function keyRows(section: Section): string[] {
  return Object.entries(KEYS[section]).map(([key, { what, example }]) => {
    const unwritten = defaults.get(`${section} ${key}`);
    return `| \`${key}\` | ${what} | \`${example}\` | ${unwritten ? `${unwritten} ` : ''}|`;
  });
}
