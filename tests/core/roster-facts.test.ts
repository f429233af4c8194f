import { describe, expect, it } from 'vitest';
import { RosterFacts } from '../../src/core/roster/facts.ts';
import type { RosterRows } from '../../src/core/roster/view.ts';
import type { LeaveRow } from '../../src/core/rows/index.ts';
import { addDays } from '../../src/core/time.ts';
import { DAY, setUp } from '../support/roster-county.ts';

function factsOf(rows: RosterRows): RosterFacts {
  const facts = new RosterFacts();
  for (const row of rows.unit) facts.take('unit', row);
  for (const row of rows.person) facts.take('person', row);
  for (const row of rows.post) facts.take('post', row);
  for (const row of rows.holding) facts.take('holding', row);
  for (const row of rows.leave) facts.take('leave', row);
  return facts;
}

function leaveOf(personId: string, deputyId: string | null, more: Partial<LeaveRow> = {}): LeaveRow {
  return { id: `of ${personId}`, personId, deputyId, fromDay: DAY, toDay: DAY, saidAt: 1, endedAt: null, ...more };
}

describe('the structure of a roster', () => {
  it('is one for all days on which the same rows hold', () => {
    const facts = factsOf(setUp().rows);
    expect(facts.view(addDays(DAY, 1)).structure).toBe(facts.view(DAY).structure);
    expect(facts.view(addDays(DAY, -300)).structure).toBe(facts.view(DAY).structure);
  });

  it('is another one from the day on which something begins or ends', () => {
    const { rows, unit } = setUp();
    const facts = factsOf(rows);
    const village = rows.unit.find(({ id }) => id === unit('十三号村'));
    if (!village) throw new Error('no such village');
    const before = facts.view(DAY);
    facts.take('unit', { ...village, until: DAY });
    expect(before.unit(village.id)).toBe(village);
    expect(facts.view(DAY).unit(village.id)).toBeUndefined();
    expect(facts.view(addDays(DAY, 5)).structure).toBe(facts.view(DAY).structure);
    const earlier = facts.view(addDays(DAY, -1));
    expect(earlier.unit(village.id)?.name).toBe('十三号村');
    expect(earlier.structure).not.toBe(facts.view(DAY).structure);
    expect(facts.view(addDays(DAY, -9)).structure).toBe(earlier.structure);
  });

  it('stays as it is in a view that is still held when a row changes', () => {
    const { rows, person, unit } = setUp();
    const facts = factsOf(rows);
    const zhou = facts.person(person('周五'));
    if (!zhou) throw new Error('no such person');
    const before = facts.view(DAY);
    facts.take('person', { ...zhou, name: '周六' });
    expect(before.person(zhou.id)?.name).toBe('周五');
    expect(before.posts(unit('大新庄村'))[0]?.holder?.name).toBe('周五');
    expect(facts.view(DAY).posts(unit('大新庄村'))[0]?.holder?.name).toBe('周六');
    expect(facts.rows().person.map(({ id }) => id)).toEqual(rows.person.map(({ id }) => id));
  });
});

describe('a leave', () => {
  it('shows at once in the views there are, and makes none anew', () => {
    const { rows, person, unit } = setUp();
    const facts = factsOf(rows);
    const [zhou, wu] = [person('周五'), person('吴六')];
    const view = facts.view(DAY);
    const leave = leaveOf(zhou, wu);
    facts.take('leave', leave);
    expect(facts.view(DAY)).toBe(view);
    expect(view.awayOn(zhou)).toEqual(leave);
    expect(view.deputizedBy(wu).map((each) => each.unit.id)).toEqual([unit('大新庄村')]);
    expect(facts.view(addDays(DAY, 1)).awayOn(zhou)).toBeNull();
  });

  it('is replaced by a row of its id, also where that names another deputy', () => {
    const { rows, person } = setUp();
    const facts = factsOf(rows);
    const [zhou, wu, sun] = [person('周五'), person('吴六'), person('孙三')];
    facts.take('leave', leaveOf(zhou, wu));
    facts.take('leave', leaveOf(zhou, sun));
    expect(facts.leavesOf(zhou)).toEqual([leaveOf(zhou, sun)]);
    expect(facts.view(DAY).deputizedBy(wu)).toEqual([]);
    expect(facts.view(DAY).deputizedBy(sun)).toHaveLength(1);
    facts.take('leave', leaveOf(zhou, sun, { endedAt: 5 }));
    expect(facts.leavesOf(zhou)).toEqual([]);
    expect(facts.rows().leave).toEqual([leaveOf(zhou, sun, { endedAt: 5 })]);
  });
});
