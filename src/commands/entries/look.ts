/** `/户 12`, `/户`: what a register holds. */
import { fieldText } from '../../core/form.ts';
import type { Decision } from '../../core/notices.ts';
import { isAlive } from '../../core/register/entry.ts';
import type { Unit } from '../../core/roster/view.ts';
import type { EntryRow } from '../../core/rows/index.ts';
import { addDays } from '../../core/time.ts';
import { registerWords } from '../../locales/register-words.ts';
import { dayText } from '../../locales/zh-CN.ts';
import { answer, defineCommand, type KnownCall } from '../command.ts';
import { maySayNamesOf, villageOf } from './places.ts';
import { labelOf, type NamedRegister, registerOf } from './resolve.ts';
import { entriesNamed, isDecision, placeNamed } from './shared.ts';

export const look = defineCommand({
  name: 'look',
  open: false,
  unbound: false,
  fits: () => false,
  decide: (call) => lookAt(call as KnownCall),
});

function lookAt(call: KnownCall): Decision {
  const named = registerOf(call);
  if (call.parsed.entries.length === 0) return howMany(call, named);
  const found = entriesNamed(call, named);
  if (!Array.isArray(found)) return found;
  const texts = found.map((each) => ('problem' in each ? each.problem : entryText(call, named, each.entry)));
  return answer(call, [...new Set(texts)].join('\n'));
}

/** How many a unit has, which may be said anywhere to those who answer for it or are in its group. */
function howMany(call: KnownCall, named: NamedRegister): Decision {
  const { register, id } = named;
  const { view, county, person, unit } = call;
  const place = placeNamed(call, named);
  if (isDecision(place)) return place;
  const whole = place ?? unit ?? view.unitsAnsweredFor(person.id)[0] ?? null;
  if (!whole) return answer(call, registerWords.whichUnit(register.of, register.name));
  if (!mayCount(call, whole)) return answer(call, registerWords.mayNotSee(whole.name));
  const entries = county.entries
    .of(id)
    .filter((entry) => isAlive(entry, view.day) && view.isWithin(entry.unitId, whole.id));
  const uncovered = register.cover ? entries.filter(({ coverId }) => coverId === null).length : null;
  const role = register.cover?.name ?? '';
  return answer(
    call,
    registerWords.howMany(whole.name, register.name, entries.length, register.measure, uncovered, role),
  );
}

function mayCount({ view, person, unit }: KnownCall, whole: Unit): boolean {
  if (unit && view.isWithin(whole.id, unit.id)) return true;
  return (
    view.chain(whole.id).some((id) => view.leads(person.id, id)) || view.mayReportFor(person.id, whole.id) !== null
  );
}

/** All that is known of an entry, for those of its level. */
function entryText(call: KnownCall, named: NamedRegister, entry: EntryRow): string {
  const { view } = call;
  const unit = view.unit(entry.unitId);
  if (!maySayNamesOf(call, entry.unitId)) return registerWords.notHere(villageOf(call, entry.unitId)?.name ?? '');
  const { register } = named;
  const coverer = entry.coverId === null ? null : (view.person(entry.coverId)?.name ?? null);
  return registerWords.entry({
    label: labelOf(entry, named),
    unit: unit?.name ?? '',
    details: Object.entries(register.fields).flatMap(([id, field]) => {
      const value = entry.values[id];
      return value === undefined ? [] : fieldText({ ...field, bare: false }, value);
    }),
    cover: register.cover ? { role: register.cover.name, name: coverer } : null,
    until: entry.until === null ? null : dayText(addDays(entry.until, -1)),
  });
}
