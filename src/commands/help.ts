/** `/帮助`: what this person can do in this chat. */
import { HELP } from '../locales/help.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, type Command, defineCommand } from './command.ts';

/** Lines shown without asking for one command; a phone shows about this many at once. */
const MOST_LINES = 8;

/** The help of a list of commands; the list is handed in so that help needs not know the others. */
export function helpFor(commands: () => readonly Command[]) {
  return defineCommand({
    name: 'help',
    open: true,
    unbound: true,
    fits: () => false,
    decide(call) {
      const topic = call.parsed.subject ?? call.parsed.args.trim();
      if (topic) return explain(call, commands(), topic);
      const lines = commands()
        .filter((command) => command.fits(call))
        .slice(0, MOST_LINES)
        .map(({ name }) => zh.helpLine(HELP[name].examples[0], HELP[name].meaning));
      return answer(call, [zh.helpTitle(call.person?.name ?? null), ...lines].join('\n'));
    },
  });
}

/** All examples of the command that a word leads to. */
function explain(call: Call, commands: readonly Command[], topic: string) {
  const parsed = call.parseLine(`/${topic}`);
  const name = parsed.kind === 'command' ? parsed.command : null;
  const form = Object.values(call.playbook.forms).some((each) => each.aliases.includes(topic));
  const command = commands.find((each) => each.name === (form ? 'report' : name));
  const byExample = commands.find(({ name: each }) =>
    HELP[each].examples.some((line) => line.slice(1).startsWith(topic)),
  );
  const found = command ?? byExample;
  if (!found) return answer(call, zh.helpUnknown(topic));
  const { meaning, examples } = HELP[found.name];
  return answer(call, [zh.helpLine(`/${topic}`, meaning), ...examples].join('\n'));
}
