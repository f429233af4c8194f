/** Whom a line about leave means. */
import type { Person } from '../core/roster/view.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, type Found, isRefused, type KnownCall } from './command.ts';
import { homeOf, lineTyped } from './whom.ts';

/** Whether somebody holds a post at all. */
export const holdsPost = ({ person, view }: Call): boolean => person !== null && view.postsOf(person.id).length > 0;

/** Oneself, or someone one answers for. */
export function personMeant(call: KnownCall, name: string | null, self: Person): Found<Person> {
  if (name === null) return { found: self };
  const person = findPerson(call, name);
  if (isRefused(person) || person.found.id === self.id) return person;
  const { view } = call;
  const above = view
    .postsOf(person.found.id)
    .some((held) => view.ancestors(held.post.unitId).some((unit) => view.leads(self.id, unit.id)));
  return above ? person : { refused: answer(call, zh.notEntitled(zh.whoOrAbove(person.found.name), lineTyped(call))) };
}

/** A person by the name typed; those at home first. */
export function findPerson(call: KnownCall, name: string): Found<Person> {
  const persons = call.view.findPersons(name, homeOf(call)?.id);
  const [person] = persons;
  if (persons.length === 1 && person) return { found: person };
  if (persons.length === 0)
    return {
      refused: answer(
        call,
        zh.personNotFound(
          name,
          lines.leave(
            zh.days(call.parsed.period ?? call.view.day, call.parsed.until ?? call.parsed.period ?? call.view.day),
          ),
        ),
      ),
    };
  const choices = persons
    .slice(0, 8)
    .map((each) => lines.leave(call.parsed.args.replace(name, call.view.personLabel(each.id))));
  return { refused: answer(call, zh.unitAmbiguous(name, choices)) };
}
