/** What of a county the page shows: one village's chain of groups, the people in it, and lines for each to try. */
import { type ConsoleAdapter, type ConsoleChat, type ConsoleGroup, wasMadeHere } from '../bots/console.ts';
import { chatKey, splitKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { firstLine, fullerLine, registerOf } from '../core/example-line.ts';
import type { Form, LadderStep, Level, Playbook } from '../core/playbook/index.ts';
import type { RosterView, Unit } from '../core/roster/view.ts';
import { type CivilDate, clockText, type Instant, startOfDay } from '../core/time.ts';
import { type FormLines, webWords } from '../locales/web.ts';

export interface StageGroup extends ConsoleGroup {
  /** The level of the unit whose group it is; null while it belongs to no unit of this chain. */
  level: Level | null;
  /** What comes here by itself and when, e.g. `17:00 提醒 · 18:00 汇总`; may be empty. */
  note: string;
}

export interface StagePerson {
  id: string;
  name: string;
  /** `一网格 网格长` */
  post: string;
  /** 县, 镇, 村, 网格; people of one place stand together. */
  place: string;
  /** The group this person writes in by habit; null for nowhere in particular. */
  home: string | null;
  lines: string[];
}

export interface Stage {
  groups: StageGroup[];
  people: StagePerson[];
  /** Who is chosen at first. */
  first: string;
}

/** A step's time of day is the same on each. */
const ANY_DAY: CivilDate = '2026-01-01';

/** The account of somebody the roster does not know. */
export const STRANGER = 'stranger';

export interface StageSources {
  adapter: ConsoleAdapter;
  county: County;
  playbook: Playbook;
  /** The village by name, or the first one there is; null when nobody of the roster may be played. */
  village: string | null;
  now: Instant;
}

/**
 * The chain from the county down to the village's grids, and the groups made on the page. Where nobody is played: the
 * county's own group, if it lives on the page.
 */
export function setStage({ adapter, county, playbook, village: name, now }: StageSources): Stage {
  const view = county.viewAt(now);
  const village = name === null ? undefined : villageOf(view, name);
  const chain = village ? [...view.ancestors(village.id), village] : countyOf(view);
  const grids = village ? view.children(village.id) : [];
  const groups = [...chain, ...grids].flatMap((unit): StageGroup[] => {
    const group = groupOf(unit, county, adapter);
    return group ? [{ ...group, level: unit.level, note: stepsOf(unit.level, playbook) }] : [];
  });
  const shown = new Set(groups.map(({ id }) => id));
  const others = adapter.groups().filter(({ id }) => !shown.has(id) && !isElsewhere(id, county, adapter));
  const surroundings = { view, county, playbook, village };
  const played = village ? [...grids, ...chain.toReversed()] : [];
  const people = played.flatMap((unit) => peopleOf(unit, surroundings));
  return {
    groups: [...groups, ...others.map((group) => ({ ...group, level: null, note: '' }))],
    people: [...new Map(people.map((person) => [person.id, person])).values(), stranger(playbook)],
    first: people[0]?.id ?? STRANGER,
  };
}

function countyOf({ county }: RosterView): Unit[] {
  return county ? [county] : [];
}

function villageOf(view: RosterView, name: string): Unit | undefined {
  return view.findUnits(name).find(({ level }) => level === 'village') ?? view.units('village')[0];
}

/** Whether a chat is on the stage, so that the page may see it and write in it. */
export function isOnStage({ groups, people }: Stage, { kind, id }: ConsoleChat): boolean {
  return kind === 'group' ? groups.some((group) => group.id === id) : people.some((person) => person.id === id);
}

function groupOf(unit: Unit, county: County, adapter: ConsoleAdapter): ConsoleGroup | undefined {
  const binding = county.groupOf(unit.id);
  if (!binding) return undefined;
  const { platform, id } = splitKey(binding.chat);
  return platform === adapter.platform ? adapter.group(id) : undefined;
}

/** The ladder's steps at a level. */
function stepsOf(level: Level, playbook: Playbook): string {
  const [main, ...others] = Object.values(playbook.forms);
  const stepsOfForm = (form: Form | undefined, name: string): string[] =>
    (form?.ladder ?? [])
      .filter((step) => step.in === level)
      .map((step) => webWords.step(name, clockText(startOfDay(ANY_DAY) + timeOf(step, form)), step.do));
  // Rounds that come by the minute or several times a day have no time of day to be told; of registers, of what nobody
  // owes and of what a phase asks nothing comes by itself on this stage.
  const plain = others.filter(
    ({ every, subject, owed, while: phase }) =>
      every.kind !== 'span' && every.kind !== 'sessions' && 'level' in subject && owed && !phase,
  );
  return webWords.steps([...stepsOfForm(main, ''), ...plain.flatMap((form) => stepsOfForm(form, form.name))]);
}

/** When a step is taken, ms from the beginning of its period. */
const timeOf = ({ from, at }: LadderStep, form: Form | undefined): number =>
  (from === 'due' ? (form?.due ?? 0) : 0) + at;

/** The group of a unit elsewhere in the county: not for this stage, unless it was made here. */
function isElsewhere(id: string, county: County, { platform }: ConsoleAdapter): boolean {
  return county.bindingOf(chatKey({ platform, id })) !== null && !wasMadeHere(id);
}

interface Surroundings {
  view: RosterView;
  county: County;
  playbook: Playbook;
  village: Unit | undefined;
}

function peopleOf(unit: Unit, { view, county, playbook, village }: Surroundings): StagePerson[] {
  const isGrid = unit.level === 'grid';
  const binding = county.groupOf(isGrid && village ? village.id : unit.id);
  return view.posts(unit.id).flatMap(({ post, holder }) =>
    holder
      ? [
          {
            id: holder.id,
            name: holder.name,
            post: `${unit.name} ${post.title}`,
            place: webWords.levels[unit.level],
            home: binding ? splitKey(binding.chat).id : null,
            lines: isGrid
              ? webWords.reporterLines({ ...formWords(playbook), deputy: deputyFor(holder.id, village, view) })
              : webWords.secretaryLines(unit.level === 'village'),
          },
        ]
      : [],
  );
}

function stranger(playbook: Playbook): StagePerson {
  return {
    id: STRANGER,
    name: webWords.stranger,
    post: webWords.strangerPost,
    place: webWords.stranger,
    home: null,
    lines: webWords.strangerLines(formWords(playbook)),
  };
}

/** Another grid leader of the village. */
function deputyFor(personId: string, village: Unit | undefined, view: RosterView): string | null {
  const leaders = (village ? view.children(village.id) : []).flatMap((grid) => view.posts(grid.id));
  const deputy = leaders.find(({ holder, rank }) => rank === 'lead' && holder !== null && holder.id !== personId);
  return deputy?.holder ? deputy.holder.name : null;
}

/** The playbook's main form in words: its name, and the lines that answer it. */
function formWords(playbook: Playbook): FormLines {
  const [form] = Object.values(playbook.forms) as (Form | undefined)[];
  return {
    form: form?.name ?? '',
    simplest: firstLine(playbook),
    fuller: form ? fullerLine(form, registerOf(form, playbook.registers)) : '',
  };
}
