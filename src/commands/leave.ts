/** `/请假 11月22日-24日 李四代` and `/销假`: at once, both days included. The grid stays expected. */

import type { Person } from '../core/roster/view.ts';
import { type LeaveRow, put } from '../core/rows.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, defineCommand, type Found, isRefused, type KnownCall } from './command.ts';
import { homeOf, lineTyped } from './whom.ts';

const holdsPost = ({ person, view }: Call): boolean => person !== null && view.postsOf(person.id).length > 0;

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

/** Oneself, or someone one answers for. */
function personMeant(call: KnownCall, name: string | null, self: Person): Found<Person> {
  if (name === null) return { found: self };
  const person = findPerson(call, name);
  if (isRefused(person) || person.found.id === self.id) return person;
  const { view } = call;
  const above = view
    .postsOf(person.found.id)
    .some((held) => view.ancestors(held.post.unitId).some((unit) => view.leads(self.id, unit.id)));
  return above ? person : { refused: answer(call, zh.notEntitled(zh.whoOrAbove(person.found.name), lineTyped(call))) };
}

function findPerson(call: KnownCall, name: string): Found<Person> {
  const persons = call.view.findPersons(name, homeOf(call)?.id);
  const [person] = persons;
  if (persons.length === 1 && person) return { found: person };
  if (persons.length === 0)
    return {
      refused: answer(
        call,
        zh.personNotFound(
          name,
          lines.leave(
            zh.days(call.parsed.period ?? call.view.day, call.parsed.until ?? call.parsed.period ?? call.view.day),
          ),
        ),
      ),
    };
  const choices = persons
    .slice(0, 8)
    .map((each) => lines.leave(call.parsed.args.replace(name, call.view.personLabel(each.id))));
  return { refused: answer(call, zh.unitAmbiguous(name, choices)) };
}
