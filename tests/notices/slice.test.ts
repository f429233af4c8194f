import { describe, expect, it } from 'vitest';
import { County } from '../../src/core/county.ts';
import type { Body } from '../../src/core/notices.ts';
import { sliceList } from '../../src/core/slice/list.ts';
import type { Instant } from '../../src/core/time.ts';
import { type ComposeContext, compose, spokenOf } from '../../src/notices/index.ts';
import { rosterWrites } from '../../src/sample/install.ts';
import { sheetOf } from '../support/roster-office.ts';
import { CENTRES, playbookWithSlice, watched } from '../support/slices.ts';

const playbook = await playbookWithSlice();
const EVENING: Instant = Date.parse('2026-11-23T18:30:00+08:00');

const county = new County();
county.apply(rosterWrites(sheetOf(CENTRES), EVENING, 'stage'));
county.apply([watched(county, EVENING, '福山地村/一网格', '王小二')]);
const view = county.viewAt(EVENING);
const unitId = view.findUnits('林东镇')[0]?.id ?? '';
const personOf = (name: string): string => view.findPersons(name)[0]?.id ?? '';

const of = { sliceId: 'health-centre', unitId, day: '2026-11-23', titles: ['卫生院'] } as const;

function composed(kind: 'slice' | 'sliceFile', who: string, change: Partial<ComposeContext> = {}) {
  const body: Body = { ...of, titles: [...of.titles], kind, personId: personOf(who) };
  return compose(body, {
    county,
    view,
    ...spokenOf(playbook),
    now: EVENING,
    here: null,
    reachable: () => true,
    known: () => true,
    ...change,
  });
}

describe.each(['slice', 'sliceFile'] as const)('a %s', (kind) => {
  it('is for who fills the post', () => {
    expect(composed(kind, '白术')?.attachments.map(({ name }) => name)).toEqual(['林东镇-卫生院名单-2026-11-23.xlsx']);
  });

  it('is for nobody else, of its unit or another', () => {
    for (const who of ['钱二', '冯九', '方芷']) expect(composed(kind, who)).toBeNull();
  });

  it('is said in no group, whatever leads there', () => {
    expect(composed(kind, '白术', { here: unitId })).toBeNull();
  });

  it('is of no use days later', () => {
    const on = (day: string): Partial<ComposeContext> => ({ now: Date.parse(`2026-11-${day}T08:00:00+08:00`) });
    expect(composed(kind, '白术', on('25'))).not.toBeNull();
    expect(composed(kind, '白术', on('26'))).toBeNull();
  });

  it('is nobody’s once the playbook has it no more, or gives it to others', async () => {
    expect(composed(kind, '白术', { slices: new Map() })).toBeNull();
    const other = await playbookWithSlice((text) => text.replace('卫生院]', '派出所]'));
    expect(composed(kind, '白术', spokenOf(other))).toBeNull();
  });
});

describe('the facts of a slice', () => {
  const listOf = (of: string) => {
    const slice = playbook.slices['health-centre'] ?? expect.fail();
    const id = view.findUnits(of)[0]?.id ?? '';
    return sliceList(slice, id, '2026-11-23', { county, ...spokenOf(playbook), now: EVENING });
  };

  it('hold no field that was not declared', () => {
    expect(listOf('林东镇')?.rows.map(({ label, values }) => [label, values])).toEqual([
      ['王小二', { category: '返乡', source: '武汉' }],
    ]);
  });

  it('are none of a unit without entries of its own', () => {
    expect(listOf('隆昌镇')).toBeNull();
  });
});
