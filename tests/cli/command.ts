/** Runs a command of the command line within the test, and hears what it prints. */
import { vi } from 'vitest';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs a command on a database. Rejects with what the command threw. */
export async function runOn(
  url: string,
  command: (args: string[]) => Promise<number>,
  ...args: string[]
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  vi.stubEnv('DATABASE_URL', url);
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  try {
    const code = await command(args);
    return { code, out: out.join(''), err: err.join('') };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    vi.unstubAllEnvs();
  }
}
