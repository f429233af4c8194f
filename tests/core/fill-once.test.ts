import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { County } from '../../src/core/county.ts';
import { type Filling, fillOnce } from '../../src/core/fill-once.ts';
import { versionId } from '../../src/core/obligation-id.ts';
import type { Playbook, Values } from '../../src/core/playbook/index.ts';
import { roundsOn } from '../../src/core/rounds/rounds.ts';
import { specIdOf } from '../../src/core/rounds/spec.ts';
import { put, type ReportRow, type ReportVia } from '../../src/core/rows/index.ts';
import { answeredElsewhere, formsSharingWith, knownFigures, periodsSharing } from '../../src/core/shared-figures.ts';
import type { Standing } from '../../src/core/standing.ts';
import { addDays, type CivilDate, HOUR, startOfDay } from '../../src/core/time.ts';
import { dailyForm, HAZARDS, PEOPLE, playbookOf, THREE_NETS } from '../support/overlapping-forms.ts';
import { exemption } from './book-rows.ts';

/** A Monday that begins no month. */
const DAY: CivilDate = '2026-11-23';
const GRID = '甲镇/一村/1';
const OTHER = '甲镇/一村/2';

interface Said {
  at?: number;
  key?: string;
  kind?: ReportRow['kind'];
  via?: ReportVia;
  grid?: string;
}

/** A county whose forms are opened on some days, spoken to in versions. */
class Told {
  readonly county = new County();
  readonly playbook: Playbook;
  #said = 0;

  constructor(forms: Record<string, Record<string, unknown>>, days: readonly CivilDate[] = [DAY]) {
    this.playbook = playbookOf(forms);
    for (const [id, form] of Object.entries(this.playbook.forms)) {
      const spec = specIdOf(form);
      this.county.apply([put('spec', { id: spec, form: id, source: form.source })]);
      for (const round of days.flatMap((day) => roundsOn(form, day))) {
        const { rhythm: _, ...times } = round;
        const period = { id: `${id}@${round.key}`, form: id, ...times, playbook: 'p', spec, unitId: null };
        const owed = [GRID, OTHER].map((path) => ({
          id: `${period.id}@${path}`,
          periodId: period.id,
          subjectId: path,
          path,
          chain: ['', '甲镇', '甲镇/一村', path],
        }));
        this.county.apply([put('period', period), ...owed.map((row) => put('obligation', row))]);
      }
    }
  }

  /** Somebody says a version, at an hour of the day; it is kept with all that it fills. */
  say(
    form: string,
    values: Values,
    { at = 8, key = DAY, kind = 'report', via = 'self', grid = GRID }: Said = {},
  ): Filling {
    this.#said += 1;
    const obligationId = `${form}@${key}@${grid}`;
    const message = `m${this.#said}`;
    const row: ReportRow = {
      id: versionId(obligationId, message),
      obligationId,
      kind,
      values,
      items: [],
      note: null,
      sentAt: startOfDay(DAY) + at * HOUR,
      receivedAt: startOfDay(DAY) + 40 * HOUR + this.#said,
      personId: 'p',
      via,
      message,
    };
    const filling = fillOnce(this.county, this.playbook, row);
    this.county.apply([row, ...filling.rows].map((each) => put('report', each)));
    return filling;
  }

  withdraw(form: string, said: Said = {}): Filling {
    return this.say(form, {}, { ...said, kind: 'withdrawal' });
  }

  standing(form: string, key: string = DAY, grid = GRID): Standing | undefined {
    return this.county.book(`${form}@${key}`)?.due(grid)?.standing;
  }

  /** Its values, or what it is instead of reported. */
  stands(form: string, key: string = DAY, grid = GRID): Values | string | undefined {
    const standing = this.standing(form, key, grid);
    return standing?.current?.values ?? standing?.state;
  }
}

const threeNets = (): Told => new Told(THREE_NETS);

describe('a figure said once', () => {
  it('fills every form whose required fields are known with it, and names them', () => {
    const told = threeNets();
    const { fills, empties, rows } = told.say('party', { people: 30, hazards: 2 });
    expect([fills, empties]).toEqual([['防汛日报', '消防日报'], []]);
    expect(told.stands('flood')).toEqual({ home: 30 });
    expect(told.stands('fire')).toEqual({ present: 30, risks: 2 });
    expect(rows).toEqual([
      expect.objectContaining({ via: 'filled', kind: 'report', message: 'm1', personId: 'p', items: [], note: null }),
      expect.objectContaining({ via: 'filled', kind: 'report', message: 'm1', personId: 'p', items: [], note: null }),
    ]);
    expect(rows.map(({ id }) => id)).toEqual([`flood@${DAY}@${GRID}#m1`, `fire@${DAY}@${GRID}#m1`]);
  });

  it('waits where something required is not known, and is filled by whoever says the rest', () => {
    const told = threeNets();
    expect(told.say('flood', { home: 30 }).fills).toEqual(['党建日报']);
    expect(told.stands('fire')).toBe('missing');
    expect(told.say('party', { people: 31, hazards: 0 }, { at: 9 }).fills).toEqual(['消防日报']);
    expect(told.stands('fire')).toEqual({ present: 31, risks: 0 });
  });

  it('is of its subject alone', () => {
    const told = threeNets();
    told.say('party', { people: 30, hazards: 2 }, { grid: OTHER });
    expect([told.stands('flood'), told.stands('flood', DAY, OTHER)]).toEqual(['missing', { home: 30 }]);
  });

  it('is of its day alone', () => {
    const next = addDays(DAY, 1);
    const told = new Told(THREE_NETS, [DAY, next]);
    told.say('party', { people: 30, hazards: 2 }, { at: 26, key: next });
    expect([told.stands('flood'), told.stands('flood', next)]).toEqual(['missing', { home: 30 }]);
  });

  it('is late in each form by the moment its message was sent', () => {
    const told = new Told({ ...THREE_NETS, flood: { ...THREE_NETS.flood, due: '09:00' } });
    told.say('party', { people: 30, hazards: 2 }, { at: 10 });
    expect([told.standing('flood')?.state, told.standing('fire')?.state]).toEqual(['late', 'reported']);
  });

  it.each([
    ['locked', { locks: '09:30', due: '09:00' }, 10],
    ['not open yet', { opens: '12:00' }, 10],
    ['nobody’s to report', { owed: false }, 10],
    ['one whose reports add up', { adds: true }, 10],
    ['of a week', { every: 'week' }, 10],
  ])('leaves a form alone that is %s', (_, more, at) => {
    const told = new Told({ ...THREE_NETS, flood: { ...THREE_NETS.flood, ...more } });
    expect(told.say('party', { people: 30, hazards: 2 }, { at }).fills).toEqual(['消防日报']);
  });

  it('does not lift an exemption', () => {
    const told = threeNets();
    told.county.apply([put('exemption', { ...exemption('e', GRID), form: 'flood', fromDay: DAY, toDay: DAY })]);
    expect(told.say('party', { people: 30 }).fills).toEqual([]);
    expect(told.stands('flood')).toBe('exempt');
  });

  it('said in a form whose reports add up says nothing to others', () => {
    const told = new Told({ ...THREE_NETS, party: { ...THREE_NETS.party, adds: true } });
    expect(told.say('party', { people: 30, hazards: 2 }).fills).toEqual([]);
  });

  it('said in a round that is about more than a day says nothing of the day', () => {
    const told = threeNets();
    expect(told.say('party', { people: 30, hazards: 2 }, { key: `${DAY}.s1` }).rows).toEqual([]);
  });

  it('of a form with several rounds a day goes into the one that runs', () => {
    const sessions = [
      { name: '早', opens: '06:00', due: '10:00', locks: '23:00' },
      { name: '晚', opens: '16:00', due: '20:00', locks: '23:00' },
    ];
    const told = new Told({ ...THREE_NETS, flood: { ...THREE_NETS.flood, every: sessions } });
    told.say('party', { people: 30 }, { at: 8 });
    expect([told.stands('flood', `${DAY}.1`), told.stands('flood', `${DAY}.2`)]).toEqual([{ home: 30 }, 'missing']);
    told.say('fire', { present: 40, risks: 0 }, { at: 17 });
    expect([told.stands('flood', `${DAY}.1`), told.stands('flood', `${DAY}.2`)]).toEqual([{ home: 30 }, { home: 40 }]);
    told.say('party', { people: 50 }, { at: 18 });
    expect([told.stands('flood', `${DAY}.1`), told.stands('flood', `${DAY}.2`)]).toEqual([{ home: 50 }, { home: 50 }]);
  });
});

describe('what is handed on', () => {
  const weather = { name: '天气', figure: 'weather', required: true };
  const pair = (here: Record<string, unknown>, there: Record<string, unknown>): Told =>
    new Told({
      here: dailyForm('甲表', { own: { ...weather, ...here } }),
      there: dailyForm('乙表', { theirs: { ...weather, ...there } }),
    });

  it.each([
    ['a choice', '晴', { type: 'choice', options: ['晴', '雨'] }, { type: 'choice', options: ['雨', '晴', '雪'] }],
    ['a yes or no', false, { type: 'yesno' }, { type: 'yesno' }],
    ['a number', 36.5, { type: 'number', min: 0, max: 50 }, { type: 'number', min: 30, max: 45 }],
  ])('is %s', (_, value, here, there) => {
    const told = pair(here, there);
    told.say('here', { own: value });
    expect(told.stands('there')).toEqual({ theirs: value });
  });

  it.each([
    [
      'an option the other does not have',
      '雪',
      { type: 'choice', options: ['晴', '雪'] },
      { type: 'choice', options: ['晴', '雨'] },
    ],
    [
      'a number out of the other’s range',
      20,
      { type: 'number', min: 0, max: 50 },
      { type: 'number', min: 30, max: 45 },
    ],
    [
      'a number finer than the other',
      36.55,
      { type: 'number', min: 0, max: 50, decimals: 2 },
      { type: 'number', min: 30, max: 45 },
    ],
    ['another type', 3, { type: 'count' }, { type: 'number', min: 0, max: 9 }],
    ['words', '有雨', { type: 'text' }, { type: 'text' }],
  ])('is not %s', (_, value, here, there) => {
    const told = pair(here, there);
    expect(told.say('here', { own: value }).rows).toEqual([]);
    expect(told.stands('there')).toBe('missing');
  });

  it('is nothing of another type, also between forms that share something else', () => {
    const forms = {
      here: dailyForm('甲表', { risks: HAZARDS, own: { ...weather, type: 'choice', options: ['1', '2'] } }),
      there: dailyForm('乙表', { risks: HAZARDS, theirs: { ...weather, required: false, type: 'count' } }),
    };
    const told = new Told(forms);
    told.say('here', { risks: 4, own: '2' });
    expect(told.stands('there')).toEqual({ risks: 4 });
  });

  it('never falls back on an older word where the newest cannot be held', () => {
    const told = new Told({
      here: dailyForm('甲表', { own: { ...weather, type: 'choice', options: ['晴', '雪'] } }),
      there: dailyForm('乙表', { theirs: { ...weather, type: 'choice', options: ['晴', '雨'] } }),
    });
    told.say('here', { own: '晴' });
    expect(told.stands('there')).toEqual({ theirs: '晴' });
    expect(told.say('here', { own: '雪' }, { at: 9 }).empties).toEqual(['乙表']);
    expect(told.stands('there')).toBe('missing');
  });
});

describe('a form that was filled', () => {
  it('follows a correction, and keeps its timeliness', () => {
    const told = threeNets();
    told.say('party', { people: 30, hazards: 2 }, { at: 17 });
    expect(told.say('party', { people: 28, hazards: 2 }, { at: 19 }).fills).toEqual(['防汛日报', '消防日报']);
    expect(told.standing('flood')).toMatchObject({ state: 'reported', current: { values: { home: 28 } } });
  });

  it('gets no version where nothing it asks for has changed', () => {
    const told = threeNets();
    told.say('party', { people: 30, hazards: 2 });
    expect(told.say('party', { people: 30, hazards: 3 }, { at: 9 }).fills).toEqual(['消防日报']);
    expect(told.say('party', { people: 30, hazards: 3 }, { at: 10 }).rows).toEqual([]);
  });

  it('is owed again when the correction leaves out what it requires', () => {
    const told = threeNets();
    told.say('party', { people: 30, hazards: 2 });
    expect(told.say('party', { people: 30 }, { at: 9 })).toMatchObject({ fills: [], empties: ['消防日报'] });
    expect([told.stands('flood'), told.stands('fire')]).toEqual([{ home: 30 }, 'missing']);
  });

  it('is taken back with the report that alone filled it', () => {
    const told = threeNets();
    told.say('party', { people: 30, hazards: 2 });
    expect(told.withdraw('party', { at: 9 })).toMatchObject({ fills: [], empties: ['防汛日报', '消防日报'] });
    expect([told.stands('flood'), told.stands('fire')]).toEqual(['missing', 'missing']);
    expect(told.say('party', { people: 31, hazards: 2 }, { at: 10 }).fills).toEqual(['防汛日报', '消防日报']);
  });

  it('goes by what else was said when the newest is taken back', () => {
    const told = threeNets();
    told.say('fire', { present: 30, risks: 2 });
    told.say('party', { people: 33 }, { at: 9 });
    expect(told.stands('flood')).toEqual({ home: 33 });
    expect(told.withdraw('party', { at: 10 })).toMatchObject({ fills: ['防汛日报'], empties: [] });
    expect(told.stands('flood')).toEqual({ home: 30 });
  });

  it('becomes its reporter’s own when they report it, and speaks for itself from then on', () => {
    const told = threeNets();
    told.say('party', { people: 30, hazards: 2 });
    expect(told.say('flood', { home: 25 }, { at: 9 }).fills).toEqual(['消防日报']);
    told.say('party', { people: 30, hazards: 5 }, { at: 10 });
    expect([told.stands('flood'), told.stands('party')]).toEqual([{ home: 25 }, { people: 30, hazards: 5 }]);
    expect(told.stands('fire')).toEqual({ present: 30, risks: 5 });
  });

  it('taken back by hand is not filled with what was known before, but with what is said later', () => {
    const told = threeNets();
    told.say('party', { people: 30, hazards: 2 });
    told.withdraw('flood', { at: 9 });
    told.say('fire', { risks: 1 }, { at: 10 });
    expect(told.stands('flood')).toBe('missing');
    expect(told.say('party', { people: 31, hazards: 2 }, { at: 11 }).fills).toContain('防汛日报');
    expect(told.stands('flood')).toEqual({ home: 31 });
  });

  it('stays as it was when it is locked', () => {
    const told = new Told({ ...THREE_NETS, flood: { ...THREE_NETS.flood, due: '08:30', locks: '09:00' } });
    told.say('party', { people: 30 });
    told.say('party', { people: 20 }, { at: 10 });
    told.withdraw('party', { at: 11 });
    expect(told.stands('flood')).toEqual({ home: 30 });
  });

  it('goes by the last sent where messages arrive out of turn', () => {
    const told = threeNets();
    told.say('party', { people: 30, hazards: 1 }, { at: 12 });
    told.say('fire', { present: 20, risks: 9 }, { at: 9 });
    expect(told.stands('flood')).toEqual({ home: 30 });
    told.withdraw('party', { at: 12.5 });
    expect(told.stands('flood')).toEqual({ home: 20 });
  });

  it('is complete when the last of what it needs was sent, in whatever order that came', () => {
    const forms = {
      ...THREE_NETS,
      party: dailyForm('党建日报', { people: { ...PEOPLE, required: true } }),
      safety: dailyForm('安监日报', { risks: { ...HAZARDS, required: true } }),
      fire: { ...THREE_NETS.fire, due: '10:00' },
    };
    const told = new Told(forms);
    told.say('party', { people: 30 }, { at: 11 });
    told.say('safety', { risks: 1 }, { at: 9 });
    expect(told.standing('fire')).toMatchObject({ state: 'late', current: { values: { present: 30, risks: 1 } } });
  });
});

describe('which forms share a figure', () => {
  it('is known of a playbook, and of no form that shares none', () => {
    const { playbook } = new Told({ ...THREE_NETS, alone: dailyForm('独表', { n: { name: '数', type: 'count' } }) });
    expect(formsSharingWith(playbook, 'party')).toEqual(['flood', 'fire']);
    expect(formsSharingWith(playbook, 'alone')).toEqual([]);
    expect(periodsSharing(playbook, 'flood', DAY)).toEqual([`party@${DAY}`, `flood@${DAY}`, `fire@${DAY}`]);
    expect(periodsSharing(playbook, 'alone', DAY)).toEqual([]);
  });

  it('is no form of another kind of subject', () => {
    const { playbook } = new Told({ ...THREE_NETS, flood: { ...THREE_NETS.flood, subject: 'village' } });
    expect(formsSharingWith(playbook, 'party')).toEqual(['fire']);
  });
});

describe('what is known of a form before anybody says it', () => {
  it('is what people said in other forms that day, the newest first', () => {
    const told = threeNets();
    told.say('flood', { home: 30 });
    told.say('fire', { present: 31, risks: 2 }, { at: 9 });
    const known = knownFigures(told.county, told.playbook, GRID, DAY);
    expect(known.get('people')?.map(({ value }) => value)).toEqual([31, 30]);
    const { party, fire } = told.playbook.forms;
    expect(party && answeredElsewhere(known, 'party', party).values).toEqual({ people: 31, hazards: 2 });
    expect(fire && answeredElsewhere(known, 'fire', fire).values).toEqual({ present: 30 });
  });
});

describe('whatever is said, in whatever order', () => {
  const count = fc.integer({ min: 0, max: 3 });
  const saying = fc.record({
    form: fc.constantFrom('party', 'flood', 'fire', 'safety'),
    takesBack: fc.boolean(),
    people: count,
    hazards: fc.option(count),
  });
  const forms = {
    ...THREE_NETS,
    safety: dailyForm('安监日报', { risks: { ...HAZARDS, required: true }, home: PEOPLE }),
  };
  type Saying = typeof saying extends fc.Arbitrary<infer T> ? T : never;
  const FIELDS: Record<string, { people: string; hazards?: string }> = {
    party: { people: 'people', hazards: 'hazards' },
    flood: { people: 'home' },
    fire: { people: 'present', hazards: 'risks' },
    safety: { people: 'home', hazards: 'risks' },
  };
  const REQUIRED: Record<string, string[]> = {
    party: ['people'],
    flood: ['home'],
    fire: ['present', 'risks'],
    safety: ['risks'],
  };

  function valuesOf({ form, people, hazards }: Saying): Record<string, number> {
    const { people: p, hazards: h } = FIELDS[form] ?? { people: '' };
    return { [p]: people, ...(h !== undefined && hazards !== null ? { [h]: hazards } : {}) };
  }

  /** A plain telling of the rule, over all that was said by hand. */
  function expected(form: string, said: readonly Saying[]): Values | string {
    const last = said.findLastIndex((each) => each.form === form);
    const own = said[last];
    if (own && !own.takesBack) return valuesOf(own);
    const values: Record<string, number> = {};
    for (const figure of ['people', 'hazards'] as const) {
      const field = FIELDS[form]?.[figure];
      const newest = said.findLast((each, at) => {
        const counts = said.findLastIndex((other) => other.form === each.form) === at && !each.takesBack;
        return counts && at > last && (figure === 'people' || each.hazards !== null) && FIELDS[each.form]?.[figure];
      });
      const value = newest?.[figure];
      if (field !== undefined && value !== undefined && value !== null) values[field] = value;
    }
    return REQUIRED[form]?.every((field) => field in values) ? values : 'missing';
  }

  it('filled forms say what was said last, and what somebody reported themselves stays theirs', () => {
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 12 }), (all) => {
        const told = new Told(forms);
        const said: Saying[] = [];
        for (const [n, each] of all.entries()) {
          const via = n % 2 === 0 ? 'self' : 'behalf';
          if (each.takesBack) told.withdraw(each.form, { at: 8 + n / 10, via });
          else told.say(each.form, valuesOf(each), { at: 8 + n / 10, via });
          said.push(each);
          for (const form of Object.keys(forms)) {
            expect([form, told.stands(form)]).toEqual([form, expected(form, said)]);
            const own = said.findLast((other) => other.form === form);
            const by = told.standing(form)?.current?.via;
            if (own && !own.takesBack) expect(by).not.toBe('filled');
            else if (by !== undefined) expect(by).toBe('filled');
          }
        }
      }),
    );
  });
});
