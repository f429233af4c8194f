/** `/认领 8F3K`: an account says who it is, with a code the office gave out. */
import { splitKey } from '../core/chat.ts';
import { firstLine } from '../core/form.ts';
import type { Notice } from '../core/notices.ts';
import { hashCode, MOST_TRIES } from '../core/roster/codes.ts';
import { type AccountRow, put } from '../core/rows/index.ts';
import { plainName } from '../core/text.ts';
import { HOUR } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, defineCommand } from './command.ts';
import { postsText } from './me.ts';

export const claim = defineCommand<number>({
  name: 'claim',
  open: true,
  unbound: true,
  fits: ({ person }) => person === null,
  load: (call, reads) => reads.claimTries(call.accountId, call.now - HOUR),
  decide(call, tries: number) {
    const { county, view, now, accountId, parsed } = call;
    // Of guesses that come all at once the store knows nothing yet.
    if (Math.max(tries, county.claimTries(accountId, now - HOUR)) >= MOST_TRIES) return answer(call, zh.claimTooOften);
    const code = county.claimCode(hashCode(parsed.args));
    const person = code && view.person(code.personId);
    // The second click on what has just worked.
    if (code && code.usedBy === accountId && call.person?.id === code.personId) {
      return answer(call, zh.claimAlready(call.person.name));
    }
    if (!code || !person || code.usedAt !== null || code.expiresAt <= now) {
      const tried = put('claimTry', { id: `try#${call.messageId}`, accountId, at: now });
      return answer(call, zh.claimWrong, [tried]);
    }
    // A new phone takes the place of the old one on the same platform.
    const old = county
      .accountsOf(person.id)
      .filter((account) => account.id !== accountId && account.id.startsWith(`${call.chat.platform}:`));
    const account = {
      id: accountId,
      personId: person.id,
      displayName: plainName(call.displayName),
      claimedAt: now,
      releasedAt: null,
    };
    const posts = postsText(view, person.id);
    const text = [
      zh.claimed(person.name, posts),
      ...(view.gridsHeldBy(person.id).length > 0 ? [zh.claimHowTo(firstLine(call.playbook))] : []),
    ].join('');
    const { writes, notices } = answer(call, text, [
      ...old.map((row) => put('account', { ...row, releasedAt: now })),
      put('account', account),
      put('claimCode', { ...code, usedAt: now, usedBy: accountId }),
    ]);
    return { writes, notices: [...notices, ...old.map((row) => replaced(row, call, person.name))] };
  },
});

/** Whoever did not change phones themselves learns that somebody else is them now. */
function replaced({ id }: AccountRow, { messageId }: Call, name: string): Notice {
  const chat = { ...splitKey(id), kind: 'direct' as const };
  return {
    to: { chat },
    body: { kind: 'answer', text: zh.claimReplaced(name) },
    dedupeKey: `replaced#${messageId}#${id}`,
  };
}
