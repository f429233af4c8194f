/** `/户 12`, `/户`: what a register holds. */
import { fieldText } from '../../core/form.ts';
import type { Decision } from '../../core/notices.ts';
import { isAlive } from '../../core/register/entry.ts';
import type { EntryRow } from '../../core/rows/index.ts';
import { addDays } from '../../core/time.ts';
import { registerWords } from '../../locales/register-words.ts';
import { dayText } from '../../locales/zh-CN.ts';
import { answer, defineCommand, type KnownCall } from '../command.ts';
import { maySeeNames } from '../looking.ts';
import { labelOf, mayReportOf, type NamedRegister, registerOf } from './resolve.ts';
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
  const { register, id } = named;
  const { view, county, person, unit } = call;
  const place = placeNamed(call, named);
  if (isDecision(place)) return place;
  if (call.parsed.entries.length === 0) {
    const whole = place ?? unit ?? view.unitsAnsweredFor(person.id)[0] ?? null;
    if (!whole) return answer(call, registerWords.whichUnit(register.of, register.name));
    const entries = county.entries
      .of(id)
      .filter((entry) => isAlive(entry, view.day) && view.isWithin(entry.unitId, whole.id));
    const uncovered = register.cover ? entries.filter(({ coverId }) => coverId === null).length : null;
    return answer(
      call,
      registerWords.howMany(
        whole.name,
        register.name,
        entries.length,
        register.measure,
        uncovered,
        register.cover?.name ?? '',
      ),
    );
  }
  const found = entriesNamed(call, named);
  if (!Array.isArray(found)) return found;
  const texts = found.map((each) => ('problem' in each ? each.problem : entryText(call, named, each.entry)));
  return answer(call, [...new Set(texts)].join('\n'));
}

/** All that is known of an entry, for those of its level. */
function entryText(call: KnownCall, named: NamedRegister, entry: EntryRow): string {
  const { view } = call;
  const unit = view.unit(entry.unitId);
  const village = unit && (view.ancestors(unit.id).find(({ level }) => level === 'village') ?? unit);
  if (!village || !maySeeNames(call, village) || !mayReportOf(call, entry))
    return registerWords.notHere(village?.name ?? '');
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
