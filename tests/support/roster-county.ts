import { type RosterRows, RosterView } from '../../src/core/roster/view.ts';
import type { LeaveRow, PersonId, UnitId } from '../../src/core/rows/index.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { imported, noRows, planOf } from './roster.ts';

/** The day on which leaves lie unless they say otherwise. */
export const DAY = '2026-11-21';

const ROSTER = [
  '巴林左旗,,,,书记,赵一,',
  '巴林左旗,林东镇,,,书记,钱二,',
  '巴林左旗,林东镇,,,副书记,钱副,',
  '巴林左旗,林东镇,福山地村,,主任,孙主,',
  '巴林左旗,林东镇,福山地村,,书记,孙三,',
  '巴林左旗,林东镇,福山地村,,副书记,孙副,',
  '巴林左旗,林东镇,福山地村,,文书,孙文,',
  '巴林左旗,林东镇,福山地村,一网格,网格长,张三,13800000001',
  '巴林左旗,林东镇,福山地村,二网格,网格长,李四,13800000002',
  '巴林左旗,林东镇,福山地村,二网格,副网格长,李副,',
  '巴林左旗,林东镇,福山地村,三网格,网格长,,',
  '巴林左旗,林东镇,福山地村,三网格,网格员,王员,',
  '巴林左旗,林东镇,大新庄村,,书记,周五,',
  '巴林左旗,林东镇,大新庄村,一网格,网格长,张三,13800000003',
  '巴林左旗,林东镇,大新庄村,四网格,网格长,吴六,',
  '巴林左旗,碧流台镇,,,书记,,',
  '巴林左旗,碧流台镇,十三号村,,书记,,',
  '巴林左旗,碧流台镇,十三号村,一网格,网格长,,',
  '巴林左旗,碧流台镇,十三号村,一网格,网格员,郑七,',
];

/** A small county with a vacant corner; `leaves` by the label of who is away. Helpers take names that are unique. */
export function setUp(
  leaves: Partial<Record<string, Partial<LeaveRow> & { deputy?: string }>> = {},
  day: CivilDate = DAY,
) {
  const rows: RosterRows = imported(noRows(), planOf(...ROSTER), '2026-01-01');
  const plain = RosterView.on(DAY, rows);
  const person = (name: string): PersonId => {
    const [found, ...others] = plain.findPersons(name);
    if (found === undefined || others.length > 0) throw new Error(`${name} names ${others.length} people`);
    return found.id;
  };
  const unit = (name: string): UnitId => {
    const [found, ...others] = plain.findUnits(name);
    if (found === undefined || others.length > 0) throw new Error(`${name} names ${others.length} units`);
    return found.id;
  };
  rows.leave = Object.entries(leaves).map(([name, leave], at) => ({
    id: `leave${at}`,
    personId: person(name),
    deputyId: leave?.deputy === undefined ? null : person(leave.deputy),
    fromDay: leave?.fromDay ?? DAY,
    toDay: leave?.toDay ?? DAY,
    saidAt: leave?.saidAt ?? at,
    endedAt: leave?.endedAt ?? null,
  }));
  const view = RosterView.on(day, rows);
  const acts = (name: string, reachable?: (id: PersonId) => boolean) => {
    const { personIds, unitId, via } = view.whoActs(unit(name), reachable);
    return { who: personIds.map((id) => view.personLabel(id)), at: view.path(unitId), via };
  };
  return { rows, view, person, unit, acts };
}
