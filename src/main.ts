/** The process edge: environment, wiring, signals, exit codes. */
import { once } from 'node:events';
import { pino } from 'pino';
import type { Logger } from './app.ts';
import { readConfig, readPlatforms } from './config.ts';
import { errorInLogs } from './core/error-in-logs.ts';
import { cliText } from './locales/cli.ts';
import { NoRosterError, SampleOnPlatformsError, startBot } from './main/bot-run.ts';
import { StoreError } from './store/errors.ts';

/**
 * Runs the bot until it is asked to stop (SIGINT, SIGTERM). With no platform configured that is the browser console
 * with a sample county. Resolves with the exit code.
 * @throws {ConfigError} naming every variable that cannot be used
 */
export async function start(): Promise<number> {
  const config = readConfig();
  const platforms = await readPlatforms();
  const logger = pino({ level: config.logLevel, base: null }, toStandardError());
  const log: Logger = (level, event, details = {}) => logger[level](details, event);
  process.on('unhandledRejection', (error) => {
    logger.fatal({ error: errorInLogs(error) }, 'process.unhandled');
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  });

  const { databaseUrl, port, playbook } = config;
  const running = await startBot({ databaseUrl, port, playbook, log, platforms }).catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'owned') return cliText.alreadyRunning;
    if (error instanceof SampleOnPlatformsError) return cliText.sampleOnPlatforms;
    if (error instanceof NoRosterError) return cliText.statusNoRoster;
    throw error;
  });
  if (typeof running === 'string') {
    process.stderr.write(`${running}\n`);
    return 1;
  }
  const { url, stop } = running;
  process.stdout.write(`${cliText.started(url)}\n`);
  const asked = new AbortController();
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal, { signal: asked.signal })));
  asked.abort();
  log('info', 'process.stopping');
  await stop();
  return Number(process.exitCode ?? 0);
}

/** Characters of log that are held back at most. */
const LONGEST_BACKLOG = 1_000_000;

/**
 * Standard error, which may be a file on a full disk: what cannot be written waits for the next line that can. Without
 * a listener the error would be thrown at whoever logs, in the middle of their work.
 */
function toStandardError(): ReturnType<typeof pino.destination> {
  const destination = pino.destination({ dest: 2, sync: true, maxLength: LONGEST_BACKLOG });
  destination.on('error', () => undefined);
  return destination;
}
