/** What follows the commands that are no report: a unit, a person, a code, a day, or nothing. */
import { matchDay } from '../dates.ts';
import type { CivilDate } from '../time.ts';
import { words } from './free.ts';
import { kindOf, matchKnown, nameLength } from './names.ts';
import { readReceipt } from './receipt.ts';
import { bareCommand, type CommandWord, type Draft, type ParseContext, refuse, type Shape } from './types.ts';
import { lexiconOf, pickForm, spells } from './words.ts';

export interface PlainLine {
  command: CommandWord;
  /** The word it began with, as a suggestion writes it. */
  word: string;
  args: string;
}

export type Reader = (line: PlainLine, context: ParseContext) => Draft;

const FINAL = /[\s,、:;=。!]+$/;
const SPACE = /^[\s,、:;=。!]+/;
/** Names hold letters, digits and the marks between a path's parts. */
const NAME = /^[\p{Script=Han}A-Za-z0-9·/@()-]{1,60}$/u;

const bareLine = ({ word }: PlainLine): string => `/${word}`;

/** The form that is meant where none is named. */
function mainForm(context: ParseContext): string | null {
  const [main] = context.forms.keys();
  return main ?? null;
}

const none: Reader = (line) => {
  const { args, command } = line;
  if (args.replace(FINAL, '') === '') return bareCommand(command.name);
  return refuse('text.extra', { text: args, proposals: [bareLine(line)] });
};

const unit: Reader = ({ args, command, word }) => {
  const subject = args.replace(FINAL, '').replace(/[\s,、]+/g, '/');
  if (subject === '') return refuse('subject.missing', { example: `/${word} 福山地村` });
  if (!NAME.test(subject)) return refuse('text.unknown', { text: args, example: `/${word} 福山地村` });
  return { ...bareCommand(command.name), subject, args };
};

const person: Reader = (line, context) => {
  const subject = line.args.replace(FINAL, '').replaceAll(' ', '');
  const command = { ...bareCommand(line.command.name), period: context.today, args: line.args };
  if (subject === '') return command;
  if (nameLength(subject, 0, context) === subject.length) return { ...command, subject };
  return refuse('text.extra', { text: line.args, proposals: [bareLine(line)] });
};

const code: Reader = ({ args, command, word }) => {
  const joined = args.replace(FINAL, '').replace(/[\s-]/g, '').toUpperCase();
  const example = `/${word} 8F3K`;
  if (joined === '') return refuse('code.missing', { example });
  if (!/^[A-Z0-9]{1,32}$/.test(joined)) return refuse('code.invalid', { text: args, example });
  return { ...bareCommand(command.name), args: joined };
};

/** A chain can be asked about, though no line is only its name. */
const CHAIN_NAME = '接龙';

const form: Reader = (line, context) => {
  const topic = line.args.replace(FINAL, '').replace(/^[/#]+ ?/, '');
  const command = bareCommand(line.command.name);
  if (topic === '') return command;
  const found = lexiconOf(context).find(({ alias }) => spells(topic, 0, alias) === topic.length);
  if (!found && topic !== CHAIN_NAME) return refuse('text.unknown', { text: topic, proposals: [bareLine(line)] });
  return { ...command, form: found?.owner.kind === 'form' ? found.owner.form : null, args: topic };
};

/** A day, a form's name, a unit or person, in any order, each at most once. */
const day: Reader = (line, context) => {
  const picked = pickForm(line.args, context);
  const text = picked?.args ?? line.args;
  const names: string[] = [];
  const days: { text: string; date: CivilDate | null }[] = [];
  let at = 0;
  while (at < text.length) {
    at += SPACE.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) break;
    const name = nameLength(text, at, context, false);
    const known = matchKnown(text, at, context.matchName)?.length ?? 0;
    const found = known > 0 ? null : matchDay(text, at, context.today, 'past');
    if (found) {
      days.push({ text: text.slice(at, at + found.length), date: found.date });
      at += found.length;
    } else if (name > 0) {
      names.push(text.slice(at, at + name).replaceAll(' ', ''));
      at += name;
    } else {
      return refuse('text.unknown', {
        text: text.slice(at),
        proposals: [`/${line.word} ${text.slice(0, at)}`.trim(), bareLine(line)],
      });
    }
  }
  const [only, ...more] = days;
  if (more.length > 0) return refuse('date.two', { text: days.map((each) => each.text).join(' ') });
  if (only?.date === null) return refuse('date.unreal', { text: only.text, proposals: [bareLine(line)] });
  const period = only?.date ?? context.today;
  if (period > context.today) return refuse('date.future', { text: only?.text ?? '', proposals: [bareLine(line)] });
  const [first = '', second = ''] = names;
  if (names.length > 1 && kindOf(first) === kindOf(second)) return refuse('subject.two', { text: names.join(' ') });
  return {
    ...bareCommand(line.command.name),
    form: picked && picked.word !== null ? picked.form : mainForm(context),
    formNamed: picked !== null && picked.word !== null,
    period,
    subject: names.length > 0 ? names.join('/') : null,
    args: line.args,
  };
};

/** The readers of the shapes that are one line each. */
export const PLAIN_READERS = {
  none,
  unit,
  person,
  code,
  form,
  receipt: readReceipt,
  words,
  day,
} as const satisfies Partial<Record<Shape, Reader>>;
