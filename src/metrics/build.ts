/** What runs: the program's version and Node's. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

export interface Build {
  version: string;
  /** `v20.19.0` */
  node: string;
}

const manifest = z.object({ version: z.string() });

/** @throws when the program's package.json is gone */
export async function readBuild(): Promise<Build> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return { version: manifest.parse(JSON.parse(text)).version, node: process.version };
}
