/** `/销假`: back before the leave was over. */
import { put } from '../core/rows/index.ts';
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
    const { day } = call.view;
    const open = call.county
      .leavesOf(whose.found.id)
      .filter((row) => row.toDay >= day)
      .sort((one, other) => one.fromDay.localeCompare(other.fromDay));
    const running = open.filter((row) => row.fromDay <= day);
    // Back from what has begun; with nothing begun the next one is called off. Later ones stay.
    const ended = running.length > 0 ? running : open.slice(0, 1);
    const [first] = ended;
    if (!first) return answer(call, zh.leaveNone);
    const writes = ended.map((row) => put('leave', { ...row, endedAt: call.now }));
    return answer(call, zh.leaveEnded(whose.found.name, zh.days(first.fromDay, first.toDay)), writes);
  },
});
