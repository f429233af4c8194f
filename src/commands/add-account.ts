/** `/加账号`: somebody known on one platform gets a code with which they are the same person on another. */
import { secretly } from '../core/notices.ts';
import { hashCode } from '../core/roster/codes.ts';
import { put } from '../core/rows/index.ts';
import { MINUTE } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, type KnownCall } from './command.ts';

/** Long enough to take up the other phone; too short for a code that was seen over a shoulder to be of use. */
const CODE_LIFE = 30 * MINUTE;

export const addAccount = defineCommand<string>({
  name: 'addAccount',
  open: false,
  unbound: true,
  fits: ({ person, chat }) => person !== null && chat.kind === 'direct',
  load: (_call, reads) => Promise.resolve(reads.newCode()),
  decide(call, code: string) {
    const { county, now, person, chat } = call as KnownCall;
    // In a group the first to read the code could take the account.
    if (chat.kind === 'group') return answer(call, zh.addAccountInPrivate);
    const open = county
      .claimCodes()
      .filter((row) => row.personId === person.id && row.usedAt === null && row.expiresAt > now);
    const row = {
      id: hashCode(code),
      personId: person.id,
      issuedAt: now,
      expiresAt: now + CODE_LIFE,
      usedAt: null,
      usedBy: null,
    };
    // Only the last one holds: whoever asks again has lost the one before.
    const ended = open.map((old) => put('claimCode', { ...old, expiresAt: now }));
    const { writes, notices } = answer(call, zh.addAccountCode(code, CODE_LIFE / MINUTE), [
      ...ended,
      put('claimCode', row),
    ]);
    return { writes, notices: notices.map(secretly) };
  },
});
