/** Changing the roster and its registers beside the bot, which may be at work on the same database. */
import { randomUUID } from 'node:crypto';
import { memorySince } from '../app/memory.ts';
import { County } from '../core/county.ts';
import { newRevision, ROSTER_REVISION } from '../core/meta.ts';
import type { ClaimCodeRow, Write } from '../core/rows/index.ts';
import { cliText } from '../locales/cli.ts';
import { CliError } from './error.ts';
import type { Opened } from './open.ts';

/**
 * Commits what was decided on a county as it was read, and tells the bot to read the roster anew. The county is read
 * once more right before, so that nothing written meanwhile is undone.
 * @throws {CliError} when the roster was changed meanwhile, or a register that `writes` touch, or a claim code that they
 * touch was used or ended; nothing was written then
 */
export async function commitOn({ store, county, now }: Opened, writes: readonly Write[]): Promise<void> {
  const fresh = new County(await store.load(memorySince(now)));
  const codes = writes.flatMap(({ table, row }) => (table === 'claimCode' ? [row.id] : []));
  const registers = new Set(writes.flatMap(({ table, row }) => (table === 'entry' ? [row.register] : [])));
  const same =
    fresh.meta(ROSTER_REVISION) === county.meta(ROSTER_REVISION) &&
    [...registers].every((id) => entriesOf(fresh, id) === entriesOf(county, id)) &&
    codes.every((id) => stateOf(fresh.claimCode(id)) === stateOf(county.claimCode(id)));
  if (!same) throw new CliError(cliText.changedMeanwhile);
  await store.commit([...writes, newRevision(randomUUID())]);
}

const entriesOf = ({ entries }: County, register: string): string => JSON.stringify(entries.of(register));

const stateOf = (code: ClaimCodeRow | undefined): string =>
  code ? JSON.stringify([code.usedAt, code.usedBy, code.expiresAt]) : '';
