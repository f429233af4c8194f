/**
 * The benchmark: what one process takes in, how long people wait, what it costs; beside a tutorial's handler and the
 * bare database, in the same run. Prints one table; what it is doing goes to standard error. It measures, it does not
 * judge: its exit code says only whether it ran.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountsTable, COUNTIES } from './accounts.ts';
import { readArgs, USAGE, UsageError } from './args.ts';
import { withPart } from './docs.ts';
import type { Figures } from './figures.ts';
import { measure } from './measure.ts';
import { markdownTable, textTable, verdictsOf } from './table.ts';

const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

/** The page with everything on it that is made. */
function withFigures(page: string, figures: Figures): string {
  const withAccounts = [...COUNTIES].reduce(
    (text, [name, groups]) => withPart(text, name, accountsTable(groups)),
    page,
  );
  return withPart(withAccounts, 'measured', markdownTable(figures));
}

async function main(): Promise<void> {
  const options = readArgs(process.argv.slice(2));
  if (options.help) return void process.stdout.write(`${USAGE}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'gridbot-bench-'));
  const tidy = (): void => rmSync(folder, { recursive: true, force: true });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      tidy();
      process.exit(1);
    });
  }
  try {
    const figures = await measure(options, folder);
    const text = options.json
      ? JSON.stringify({ ...figures, targets: verdictsOf(figures) }, null, 2)
      : textTable(figures);
    process.stdout.write(`${text}\n`);
    if (options.writeDocs) writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), figures));
  } finally {
    tidy();
  }
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError;
  process.stderr.write(isUsage ? `${error.message}\n${USAGE}\n` : `${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = isUsage ? 2 : 1;
});
