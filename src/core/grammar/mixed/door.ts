/** Which lines are read by fields of every kind, and by whom; they take the lines below them themselves. */
import { normalise } from '../../text.ts';
import { nameLength } from '../names.ts';
import { withoutCourtesy } from '../tidy.ts';
import { bareCommand, type Draft, type ParseContext, type ReportLine, refuse } from '../types.ts';
import { type Head, pickForm } from '../words.ts';
import { readPhase, readRegister } from './register-line.ts';
import { isMixed, readMixed } from './report.ts';

/** The reader of a line, given the lines below it; null where it is not one of these. */
export function mixedReader(
  { owner, args: typed }: Head,
  context: ParseContext,
): ((below: readonly string[]) => Draft) | null {
  const args = withoutCourtesy(typed, false);
  switch (owner.kind) {
    case 'command':
      return null;
    case 'register': {
      const register = context.registers?.get(owner.register);
      if (!register) return null;
      const line = { word: owner.word, registerId: owner.register, register, act: owner.act, args };
      return (below) => readRegister(line, below, context);
    }
    case 'phase': {
      const phase = context.phases?.get(owner.phase);
      return phase ? () => readPhase(owner.word, owner.phase, phase, args, context) : null;
    }
    case 'act':
    case 'form': {
      const picked = owner.kind === 'form' ? { form: owner.form, args } : pickForm(args, context);
      const form = picked && context.forms.get(picked.form);
      if (!picked || !form || !isMixed(form)) return null;
      const word = owner.kind === 'form' ? owner.word : `${owner.word} ${form.name}`;
      const line: ReportLine = { act: owner.act, word, formId: picked.form, form, args: picked.args, people: 'known' };
      if (form.every.kind === 'sweep' && owner.kind === 'form') {
        const sweep = readSweep(line, context);
        if (sweep) return () => sweep;
      }
      return (below) => readMixed(line, below, context);
    }
  }
}

/** What is done with a sweep as a whole. */
const SWEEP_ACTS = /^(开始|结束)(?:$|[\s,:]+)/u;

/** `/排查 开始 外来人员`, `/排查 开始 大新庄村 外来人员`, `/排查 结束`; null where the line ticks households. */
function readSweep(line: ReportLine, context: ParseContext): Draft | null {
  const act = SWEEP_ACTS.exec(line.args);
  if (!act) return null;
  const [head, what = ''] = act;
  const after = line.args.slice(head.length);
  const unit = nameLength(after, 0, context, false);
  const topic = normalise(after.slice(unit)).replace(/^[\s,、:]+|[\s,、:;。]+$/g, '');
  const isBeginning = what === '开始';
  if (isBeginning && topic === '') {
    return refuse('topic.missing', { example: `/${line.word} ${what} 外来人员` });
  }
  return {
    ...bareCommand('sweep'),
    form: line.formId,
    period: context.today,
    place: unit > 0 ? after.slice(0, unit).replace(/[\s,、]+/g, '/') : null,
    note: topic === '' ? null : topic.slice(0, 20),
    args: isBeginning ? 'begin' : 'end',
  };
}
