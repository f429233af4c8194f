/** `/请假 11月22日-24日 李四代`: at once, both days included. The grid stays expected. */
import { type LeaveRow, put } from '../core/rows/index.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, isRefused, type KnownCall } from './command.ts';
import { findPerson, holdsPost, personMeant } from './people.ts';

export const leave = defineCommand({
  name: 'leave',
  open: false,
  unbound: false,
  fits: holdsPost,
  decide(call) {
    const known = call as KnownCall;
    const whose = personMeant(known, call.parsed.subject, known.person);
    if (isRefused(whose)) return whose.refused;
    if (call.view.postsOf(whose.found.id).length === 0) return answer(call, zh.leaveNoPost);
    const deputy = call.parsed.deputy === null ? null : findPerson(known, call.parsed.deputy);
    if (deputy && isRefused(deputy)) return deputy.refused;
    if (deputy?.found.id === whose.found.id) return answer(call, zh.leaveOwnDeputy);
    const fromDay = call.parsed.period ?? call.view.day;
    const toDay = call.parsed.until ?? fromDay;
    const row: LeaveRow = {
      id: `leave#${call.messageId}`,
      personId: whose.found.id,
      deputyId: deputy?.found.id ?? null,
      fromDay,
      toDay,
      saidAt: call.sentAt,
      endedAt: null,
    };
    const text = zh.leaveTaken(whose.found.name, zh.days(fromDay, toDay), deputy?.found.name ?? null);
    return answer(call, text, [put('leave', row)]);
  },
});
