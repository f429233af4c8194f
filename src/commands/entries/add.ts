/** `/登记 张三 返乡 武汉`: somebody or something is taken into a register. */
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
import { labelOf, type NamedRegister, registerOf } from './resolve.ts';
import { eventOf, isDecision, mayDo, placeNamed } from './shared.ts';

export const add = defineCommand({
  name: 'add',
  open: false,
  unbound: false,
  fits: () => false,
  decide: (call) => addEntries(call as KnownCall),
});

function addEntries(call: KnownCall): Decision {
  const named = registerOf(call);
  const { register } = named;
  const place = placeNamed(call, named);
  if (isDecision(place)) return place;
  if (!place || place.level !== register.of) return answer(call, registerWords.whichUnit(register.of, register.name));
  if (!register.add || !mayDo(call, place.id, register.add.by)) return answer(call, registerWords.mayNot(place.name));
  const writes: Write[] = [];
  const labels: string[] = [];
  const problems: string[] = [];
  const taken = new Set<string>();
  for (const said of call.parsed.entries) {
    const entry = entryOf(call, named, place, said, taken);
    if (typeof entry === 'string') {
      problems.push(entry);
      continue;
    }
    taken.add(entry.number ?? entry.name);
    writes.push(put('entry', entry), put('entryEvent', eventOf(call, entry, 'added', said.values, null)));
    labels.push(`${labelOf(entry, named)}${detailsText(entry.values, named)}`);
  }
  const [, first] = writes;
  const until = first?.table === 'entryEvent' ? untilOf(call, named) : null;
  const done =
    labels.length > 0 ? [registerWords.added(register.name, place.name, labels, until && dayText(until))] : [];
  return answer(call, [...done, ...problems].join('\n'), writes);
}

/** The last day on which an entry taken in today is looked after; null where no end is in sight. */
function untilOf(call: KnownCall, { register }: NamedRegister): CivilDate | null {
  return register.lasts === undefined ? null : addDays(sinceOf(call, call.parsed.entries[0]), register.lasts - 1);
}

const sinceOf = (call: KnownCall, said: EntrySaid | undefined): CivilDate => said?.since ?? call.view.day;

/** The row of a new entry; a sentence where it is there already. */
function entryOf(
  call: KnownCall,
  { id, register }: NamedRegister,
  place: Unit,
  said: EntrySaid,
  taken: ReadonlySet<string>,
): EntryRow | string {
  const { county, view, person } = call;
  const name = pathSafe(said.refs.find(({ kind }) => kind === 'name')?.text ?? '');
  const inUnit = county.entries.inUnit(id, place.id);
  const typed = said.refs.find(({ kind }) => kind === 'number')?.text ?? null;
  const number = register.numbered ? (typed ?? nextNumber(inUnit, taken)) : null;
  const alive = inUnit.filter((entry) => isAlive(entry, view.day));
  const twin = register.numbered
    ? alive.find((entry) => entry.number === number)
    : alive.find((entry) => entry.name === name);
  const called = number === null ? name : `${number}${register.measure}`;
  if (twin || taken.has(number ?? name)) return registerWords.already(called, register.name, place.name);
  const holds = view.posts(place.id).some(({ holder }) => holder?.id === person.id);
  const since = sinceOf(call, said);
  return {
    id: `${id}#${call.messageId}#${taken.size + 1}`,
    register: id,
    unitId: place.id,
    number,
    name,
    values: said.values,
    coverId: holds && register.cover && !register.numbered ? person.id : null,
    since,
    until: register.lasts === undefined ? null : addDays(since, register.lasts),
    erasedAt: null,
  };
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
