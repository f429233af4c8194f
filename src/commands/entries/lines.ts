/** Lines about single entries, ready to copy: what was typed, made clear by the unit in front. */
import type { EntryRef, EntrySaid } from '../../core/grammar/types.ts';
import type { Register } from '../../core/playbook/index.ts';
import type { EntryRow, UnitId } from '../../core/rows/index.ts';
import { WORDS } from '../../locales/lines.ts';
import { dayText } from '../../locales/zh-CN.ts';
import type { KnownCall } from '../command.ts';
import { homeOf } from '../whom.ts';

/** The line that was typed, about one of its entries alone, with the unit it stands in. */
export function lineAbout(
  call: KnownCall,
  { register }: { register: Register },
  said: EntrySaid,
  ref: EntryRef,
  entry: EntryRow,
): string {
  const { parsed, view } = call;
  const day = parsed.period !== null && parsed.period !== view.day ? [dayText(parsed.period)] : [];
  const others = said.refs.filter((each) => each !== ref);
  const text = others.reduce((rest, other) => rest.replace(other.text, ''), said.text).replace(/\s+/g, ' ');
  const deputy = parsed.command === 'cover' && parsed.deputy ? [parsed.deputy] : [];
  return [`/${wordOf(call, register)}`, ...day, unitName(call, entry.unitId), text.trim(), ...deputy].join(' ');
}

/** A unit as it may be typed here: by its name alone where that names one. */
export function unitName(call: KnownCall, unitId: UnitId): string {
  const { view } = call;
  const name = view.unit(unitId)?.name ?? '';
  const [only, ...more] = view.findUnits(name, homeOf(call)?.id);
  return only?.id === unitId && more.length === 0 ? name : view.label(unitId);
}

function wordOf({ parsed, playbook }: KnownCall, register: Register): string {
  const { command, verb } = parsed;
  if (command === 'look') return register.aliases[0] ?? register.name;
  if (command === 'end' || command === 'cover') return register[command]?.aliases[0] ?? register.name;
  const form = playbook.forms[parsed.form ?? '']?.name ?? '';
  if (command === 'correct' || command === 'withdraw') return `${WORDS[command]} ${form}`;
  return verb === 'behalf' || verb === 'makeup' ? `${WORDS[verb]} ${form}` : form;
}
