import { renameSync } from 'node:fs';
import { pathOf } from '../../src/store/path.ts';

/**
 * Takes a database's file away from under its store: it can still be read, and nothing can be kept. What this returns
 * puts it back.
 */
export function takeAway(url: string): () => void {
  const path = pathOf(url);
  renameSync(path, `${path}.away`);
  return () => renameSync(`${path}.away`, path);
}
