/** Reads a line as it is meant where it was said, by whom and when. */

import type { County } from '../core/county.ts';
import type { ParseContext, Parsed } from '../core/grammar/types.ts';
import type { Vocabularies } from '../core/grammar/words.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { RosterView, Unit } from '../core/roster/view.ts';
import type { PersonRow } from '../core/rows/index.ts';
import { answeredElsewhere, formsSharingWith, knownFigures } from '../core/shared-figures.ts';
import { BOT_NAME } from '../locales/bot-name.ts';
import { NameFinder } from './name-finder.ts';
import type { Asked, Readings } from './readings.ts';

/** Where a line is read, and for whom. */
export interface Place extends Omit<Asked, 'known'> {
  county: County;
  view: RosterView;
  /** Null for a stranger. */
  person: PersonRow | null;
  unit: Unit | null;
}

export interface LineReaderDeps {
  playbook: Playbook;
  /** The playbook's words. */
  vocabulary: Vocabularies;
  readings: Readings;
}

/** Reads a line as it is meant where the message was said. */
export function readLine(text: string, said: Place, { vocabulary, readings, playbook }: LineReaderDeps): Parsed {
  const { today, place, mentionsBot, person, view, unit } = said;
  const asked: Asked = { today, place, mentionsBot, known: person !== null };
  return readings.read(text, asked, view, () => {
    // A stranger learns nothing of the roster, and costs nothing of it.
    const finder = person ? new NameFinder(view, unit?.id ?? null, said.county.entries) : null;
    const knownValues = person ? knownTo(said, person.id, playbook, finder) : {};
    return { context: { ...contextOf(asked, finder), ...vocabulary, ...knownValues }, finder };
  });
}

/** What is known today of the one unit that somebody reports for. */
function knownTo(
  { county, view }: Place,
  personId: string,
  playbook: Playbook,
  finder: NameFinder | null,
): Pick<ParseContext, 'knownValues'> {
  const [own, ...more] = view.gridsHeldBy(personId);
  if (!own || more.length > 0) return {};
  return {
    knownValues: (formId) => {
      const form = playbook.forms[formId];
      if (!form || formsSharingWith(playbook, formId).length === 0) return {};
      finder?.dependOnSender();
      return answeredElsewhere(knownFigures(county, playbook, own.id, view.day), formId, form).values;
    },
  };
}

function contextOf(
  { today, place, mentionsBot }: Asked,
  finder: NameFinder | null,
): Omit<ParseContext, 'forms' | 'commands'> {
  return {
    today,
    botName: BOT_NAME,
    place,
    mentionsBot,
    ...(finder
      ? {
          matchName: (text: string, at: number) => finder.match(text, at),
          matchEntry: (register: string, text: string, at: number) => finder.matchEntry(register, text, at),
        }
      : {}),
  };
}
