/** `/销假`: back before the leave was over. */
import { put } from '../core/rows.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, isRefused, type KnownCall } from './command.ts';
import { holdsPost, personMeant } from './people.ts';

export const back = defineCommand({
  name: 'back',
  open: false,
  unbound: false,
  fits: holdsPost,
  decide(call) {
    const known = call as KnownCall;
    const whose = personMeant(known, call.parsed.subject, known.person);
    if (isRefused(whose)) return whose.refused;
    const open = call.county.leavesOf(whose.found.id).filter((row) => row.toDay >= call.view.day);
    if (open.length === 0) return answer(call, zh.leaveNone);
    const ended = open.map((row) => put('leave', { ...row, endedAt: call.now }));
    return answer(call, zh.leaveEnded(whose.found.name), ended);
  },
});
