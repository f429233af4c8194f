/** Which lines are read by fields of every kind, and by whom; they take the lines below them themselves. */
import type { Form } from '../../playbook/index.ts';
import { normalise } from '../../text.ts';
import { nameLength } from '../names.ts';
import { secondCommand } from '../second.ts';
import { withoutCourtesy } from '../tidy.ts';
import { bareCommand, type Draft, type ParseContext, type ReportLine, refuse } from '../types.ts';
import { type Head, pickForm } from '../words.ts';
import { readAdd } from './register-add.ts';
import { readPhase, readRegister } from './register-line.ts';
import { isMixed, readMixed } from './report.ts';

/** The reader of a line, given the lines below it; null where it is not one of these. */
export function mixedReader(
  { owner, args: typed }: Head,
  context: ParseContext,
): ((below: readonly string[]) => Draft) | null {
  switch (owner.kind) {
    case 'command':
      return null;
    case 'register': {
      const register = context.registers?.get(owner.register);
      if (!register) return null;
      const args = withoutThanks(typed, register.fields);
      const { word, act } = owner;
      const line = { word, registerId: owner.register, register, args };
      const read = (below: readonly string[]): Draft =>
        act === 'add'
          ? readAdd(line, thanksOut(below, register.fields), context)
          : onlyLine(readRegister({ ...line, act }, context), word, args, below);
      return (below) => oneCommand(word, args, context) ?? read(below);
    }
    case 'phase': {
      const phase = context.phases?.get(owner.phase);
      const args = withoutThanks(typed, {});
      if (!phase) return null;
      return (below) => onlyLine(readPhase(owner.word, owner.phase, phase, args, context), owner.word, args, below);
    }
    case 'act':
    case 'form': {
      const picked = owner.kind === 'form' ? { form: owner.form, args: typed } : pickForm(typed, context);
      const form = picked && context.forms.get(picked.form);
      if (!picked || !form || !isMixed(form)) return null;
      const word = owner.kind === 'form' ? owner.word : `${owner.word} ${form.name}`;
      const args = withoutThanks(picked.args, form.fields);
      const line: ReportLine = { act: owner.act, word, formId: picked.form, form, args, people: 'known' };
      const sweep = form.every.kind === 'sweep' && owner.kind === 'form' ? readSweep(line, context) : null;
      return (below) =>
        oneCommand(word, args, context) ??
        (sweep ? onlyLine(sweep, word, args, below) : readMixed(line, thanksOut(below, form.fields), context));
    }
  }
}

/** Lines that nobody would read are not passed over. */
function onlyLine(draft: Draft, word: string, args: string, [extra]: readonly string[]): Draft {
  return extra === undefined ? draft : refuse('lines.extra', { text: extra, proposals: [`/${word} ${args}`.trim()] });
}

/** No line holds two commands. */
function oneCommand(word: string, args: string, context: ParseContext): Draft | null {
  const next = secondCommand(args, context);
  if (next < 0) return null;
  const second = args.slice(next);
  return refuse('lines.two-commands', { text: second, choices: [`/${word} ${args.slice(0, next)}`.trim(), second] });
}

/** A line without the courtesy at its end. A tick behind a word is an answer where there is something to tick. */
function withoutThanks(typed: string, fields: Form['fields'], whole = false): string {
  const ticks = Object.values(fields).some(({ type }) => type === 'yesno');
  // Both marks are one character long.
  const plain = ticks ? typed.replace(/(?<=\p{Script=Han}[:= ]?)✅/gu, '√') : typed;
  return typed.slice(0, withoutCourtesy(plain, whole).length);
}

/** Lines below without the courtesy at their ends; one that is nothing else is left out. */
const thanksOut = (below: readonly string[], fields: Form['fields']): string[] =>
  below.map((text) => withoutThanks(text, fields, true)).filter((text) => text !== '');

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
