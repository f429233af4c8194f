/** A register over the small county, filled from tables. */
import type { Register } from '../../src/core/playbook/index.ts';
import { register as registerShape } from '../../src/core/playbook/register.ts';
import { Entries } from '../../src/core/register/entries.ts';
import { planRegister, type RegisterChange, type RegisterTarget } from '../../src/core/register/table/plan.ts';
import type { RosterView } from '../../src/core/roster/view.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { counter } from './roster.ts';
import { setUp } from './roster-county.ts';
import { rowsOf } from './roster-office.ts';

const made = (spec: Record<string, unknown>): Register => registerShape.parse(spec);

export const HOUSEHOLD: RegisterTarget = {
  id: 'household',
  register: made({
    name: '户台账',
    aliases: ['户'],
    numbered: true,
    measure: '户',
    fields: {
      address: { name: '地址', aliases: ['住址'], type: 'text' },
      members: { name: '人口', type: 'count', measures: ['人', '口'] },
      kind: { name: '户别', type: 'choice', options: ['常住', { name: '空挂', words: ['空户'] }] },
      smoke: { name: '禁烧书', type: 'yesno' },
      income: { name: '收入', type: 'number', min: -10, max: 99, decimals: 1 },
      signed: { name: '签约', type: 'date' },
      tags: { name: '标签', type: 'text', rest: true },
    },
    cover: { name: '包户人', aliases: ['包户'] },
  }),
};

export const WATCHED: RegisterTarget = {
  id: 'watched',
  register: made({
    name: '重点人员',
    aliases: ['查人'],
    measure: '人',
    lasts: '14d',
    fields: { category: { name: '类别', type: 'choice', required: true, options: ['返乡', '密接'] } },
    cover: { name: '责任人', aliases: ['负责'] },
  }),
};

/** The registers of a county over some days; helpers take the names of `setUp`. */
export function registerCounty(target: RegisterTarget = HOUSEHOLD, leaves: Parameters<typeof setUp>[0] = {}) {
  const county = setUp(leaves);
  const entries = new Entries();
  const newId = counter('e');
  const plan = (csv: string, effective: CivilDate = county.view.day, view: RosterView = county.view) =>
    planRegister(
      rowsOf(csv),
      target,
      { entries, view },
      { effective, now: Date.parse(`${effective}T09:00:00+08:00`), newId, token: newId() },
    );
  const take = ({ writes }: RegisterChange): void => {
    for (const { table, row } of writes) {
      if (table === 'entry') entries.take(row);
      else if (table === 'entryEvent') entries.takeEvent(row);
      else throw new Error(`an import must not write to ${table}`);
    }
  };
  /** Imports a table that must be good. */
  const imported = (csv: string, effective?: CivilDate): RegisterChange => {
    const result = plan(csv, effective);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    take(result.change);
    return result.change;
  };
  /** What a unit holds that has not ended: `1 张大爷`. */
  const held = (unit: string): string[] =>
    entries
      .inUnit(target.id, county.unit(unit))
      .filter(({ until }) => until === null || until > county.view.day)
      .map(({ number, name }) => [number, name].filter(Boolean).join(' '));
  return { ...county, target, entries, plan, imported, held };
}
