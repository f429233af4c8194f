import { describe, expect, it } from 'vitest';
import { County } from '../../src/core/county.ts';
import type { Notice } from '../../src/core/notices.ts';
import type { Playbook } from '../../src/core/playbook/index.ts';
import { type EntryRow, put, type Write } from '../../src/core/rows/index.ts';
import { slices } from '../../src/jobs/slices.ts';
import { rosterWrites } from '../../src/sample/install.ts';
import { sheetOf } from '../support/roster-office.ts';
import { CENTRES, playbookWithSlice, watched } from '../support/slices.ts';
import { type At, factsAt, shanghai, take } from './facts.ts';

const playbook = await playbookWithSlice();
const MORNING = '2026-11-23T07:00';

interface Given {
  playbook?: Playbook;
  roster?: string;
  /** Of whom in which unit; by default one in each township. */
  entries?: readonly (readonly [path: string, name: string, more?: Partial<EntryRow>])[];
  without?: (write: Write, county: County) => boolean;
}

const ONE_EACH = [
  ['福山地村/一网格', '王小二'],
  ['大新庄村/一网格', '刘大'],
] as const;

/** A county in which the slice is known since the morning. */
function known({ playbook: given = playbook, roster = CENTRES, entries = ONE_EACH, without }: Given = {}): At {
  const at = shanghai(MORNING);
  const county = new County();
  for (const write of rosterWrites(sheetOf(roster), at, 'stage')) {
    if (!without?.(write, county)) county.apply([write]);
  }
  county.apply(entries.map(([path, name, more]) => watched(county, at, path, name, more)));
  const facts = factsAt(county, given);
  expect(take(slices, facts(MORNING)).notices).toEqual([]);
  return facts;
}

/** Who is told what of which unit: `slice 林东镇 → 白术`. */
function told(notices: readonly Notice[], { county, now }: ReturnType<At>): string[] {
  const view = county.viewAt(now);
  return notices.map(({ to, body }) => {
    const unit = 'unitId' in body ? view.unit(body.unitId)?.name : '?';
    const whom = 'person' in to ? view.person(to.person)?.name : 'unit' in to ? `${view.unit(to.unit)?.name}群` : '?';
    return `${body.kind} ${unit} → ${whom}`;
  });
}

function toldAt(at: At, time = '2026-11-23T18:30'): string[] {
  const facts = at(time);
  return told(take(slices, facts).notices, facts);
}

const outcomeOn = (at: At, day: string): string | null => at(MORNING).county.meta(`slice:health-centre@${day}`) ?? null;

const hasAccount = (name: string) => (write: Write, county: County) =>
  write.table === 'account' && county.viewAt(shanghai(MORNING)).person(write.row.personId)?.name === name;

describe('slices', () => {
  it('go to the department of each township at their moment, once', () => {
    const at = known();
    expect(toldAt(at, '2026-11-23T18:29:59')).toEqual([]);
    expect(toldAt(at)).toEqual(['slice 林东镇 → 白术', 'slice 隆昌镇 → 方芷']);
    expect(slices.decide(at('2026-11-23T18:30'))).toEqual({ writes: [], notices: [] });
    expect(slices.decide(at('2026-11-23T19:00'))).toEqual({ writes: [], notices: [] });
    expect(toldAt(at, '2026-11-24T18:30')).toHaveLength(2);
  });

  it('name the next moment, one that is overdue included', () => {
    const at = known();
    expect(slices.nextDue(at(MORNING))).toBe(shanghai('2026-11-23T18:30'));
    expect(slices.nextDue(at('2026-11-23T20:00'))).toBe(shanghai('2026-11-23T18:30'));
    toldAt(at, '2026-11-23T20:00');
    expect(slices.nextDue(at('2026-11-23T20:00'))).toBe(shanghai('2026-11-24T18:30'));
  });

  it('are none of a county without a roster, nor of a playbook without any', async () => {
    const at = factsAt(new County(), playbook);
    expect(slices.nextDue(at(MORNING))).toBeNull();
    expect(slices.decide(at(MORNING))).toEqual({ writes: [], notices: [] });
    const none = { ...playbook, slices: {} };
    expect(slices.nextDue(known({ playbook: none })(MORNING))).toBeNull();
  });

  it('are sent when exactly an hour late, and recorded as skipped a millisecond later', () => {
    const onEdge = known();
    expect(toldAt(onEdge, '2026-11-23T19:30')).toHaveLength(2);
    expect(outcomeOn(onEdge, '2026-11-23')).toBe('fired');
    const beyond = known();
    expect(toldAt(beyond, '2026-11-23T19:30:00.001')).toEqual([]);
    expect(outcomeOn(beyond, '2026-11-23')).toBe('skipped');
  });

  it('of every day that was slept through are recorded, and none is sent', () => {
    const at = known();
    expect(toldAt(at, '2026-11-26T12:00')).toEqual([]);
    expect(['23', '24', '25', '26'].map((day) => outcomeOn(at, `2026-11-${day}`))).toEqual([
      'skipped',
      'skipped',
      'skipped',
      null,
    ]);
  });

  it('never fell due before they were declared', () => {
    const at = known();
    expect(outcomeOn(at, '2026-11-22')).toBeNull();
    const late = factsAt(at(MORNING).county, {
      ...playbook,
      slices: { ...playbook.slices, other: playbook.slices['health-centre'] ?? expect.fail() },
    });
    const ids = slices.decide(late('2026-11-23T18:40')).notices.map(({ body }) => 'sliceId' in body && body.sliceId);
    expect(ids).toEqual(['health-centre', 'health-centre']);
  });

  it('are of no unit without anybody who is looked after that day', () => {
    const ended = { until: '2026-11-23' } as const;
    const erased = { erasedAt: shanghai('2026-11-22T00:00'), name: '' };
    const later = { since: '2026-11-24' } as const;
    for (const more of [ended, erased, later]) {
      const at = known({ entries: [ONE_EACH[0], ['大新庄村/一网格', '刘大', more]] });
      expect(toldAt(at)).toEqual(['slice 林东镇 → 白术']);
    }
  });

  it('are of the entries alone that the form is about', async () => {
    const narrow = structuredClone(playbook);
    const form = narrow.forms.temperature ?? expect.fail();
    form.subject = { register: 'watched', where: { category: ['密接'] } };
    const at = known({
      playbook: narrow,
      entries: [ONE_EACH[0], ['大新庄村/一网格', '刘大', { values: { category: '密接' } }]],
    });
    expect(toldAt(at)).toEqual(['slice 隆昌镇 → 方芷']);
  });
});

describe('a post to whose holder a slice goes', () => {
  it('is told of in the group of its unit while it is vacant', () => {
    const at = known({ roster: CENTRES.replace('卫生院防疫员,白术', '卫生院防疫员,') });
    expect(toldAt(at)).toEqual(['sliceUndelivered 林东镇 → 林东镇群', 'slice 隆昌镇 → 方芷']);
  });

  it('is told of as well where there is none, and where its holder has claimed nothing', () => {
    const none = known({ roster: CENTRES.replace('卫生院防疫员', '防疫员') });
    const unclaimed = known({ without: hasAccount('白术') });
    for (const at of [none, unclaimed]) expect(toldAt(at)[0]).toBe('sliceUndelivered 林东镇 → 林东镇群');
  });

  it('is one of several: each holder gets it once, whatever words mean them', async () => {
    const at = known({
      playbook: await playbookWithSlice((text) => text.replace('[卫生院]', '[卫生院, 防疫, 派出所]')),
      roster: CENTRES.replace('干事,冯九', '卫生院副院长,冯九'),
    });
    const facts = at('2026-11-23T18:30');
    const { notices } = take(slices, facts);
    expect(told(notices, facts).slice(0, 3)).toEqual([
      'slice 林东镇 → 白术',
      'slice 林东镇 → 冯九',
      'sliceUndelivered 林东镇 → 林东镇群',
    ]);
    expect(notices.slice(0, 3).map(({ body }) => 'titles' in body && body.titles)).toEqual([
      ['卫生院', '防疫'],
      ['卫生院'],
      ['派出所'],
    ]);
  });

  it('is filled by the deputy while its holder is on leave, and by nobody where none was named', () => {
    for (const [deputy, expected] of [
      ['冯九', 'slice 林东镇 → 冯九'],
      [null, 'sliceUndelivered 林东镇 → 林东镇群'],
    ] as const) {
      const at = known();
      const { county } = at(MORNING);
      const idOf = (name: string): string => county.viewAt(shanghai(MORNING)).findPersons(name)[0]?.id ?? '?';
      const leave = {
        id: 'leave',
        personId: idOf('白术'),
        deputyId: deputy && idOf(deputy),
        fromDay: '2026-11-23',
        toDay: '2026-11-24',
        saidAt: shanghai(MORNING),
        endedAt: null,
      } as const;
      county.apply([put('leave', leave)]);
      expect(toldAt(at)[0]).toBe(expected);
    }
  });
});
