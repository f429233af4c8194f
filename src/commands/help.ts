/** `/帮助`: what this person can do in this chat. */
import { fullerLine, simplestLine } from '../core/form.ts';
import { formWords } from '../locales/forms.ts';
import {
  type CommandName,
  type HelpName,
  helpFor,
  PLAYBOOK_COMMANDS,
  type PlaybookCommandName,
} from '../locales/help.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, type Command, defineCommand, formOf } from './command.ts';

import { explainForm, otherFormLines } from './help-forms.ts';
import { explainRegister } from './help-registers.ts';

/** Lines shown without asking for one command; a phone shows about this many at once. */
const MOST_LINES = 12;

/** The help of a list of commands; the list is handed in so that help needs not know the others. */
export function helpOn(commands: () => readonly Command[]) {
  return defineCommand({
    name: 'help',
    open: true,
    unbound: true,
    fits: () => false,
    decide(call) {
      const topic = call.parsed.subject ?? call.parsed.args.trim();
      if (topic) return explain(call, commands(), topic);
      const words = wordsOf(call);
      const lineOf = (name: HelpName): string => zh.helpLine(words[name].examples[0] ?? '', words[name].meaning);
      const lines = commands()
        .filter((command) => command.fits(call))
        .flatMap((command) => {
          const own = waysOf(command, call).map(lineOf);
          // The other forms follow the main one.
          return command.name === 'report' ? [...own, ...otherFormLines(call)] : own;
        });
      const isMore = lines.length > MOST_LINES && Object.keys(call.playbook.forms).length > 1;
      const shown = [...lines.slice(0, isMore ? MOST_LINES - 1 : MOST_LINES), ...(isMore ? [formWords.helpMore] : [])];
      return answer(call, [zh.helpTitle(call.person?.name ?? null), ...shown].join('\n'));
    },
  });
}

/** Reporting is shown to each as they do it: for their own grid, for others, or both. */
function waysOf({ name }: Command, { person, view }: Call): HelpName[] {
  if (isOfPlaybook(name)) return [];
  if (name !== 'report' || !person) return [name];
  const own = [...view.gridsHeldBy(person.id), ...view.deputizedBy(person.id).map(({ unit }) => unit)];
  const leads = view.unitsAnsweredFor(person.id).some((unit) => unit.level !== 'grid' && unit.level !== 'cluster');
  return [
    ...(own.some((unit) => unit.level === 'grid') ? [name] : []),
    ...(leads ? (['behalf', 'rest'] as const) : []),
  ];
}

function isOfPlaybook(name: CommandName): name is PlaybookCommandName {
  return (PLAYBOOK_COMMANDS as readonly string[]).includes(name);
}

/** Help speaks of the form there is. */
function wordsOf(call: Call) {
  const { form } = formOf(call);
  const simplest = simplestLine(form);
  return helpFor({ name: form.name, simplest, fuller: fullerLine(form), zero: simplest.split(' ').slice(1).join(' ') });
}

/** All examples of what a word leads to: a form's name to reporting, any other word to the lines that begin with it. */
function explain(call: Call, commands: readonly Command[], topic: string) {
  const asked = call.parsed.form === null ? undefined : call.playbook.forms[call.parsed.form];
  if (asked && Object.keys(call.playbook.forms).length > 1) return answer(call, explainForm(call, asked));
  const ofRegister = explainRegister(call, topic);
  if (ofRegister !== null) return answer(call, ofRegister);
  const words = wordsOf(call);
  const names = commands.flatMap(({ name }): HelpName[] =>
    isOfPlaybook(name) ? [] : name === 'report' ? [name, 'behalf', 'rest'] : [name],
  );
  const isForm = Object.values(call.playbook.forms).some((form) => form.aliases.includes(topic));
  const parsed = call.parseLine(`/${topic}`);
  const byCommand = names.filter((name) =>
    isForm ? name === 'report' : 'command' in parsed && name === parsed.command,
  );
  const byExample = names.filter((name) => words[name].examples.some((line) => line.slice(1).startsWith(topic)));
  const found = byCommand.length > 0 ? byCommand : byExample;
  if (found.length === 0) return answer(call, zh.helpUnknown(topic));
  const meanings = found.map((name) => zh.helpLine(`/${topic}`, words[name].meaning));
  const examples = found.flatMap((name): readonly string[] => words[name].examples);
  return answer(call, [...new Set([...meanings, ...examples])].join('\n'));
}
