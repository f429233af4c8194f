/** `/登记 张三 返乡 武汉`: somebody or something is taken into a register, or what is known of them is changed. */
import { fieldText } from '../../core/form.ts';
import type { EntrySaid } from '../../core/grammar/types.ts';
import type { Decision } from '../../core/notices.ts';
import type { Values } from '../../core/playbook/index.ts';
import { isAlive } from '../../core/register/entry.ts';
import type { Unit } from '../../core/roster/view.ts';
import { type EntryRow, put, type Write } from '../../core/rows/index.ts';
import { addDays, type CivilDate } from '../../core/time.ts';
import { registerWords } from '../../locales/register-words.ts';
import { dayText } from '../../locales/zh-CN.ts';
import { answer, defineCommand, type KnownCall } from '../command.ts';
import { refusedHere } from './places.ts';
import { labelOf, type NamedRegister, registerOf } from './resolve.ts';
import { eventOf, isDecision, mayDo, placeNamed, whoMay } from './shared.ts';

export const add = defineCommand({
  name: 'add',
  open: false,
  unbound: false,
  fits: () => false,
  decide: (call) => addEntries(call as KnownCall),
});

/** What came of one entry of a line: it is new, or known and changed; or the sentence that says why not. */
type Outcome = { entry: EntryRow; before: EntryRow | null } | { problem: string };

function addEntries(call: KnownCall): Decision {
  const elsewhere = refusedHere(call);
  if (elsewhere) return elsewhere;
  const named = registerOf(call);
  const { register } = named;
  const place = placeNamed(call, named);
  if (isDecision(place)) return place;
  if (!place || place.level !== register.of) return answer(call, registerWords.whichUnit(register.of, register.name));
  const by = register.add?.by ?? [];
  if (!mayDo(call, place.id, by)) return answer(call, registerWords.mayNot(whoMay(call, place.id, by)));
  const writes: Write[] = [];
  const added = new Map<CivilDate | null, string[]>();
  const others: string[] = [];
  const taken = new Set<string>();
  for (const said of call.parsed.entries) {
    const outcome = outcomeOf(call, named, place, said, taken);
    if ('problem' in outcome) {
      others.push(outcome.problem);
      continue;
    }
    const { entry, before } = outcome;
    taken.add(entry.number ?? entry.name);
    const kind = before ? 'changed' : 'added';
    writes.push(put('entry', entry), put('entryEvent', eventOf(call, entry, kind, said.values, null)));
    if (before) others.push(changedText(before, entry, named));
    else {
      const label = `${labelOf(entry, named)}${detailsText(entry.values, named)}`;
      added.set(entry.until, [...(added.get(entry.until) ?? []), label]);
    }
  }
  const done = [...added].map(([until, labels]) =>
    registerWords.added(register.name, place.name, labels, until && dayText(addDays(until, -1))),
  );
  return answer(call, [...done, ...others].join('\n'), writes);
}

/** The row of a new entry, or of a known one with what was said put in the place of what was known. */
function outcomeOf(
  call: KnownCall,
  named: NamedRegister,
  place: Unit,
  said: EntrySaid,
  taken: ReadonlySet<string>,
): Outcome {
  const { register, id } = named;
  const { county, view, person } = call;
  const name = pathSafe(said.refs.find(({ kind }) => kind === 'name')?.text ?? '');
  const inUnit = county.entries.inUnit(id, place.id);
  const typed = said.refs.find(({ kind }) => kind === 'number')?.text ?? null;
  const number = register.numbered ? (typed ?? nextNumber(inUnit, taken)) : null;
  const called = number === null ? name : `${number}${register.measure}`;
  if (taken.has(number ?? name)) return { problem: registerWords.already(called, register.name, place.name) };
  const since = said.since ?? view.day;
  const until = register.lasts === undefined ? null : addDays(since, register.lasts);
  if (until !== null && until <= view.day) {
    return { problem: registerWords.over(called, dayText(addDays(until, -1))) };
  }
  const alive = inUnit.filter((entry) => isAlive(entry, view.day));
  const twin = alive.find((entry) => (register.numbered ? entry.number === number : entry.name === name));
  if (twin) {
    // A number given twice by mistake must not make one household of two.
    if (name !== '' && twin.name !== '' && name !== twin.name) {
      return { problem: registerWords.numberTaken(called, twin.name) };
    }
    const times = said.since === undefined ? {} : { since, until };
    const entry = { ...twin, ...times, name: twin.name || name, values: { ...twin.values, ...said.values } };
    if (!isOther(twin, entry)) return { problem: registerWords.already(called, register.name, place.name) };
    return { entry, before: twin };
  }
  const holds = view.posts(place.id).some(({ holder }) => holder?.id === person.id);
  const entry = {
    id: `${id}#${call.messageId}#${taken.size + 1}`,
    register: id,
    unitId: place.id,
    number,
    name,
    values: said.values,
    coverId: holds && register.cover && !register.numbered ? person.id : null,
    since,
    until,
    erasedAt: null,
  };
  return { entry, before: null };
}

const isOther = (a: EntryRow, b: EntryRow): boolean =>
  a.name !== b.name ||
  a.since !== b.since ||
  Object.entries(b.values).some(([field, value]) => a.values[field] !== value);

/** What is known now that was not known before; words of people are not repeated. */
function changedText(before: EntryRow, entry: EntryRow, named: NamedRegister): string {
  const { fields } = named.register;
  const parts = Object.entries(entry.values).flatMap(([id, value]) => {
    const field = fields[id];
    if (!field || before.values[id] === value) return [];
    return field.type === 'text' ? field.name : fieldText({ ...field, bare: false }, value);
  });
  const renamed = before.name === entry.name ? [] : [entry.name];
  const until = before.until === entry.until || entry.until === null ? null : dayText(addDays(entry.until, -1));
  return registerWords.changed(labelOf(before, named), [...renamed, ...parts], until);
}

/** Paths are joined by `/`, places by `@`. */
const pathSafe = (name: string): string => name.replaceAll('/', '／').replaceAll('@', '＠');

function nextNumber(entries: readonly EntryRow[], taken: ReadonlySet<string>): string {
  const numbers = [...entries.map(({ number }) => number), ...taken].map((text) => Number.parseInt(text ?? '', 10));
  return String(Math.max(0, ...numbers.filter(Number.isFinite)) + 1);
}

function detailsText(values: Values, { register }: NamedRegister): string {
  const details = Object.entries(register.fields).flatMap(([id, field]) => {
    const value = values[id];
    return value === undefined || field.type === 'text' ? [] : fieldText(field, value);
  });
  return details.length > 0 ? `(${details.join(' ')})` : '';
}
