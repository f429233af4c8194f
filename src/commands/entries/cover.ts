/** `/包户 12 13-20 李四`: who covers an entry. */
import type { Decision } from '../../core/notices.ts';
import { put, type Write } from '../../core/rows/index.ts';
import { registerWords } from '../../locales/register-words.ts';
import { answer, defineCommand, type KnownCall } from '../command.ts';
import { labelOf, registerOf } from './resolve.ts';
import { entriesNamed, eventOf, mayDo, whoMay } from './shared.ts';

export const cover = defineCommand({
  name: 'cover',
  open: false,
  unbound: false,
  fits: () => false,
  decide: (call) => coverEntries(call as KnownCall),
});

function coverEntries(call: KnownCall): Decision {
  const named = registerOf(call);
  const { register } = named;
  const found = entriesNamed(call, named);
  if (!Array.isArray(found)) return found;
  const name = call.parsed.deputy ?? '';
  const persons = call.view.findPersons(name, call.unit?.id);
  const [person] = persons;
  const roleName = register.cover?.name ?? '';
  if (!person || persons.length > 1) return answer(call, registerWords.coverUnknown(name, persons.length, roleName));
  const writes: Write[] = [];
  const labels: string[] = [];
  const problems: string[] = [];
  for (const each of found) {
    if ('problem' in each) problems.push(each.problem);
    else if (!register.cover || !mayDo(call, each.entry.unitId, [...register.cover.by])) {
      problems.push(registerWords.mayNot(whoMay(call, each.entry.unitId, register.cover?.by ?? [])));
    } else {
      const entry = { ...each.entry, coverId: person.id };
      writes.push(put('entry', entry), put('entryEvent', eventOf(call, entry, 'covered', {}, null)));
      labels.push(labelOf(entry, named));
    }
  }
  const done = labels.length > 0 ? [registerWords.covered(labels, person.name, roleName)] : [];
  return answer(call, [...done, ...new Set(problems)].join('\n'), writes);
}
