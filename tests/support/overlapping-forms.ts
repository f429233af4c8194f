/** Practices that ask for the same figures: a playbook of daily forms, declared as a test needs them. */
import { checkPlaybook, type Playbook, together } from '../../src/core/playbook/index.ts';

type Fields = Record<string, Record<string, unknown>>;

const TIMES = { subject: 'grid', every: 'day', opens: '00:00', due: '18:00', locks: '+1d 12:00' };

const LADDER = [
  { at: '17:00', do: 'remind', in: 'village' },
  { at: '18:00', do: 'table', in: 'village' },
  { at: '18:30', do: 'table', in: 'township' },
];

export const FIGURES = { people: { name: '在家人数' }, hazards: { name: '隐患' }, weather: { name: '天气' } };

/** A daily form of every grid. */
export function dailyForm(name: string, fields: Fields, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { name, ...TIMES, fields, ...more };
}

export const PEOPLE = { name: '在家', type: 'count', figure: 'people' };
export const HAZARDS = { name: '隐患', type: 'count', figure: 'hazards' };

/** Three nets over one grid: the first asks for all, the second for the people, the third for both. */
export const THREE_NETS = {
  party: dailyForm(
    '党建日报',
    {
      people: { ...PEOPLE, required: true, bare: true },
      hazards: HAZARDS,
    },
    { ladder: LADDER },
  ),
  flood: dailyForm('防汛日报', { home: { ...PEOPLE, required: true, bare: true } }, { ladder: LADDER }),
  fire: dailyForm(
    '消防日报',
    { present: { ...PEOPLE, required: true }, risks: { ...HAZARDS, required: true } },
    { ladder: LADDER },
  ),
};

/** Each form in a playbook of its own, with the figures in one they share. */
export function playbookOf(forms: Record<string, Record<string, unknown>>): Playbook {
  const dictionary = checkPlaybook({ id: 'dictionary', name: '数据字典', figures: FIGURES });
  const each = Object.entries(forms).map(([id, form]) =>
    checkPlaybook({ id: `book-${id}`, name: id, uses: ['dictionary'], forms: { [id]: form } }),
  );
  return together([...each, dictionary]);
}
