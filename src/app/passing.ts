/** Lines that nothing rests on: a look at somebody in a register, a name that was mistyped. */
import type { ParsedCommand, ParsedError } from '../core/grammar/types.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { Write } from '../core/rows/index.ts';

/** What of a playbook says how long words are kept. */
type Declared = Pick<Playbook, 'forms' | 'registers'>;

/**
 * Whether a line may name somebody whom a register or a form keeps for a time only, while no report and no event of an entry came
 * of it: nothing would say when its words must go, so they are not kept at all.
 */
export function isPassing(
  parsed: ParsedCommand | ParsedError,
  writes: readonly Write[],
  messageId: string,
  playbook: Declared,
): boolean {
  return mayName(parsed, playbook) && !writes.some((write) => restsOn(write, messageId));
}

function mayName(parsed: ParsedCommand | ParsedError, { forms, registers }: Declared): boolean {
  // Of a line that could not be read nobody knows whom it names.
  if (parsed.kind === 'error') return [...Object.values(registers), ...Object.values(forms)].some(keeps);
  if (parsed.form === null) return false;
  const form = forms[parsed.form];
  if (form && keeps(form)) return true;
  const register = form && 'register' in form.subject ? form.subject.register : parsed.form;
  return parsed.entries.length > 0 && keeps(registers[register] ?? {});
}

const keeps = ({ keep }: { keep?: number | undefined }): boolean => keep !== undefined;

const restsOn = (write: Write, messageId: string): boolean =>
  (write.table === 'report' || write.table === 'entryEvent') && write.row.message === messageId;
