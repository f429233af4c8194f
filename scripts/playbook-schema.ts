/** Writes playbooks/playbook.schema.json, by which editors help whoever writes a playbook. */
import { writeFile } from 'node:fs/promises';
import { playbookSchemaText, SCHEMA_FILE } from './playbook-schema-text.ts';

await writeFile(SCHEMA_FILE, playbookSchemaText());
process.stdout.write(`${SCHEMA_FILE}\n`);
