/** The JSON Schema of the playbook language, with a word in Chinese about each key. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { playbookShape } from '../src/core/playbook/index.ts';
import { keyWords } from '../src/locales/playbook-keys.ts';

export const SCHEMA_FILE = fileURLToPath(new URL('../playbooks/playbook.schema.json', import.meta.url));

interface Node {
  description?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
}

/** The text of {@link SCHEMA_FILE}. */
export function playbookSchemaText(): string {
  const schema = z.toJSONSchema(playbookShape, { io: 'input' }) as Node;
  describe(schema, []);
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function describe(node: Node, path: readonly string[]): void {
  for (const [key, below] of Object.entries(node.properties ?? {})) {
    const words = keyWords([...path, key]);
    if (words) below.description = `${words.what}。${words.example}`;
    describe(below, [...path, key]);
  }
  if (typeof node.additionalProperties === 'object') describe(node.additionalProperties, [...path, '*']);
  if (node.items) describe(node.items, [...path, '0']);
  for (const shape of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) describe(shape, path);
}
