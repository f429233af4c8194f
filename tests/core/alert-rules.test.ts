import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureOf, passedAround, type Rules, rulesByForm } from '../../src/core/alert-rules.ts';
import { County } from '../../src/core/county.ts';
import { outboxRow } from '../../src/core/notices.ts';
import { checkPlaybook, type Playbook, together, type Values } from '../../src/core/playbook/index.ts';
import { alertsRaised } from '../../src/core/raised-alerts.ts';
import { specIdOf } from '../../src/core/rounds/spec.ts';
import { type ObligationRow, put, type ReportRow, type Write } from '../../src/core/rows/index.ts';
import { addDays, type CivilDate, startOfDay } from '../../src/core/time.ts';

const DAY: CivilDate = '2026-11-23';
const NOW = startOfDay(DAY) + 12 * 3_600_000;

const FORM = {
  name: '健康',
  subject: { register: 'watched' },
  every: 'day',
  fields: {
    cars: { name: '车', type: 'count' },
    temperature: { name: '体温', type: 'number', unit: '℃', min: 30, max: 45 },
    rain: { name: '降雨', type: 'number', min: 0, max: 500, upward: 'sum' },
    state: { name: '情况', type: 'choice', options: ['正常', '发热'] },
    clean: { name: '消毒', type: 'yesno' },
  },
  opens: '00:00',
  due: '18:00',
  locks: '+1d 12:00',
};

function playbookOf(alert: object, form: object = {}): Playbook {
  return together([
    checkPlaybook({
      id: 'test',
      name: '试',
      registers: { watched: { name: '人', aliases: ['人'] } },
      forms: { health: { ...FORM, ...form }, other: { ...FORM, name: '另一张' } },
      alerts: { rule: { name: '预警', form: 'health', tell: ['village'], ...alert } },
    }),
  ]);
}

const alertOf = (playbook: Playbook) => {
  const { rule } = playbook.alerts;
  if (!rule) throw new Error('no rule');
  return rule;
};

/** A township of two villages, `v` with two grids and `w` with one. */
const PARENTS = { county: null, t: 'county', v: 't', w: 't', g1: 'v', g2: 'v', g3: 'w' } as const;
type UnitName = keyof typeof PARENTS;
const LEVEL = ['county', 'township', 'village', 'grid'] as const;

function chainOf(id: UnitName): UnitName[] {
  const parent = PARENTS[id];
  return parent === null ? [id] : [...chainOf(parent), id];
}

function unitWrites(): Write[] {
  return (Object.keys(PARENTS) as UnitName[]).map((id) =>
    put('unit', {
      id,
      parentId: PARENTS[id],
      level: LEVEL[chainOf(id).length - 1] ?? 'grid',
      name: id,
      since: '2026-01-01',
      until: null,
    }),
  );
}

interface Said {
  values: Values | null;
  /** The subject, an entry of a grid or a village. */
  of: string;
  in: UnitName;
  day: CivilDate;
  form?: string;
}

let last = 0;

/** Opens the period where that was not done, and says it; null takes back what was said. */
function say(county: County, playbook: Playbook, said: Said): Write[] {
  const { values, of, day, form = 'health' } = said;
  const periodId = `${form}@${day}`;
  const spec = playbook.forms[form];
  if (!spec) throw new Error(form);
  const opening: Write[] = county.book(periodId)
    ? []
    : [
        put('spec', { id: specIdOf(spec), form, source: spec.source }),
        put('period', {
          id: periodId,
          form,
          key: day,
          opensAt: startOfDay(day),
          dueAt: startOfDay(day) + 1,
          locksAt: startOfDay(day) + 2,
          playbook: 'test',
          spec: specIdOf(spec),
          label: null,
          unitId: null,
        }),
      ];
  const chain = [...chainOf(said.in), of];
  const obligation: ObligationRow = {
    id: `${periodId}@${of}`,
    periodId,
    subjectId: of,
    path: chain.slice(1).join('/'),
    chain,
  };
  last += 1;
  const report: ReportRow = {
    id: `report ${last}`,
    obligationId: obligation.id,
    kind: values === null ? 'withdrawal' : 'report',
    values: values ?? {},
    items: [],
    note: null,
    sentAt: startOfDay(day) + last,
    receivedAt: startOfDay(day) + last,
    personId: 'p',
    via: 'self',
    message: `message ${last}`,
  };
  const writes = [...opening, put('obligation', obligation), put('report', report)];
  county.apply(writes);
  return writes;
}

function countyWith(playbook: Playbook, said: readonly Said[] = []): County {
  const county = new County();
  county.apply(unitWrites());
  for (const each of said) say(county, playbook, each);
  return county;
}

const of = (values: Values | null, subject: string, unit: UnitName, day: CivilDate = DAY): Said => ({
  values,
  of: subject,
  in: unit,
  day,
});

const passed = (county: County, rules: Rules, subject: string, day: CivilDate = DAY) =>
  passedAround(county, rules, [`health@${day}@${subject}`], county.viewAt(NOW)).map(
    ({ rule, unitId, day: on, value }) => `${rule.id} ${unitId} ${on} ${value}`,
  );

describe('the figure of an area', () => {
  const said = [
    of({ cars: 3, temperature: 38.2, state: '发热', clean: true, rain: 0.1 }, 'a', 'g1'),
    of({ cars: 4, temperature: 36.5, state: '正常', clean: false, rain: 0.2 }, 'b', 'g2'),
    of({ cars: 0, temperature: 34.9, state: '发热', clean: false }, 'c', 'v'),
    of({ cars: 50, temperature: 39, state: '发热', clean: false, rain: 40 }, 'd', 'g3'),
    of({ cars: 1, temperature: 39, state: '发热' }, 'a', 'g1', addDays(DAY, -1)),
    of({ cars: 100, temperature: 39, state: '发热' }, 'a', 'g1', addDays(DAY, -2)),
    of({ cars: 200, temperature: 39, state: '发热' }, 'a', 'g1', addDays(DAY, 1)),
    { ...of({ cars: 1000, state: '发热' }, 'a', 'g1'), form: 'other' },
  ];
  it.each([
    ['the sum of a count', { field: 'cars' }, 7],
    ['the sum of a measured number, thousandths and no finer', { field: 'rain' }, 0.3],
    ['how many chose an option', { field: 'state', is: '发热' }, 2],
    ['how many said yes', { field: 'clean', is: true }, 1],
    ['how many said no', { field: 'clean', is: false }, 2],
    ['how many readings are above', { field: 'temperature', above: 37.3 }, 1],
    ['how many are below', { field: 'temperature', below: 35 }, 1],
    ['how many are beyond either bound', { field: 'temperature', above: 37.3, below: 35 }, 2],
    ['none that just reach it', { field: 'temperature', above: 38.2 }, 0],
    ['how many counts are above', { field: 'cars', above: 3 }, 1],
    ['over the day before too', { field: 'state', is: '发热', days: 2 }, 3],
    ['sums over three days', { field: 'cars', days: 3 }, 108],
  ])('is %s', (_, alert, figure) => {
    const playbook = playbookOf({ in: 'village', ...alert });
    expect(figureOf(countyWith(playbook, said), alertOf(playbook), 'v', DAY)).toBe(figure);
  });

  it('is of the reports together where a form adds them up', () => {
    const playbook = playbookOf({ in: 'village', field: 'cars' }, { adds: true });
    const county = countyWith(playbook, [of({ cars: 2 }, 'a', 'g1'), of({ cars: 3 }, 'a', 'g1')]);
    expect(figureOf(county, alertOf(playbook), 'v', DAY)).toBe(5);
  });

  it('is the same where the form the period was opened under cannot be read any more', () => {
    const playbook = playbookOf({ in: 'village', field: 'state', is: '发热' });
    const county = countyWith(playbook);
    for (const write of say(new County(), playbook, of({ state: '发热' }, 'a', 'g1'))) {
      county.apply(write.table === 'spec' ? [put('spec', { ...write.row, source: '{}' })] : [write]);
    }
    expect(county.book(`health@${DAY}`)?.form).toBeNull();
    expect(figureOf(county, alertOf(playbook), 'v', DAY)).toBe(1);
  });
});

describe('the thresholds that are passed', () => {
  const playbook = playbookOf({ in: 'village', field: 'state', is: '发热', days: 2, atLeast: 2 });
  const rules = rulesByForm(playbook.alerts);

  it('are those of the village a report lies in, from the figure on', () => {
    const county = countyWith(playbook, [of({ state: '发热' }, 'a', 'g1'), of({ state: '发热' }, 'd', 'g3')]);
    expect(passed(county, rules, 'a')).toEqual([]);
    say(county, playbook, of({ state: '发热' }, 'b', 'g2'));
    expect(passed(county, rules, 'b')).toEqual([`rule v ${DAY} 2`]);
    expect(passed(county, rules, 'd')).toEqual([]);
  });

  it('end with the day of the report, not with today', () => {
    const before = addDays(DAY, -1);
    const county = countyWith(playbook, [of({ state: '发热' }, 'a', 'g1'), of({ state: '发热' }, 'b', 'g2', before)]);
    expect(passed(county, rules, 'b', before)).toEqual([]);
    expect(passed(county, rules, 'a')).toEqual([`rule v ${DAY} 2`]);
  });

  it('are none for an entry that stands above the area, whatever its depth', () => {
    const grids = rulesByForm(playbookOf({ in: 'grid', field: 'state', is: '发热' }).alerts);
    const county = countyWith(playbook, [of({ state: '发热' }, 'c', 'v'), of({ state: '发热' }, 'a', 'g1')]);
    expect(passed(county, grids, 'c')).toEqual([]);
    expect(passed(county, grids, 'a')).toEqual([`rule g1 ${DAY} 1`]);
  });

  it('are found once for many reports of one area', () => {
    const county = countyWith(playbook, [of({ state: '发热' }, 'a', 'g1'), of({ state: '发热' }, 'b', 'g2')]);
    const ids = ['a', 'b', 'a'].map((subject) => `health@${DAY}@${subject}`);
    expect(passedAround(county, rules, ids, county.viewAt(NOW))).toHaveLength(1);
  });
});

describe('an alert', () => {
  const playbook = playbookOf({ in: 'village', field: 'state', is: '发热', tell: ['county', 'village', 'grid'] });
  const rules = rulesByForm(playbook.alerts);
  const forms = new Map(Object.entries(playbook.forms));

  const raise = (county: County, writes: readonly Write[]) => {
    const decision = alertsRaised(county, writes, rules, forms, NOW);
    county.apply(decision.writes);
    return decision.notices.map(({ to }) => ('unit' in to ? to.unit : '?'));
  };

  it('goes to the levels of its own line, and never below its area', () => {
    const county = countyWith(playbook);
    expect(raise(county, say(county, playbook, of({ state: '发热' }, 'a', 'g1')))).toEqual(['county', 'v']);
  });

  it('needs no second notice where the first still waits: that one will say the latest figure', () => {
    const county = countyWith(playbook);
    const first = alertsRaised(county, say(county, playbook, of({ state: '发热' }, 'a', 'g1')), rules, forms, NOW);
    county.apply([...first.writes, ...first.notices.map((notice) => put('outbox', outboxRow(notice, NOW)))]);
    const [waiting] = county.tray.pending();
    if (waiting) county.apply([put('outbox', { ...waiting, state: 'sent' })]);
    expect(raise(county, say(county, playbook, of({ state: '发热' }, 'b', 'g1')))).toEqual(['county']);
    expect(county.alerts.toldSince(0).map(({ value }) => value)).toEqual([2]);
  });

  it('does not rise with a line that could not be read', () => {
    const county = countyWith(playbook, [of({ state: '发热' }, 'a', 'g1')]);
    const writes = say(county, playbook, of({ state: '正常' }, 'b', 'g1')).map((write) =>
      write.table === 'report' ? put('report', { ...write.row, kind: 'unparsed' }) : write,
    );
    expect(raise(county, writes)).toEqual([]);
  });

  it('is told once per rise, whatever is said and corrected', () => {
    const grids = ['g1', 'g2', 'g3'] as const;
    const line = fc.record({
      at: fc.nat(2),
      subject: fc.nat(3),
      before: fc.nat(1),
      fever: fc.constantFrom(true, false, null),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (said, atLeast) => {
        const watched = playbookOf({ in: 'village', field: 'state', is: '发热', days: 2, atLeast });
        const county = countyWith(watched);
        const naive = new Map<string, { unit: string; day: CivilDate; fever: boolean }>();
        const told = new Map<string, number>();
        for (const { at, subject, before, fever } of said) {
          const grid = grids[at] ?? 'g1';
          const day = addDays(DAY, -before);
          const village = PARENTS[grid];
          const who = `${grid} ${subject}`;
          const values = fever === null ? null : { state: fever ? '发热' : '正常' };
          const writes = say(county, watched, of(values, who, grid, day));
          naive.set(`${who} ${day}`, { unit: village, day, fever: fever === true });
          const count = [...naive.values()].filter(
            (each) => each.fever && each.unit === village && each.day <= day && each.day >= addDays(day, -1),
          ).length;
          const key = `rule@${village}@${day}`;
          const rises = count >= atLeast && count > (told.get(key) ?? 0);
          const decision = alertsRaised(county, writes, rulesByForm(watched.alerts), forms, NOW);
          county.apply(decision.writes);
          expect(decision.notices.map(({ to }) => to)).toEqual(rises ? [{ unit: village }] : []);
          if (rises) told.set(key, count);
          expect(county.alerts.get(key)?.value).toBe(told.get(key));
        }
        const numbers = county.alerts.toldSince(0).map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 60 },
    );
  });
});
