/** Database files that last as long as the test file that asked for them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder, removed after the test file. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridbot-'));
  folders.push(folder);
  return folder;
}

/** The address of a database file that does not exist yet, in a folder removed after the test file. */
export function tempDatabaseUrl(): string {
  return `file:${join(tempFolder(), 'gridbot.db')}`;
}
