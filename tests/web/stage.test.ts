import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { ConsoleAdapter } from '../../src/bots/console.ts';
import { SteppedClock } from '../../src/clock.ts';
import { County } from '../../src/core/county.ts';
import type { Playbook } from '../../src/core/playbook/index.ts';
import { openGroups } from '../../src/main/console-groups.ts';
import { rosterWrites } from '../../src/sample/install.ts';
import { type Stage, setStage } from '../../src/web/stage.ts';
import { shanghai } from '../jobs/facts.ts';
import { DAILY, playbookOf, SESSIONS, TEMPERATURE, unitForm, WATCHED } from '../support/forms.ts';
import { ROSTER } from '../support/rehearsal.ts';

function stageOf(playbook: Playbook): Stage {
  const now = shanghai('2026-11-23T08:00');
  const county = new County();
  county.apply(rosterWrites(parseCsv(ROSTER, { relax_column_count: true }), now, 'console'));
  const adapter = new ConsoleAdapter({ clock: new SteppedClock(now), botName: '网格助手' });
  openGroups(county, adapter, now);
  return setStage({ adapter, county, playbook, village: '福山地村', now });
}

const DUE = [
  { at: 'due-60m', do: 'remind', in: 'village' },
  { at: 'due', do: 'table', in: 'village' },
];

describe('the stage of a county with several forms', () => {
  it('tells of each form what comes by itself at a time of day, the main one first', () => {
    const stage = stageOf(
      playbookOf({
        daily: { ...DAILY, ladder: DUE },
        water: unitForm('水情', { due: '20:00', ladder: DUE }),
        // Several a day have no one time.
        gate: unitForm('卡口', { every: SESSIONS, ladder: DUE }),
      }),
    );
    const village = stage.groups.find(({ level }) => level === 'village');
    expect(village?.note).toBe('17:00 提醒 · 18:00 汇总 · 19:00 水情提醒 · 20:00 水情汇总');
  });

  it('offers lines of the main form that can be read, whatever its fields are', () => {
    const reading = { name: '水位', type: 'number', min: 0, max: 40, usual: 3.5, required: true };
    const water = stageOf(playbookOf({ water: unitForm('水情', { fields: { reading } }), daily: DAILY }));
    const leader = water.people.find(({ name }) => name === '张三');
    expect(leader?.lines.slice(0, 1)).toEqual(['/水情 水位3.5']);
    expect(water.people.at(-1)?.lines[0]).toBe('/水情 水位3.5');
    const entries = stageOf(playbookOf({ temperature: TEMPERATURE }, { watched: WATCHED }));
    expect(entries.people.find(({ name }) => name === '张三')?.lines[0]).toBe('/体温 张三 36.5');
  });
});
