/** Plays a day against the real app, store and outbox, and tells what every chat heard. */
import { lineOf, type SentLine } from '../../src/cli/rehearse.ts';
import { loadPlaybook, parsePlaybook } from '../../src/playbook-file.ts';
import { rehearse } from '../../src/rehearse/play.ts';
import { parseScript } from '../../src/rehearse/script.ts';
import type { Summary } from '../../src/rehearse/summary.ts';
import { rowsOf, sheetOf } from './roster-office.ts';

export interface Played {
  heard: SentLine[];
  summary: Summary;
  /** What one group heard, in order. */
  inGroup: (unit: string) => SentLine[];
  /** What one person heard in private, in order. */
  inPrivate: (person: string) => SentLine[];
}

/** Two villages of one township; 福山地村 has three grids, the third of them without a leader. */
export const ROSTER = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,张三,13800000001
巴林左旗,林东镇,福山地村,二网格,网格长,李四,
巴林左旗,林东镇,福山地村,三网格,网格长,,
巴林左旗,林东镇,大新庄村,,书记,周五,
巴林左旗,林东镇,大新庄村,一网格,网格长,吴六,
`;

export interface Day {
  /** Lines of the script's `steps`, without the leading dash. */
  steps?: readonly string[];
  start?: string;
  end?: string;
  roster?: string;
  /** A playbook's YAML in place of the shipped one. */
  playbook?: string;
  /** Register id → its table as CSV. */
  registers?: Readonly<Record<string, string>>;
}

/** Plays the steps; by default the whole working day of 2026-11-23 over {@link ROSTER}. */
export async function play({
  steps = [],
  start = '2026-11-23T07:00:00+08:00',
  end = '2026-11-23T21:00:00+08:00',
  roster = ROSTER,
  playbook,
  registers = {},
}: Day): Promise<Played> {
  const yaml = [
    `start: ${start}`,
    `end: ${end}`,
    'playbook: epidemic',
    'roster: roster.csv',
    steps.length > 0 ? 'steps:' : 'steps: []',
    ...steps.map((step) => `  - ${step}`),
  ].join('\n');
  const heard: SentLine[] = [];
  const summary = await rehearse({
    script: parseScript(yaml),
    playbook: playbook === undefined ? await loadPlaybook('epidemic') : parsePlaybook(playbook, 'test.yaml'),
    roster: sheetOf(roster),
    registers: Object.fromEntries(Object.entries(registers).map(([id, csv]) => [id, rowsOf(csv)])),
    onAccepted: (accepted, view) => heard.push(lineOf(accepted, view)),
    log: () => undefined,
  });
  return {
    heard,
    summary,
    inGroup: (unit) => heard.filter((line) => line.chat === unit),
    inPrivate: (person) => heard.filter((line) => line.to === person),
  };
}
