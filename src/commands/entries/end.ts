/** `/解除 张三 期满`: an entry is looked after no longer. */
import type { Decision } from '../../core/notices.ts';
import { dayOf } from '../../core/rounds/period.ts';
import { type EntryRow, put, type Write } from '../../core/rows/index.ts';
import { registerWords } from '../../locales/register-words.ts';
import { answer, defineCommand, type KnownCall } from '../command.ts';
import { labelOf, registerOf } from './resolve.ts';
import { entriesNamed, eventOf, mayDo, whoMay } from './shared.ts';

export const end = defineCommand({
  name: 'end',
  open: false,
  unbound: false,
  fits: () => false,
  decide: (call) => endEntries(call as KnownCall),
});

function endEntries(call: KnownCall): Decision {
  const named = registerOf(call);
  const found = entriesNamed(call, named);
  if (!Array.isArray(found)) return found;
  const { register } = named;
  const writes: Write[] = [];
  const labels: string[] = [];
  const problems: string[] = [];
  for (const each of found) {
    if ('problem' in each) problems.push(each.problem);
    else if (!register.end || !mayDo(call, each.entry.unitId, register.end.by)) {
      problems.push(registerWords.mayNot(whoMay(call, each.entry.unitId, register.end?.by ?? [])));
    } else {
      const entry = { ...each.entry, until: call.view.day };
      writes.push(put('entry', entry), put('entryEvent', eventOf(call, entry, 'ended', {}, call.parsed.note)));
      writes.push(...releasedFrom(call, entry, register.name));
      labels.push(labelOf(entry, named));
    }
  }
  const done = labels.length > 0 ? [registerWords.ended(register.name, labels)] : [];
  return answer(call, [...done, ...new Set(problems)].join('\n'), writes);
}

/** What is open of it is owed no more: whoever was let go is not asked after. */
function releasedFrom(call: KnownCall, entry: EntryRow, register: string): Write[] {
  const { county, person, sentAt, messageId } = call;
  const open = county
    .books()
    .filter((book) => sentAt < book.period.locksAt && book.due(entry.id)?.standing.state === 'missing');
  const rounds = new Map(open.map(({ period }) => [`${period.form}#${dayOf(period)}`, period]));
  return [...rounds].map(([key, period]) =>
    put('exemption', {
      id: `exempt#${messageId}#${key}#${entry.id}`,
      form: period.form,
      unitId: entry.id,
      // Of the round's own day alone: what was missed before stays missed.
      fromDay: dayOf(period),
      toDay: dayOf(period),
      reason: registerWords.endedReason(register),
      personId: person.id,
      saidAt: sentAt,
    }),
  );
}
