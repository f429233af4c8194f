import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SentLine } from '../../../src/cli/rehearse.ts';
import { ROSTER } from '../../support/rehearsal.ts';

/** One line of the output: a message, or the summary at the end. */
type Printed = SentLine & { summary?: unknown };

const root = join(import.meta.dirname, '../../..');

/** A script of one evening, with comments and spelling as the contract shows them. */
const SCRIPT = `start: 2026-11-23T17:40:00+08:00
end: 2026-11-23T18:40:00+08:00
playbook: ${join(root, 'playbooks/epidemic.yaml')}   # an id under playbooks/ or a path
roster: rosters/roster.csv          # relative to this file
steps:
  - { at: "17:50", in: 福山地村, from: 张三, say: "/日报 0" }
  - { at: "17:51", direct: true, from: 李四, say: "/帮助" }
  - { at: "17:52", redeliver: 1 }
  - { at: "17:53", fault: restart }
  - { at: "17:54", fault: kill }
  - { at: "18:05", fault: { offline: 5m } }
  - { at: "18:20", fault: { sendFails: 5m } }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridbot-contract-'));
  await mkdir(join(folder, 'rosters'));
  await writeFile(join(folder, 'rosters/roster.csv'), encode(ROSTER, 'gb18030'));
  await writeFile(join(folder, 'day.yaml'), SCRIPT);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The output of the command as its lines. */
async function rehearse(...args: string[]): Promise<string[]> {
  const words = ['run', '-s', 'gridbot', '--', 'rehearse', ...args];
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile('npm', words, { cwd: root }, (error, output) => (error ? reject(error) : resolve(output)));
  });
  return stdout.trimEnd().split('\n');
}

describe('gridbot rehearse --json', () => {
  it('prints one object per message and the summary last, and nothing else, from a playbook by path and a roster in GB18030', async () => {
    const lines = (await rehearse(join(folder, 'day.yaml'), '--json')).map((line) => JSON.parse(line) as Printed);
    const last = lines.pop();
    expect(Object.keys(last ?? {})).toEqual(['summary']);
    expect(last?.summary).toMatchObject({
      forms: { daily: { '2026-11-23': { expected: 4, reported: 1, late: 0, exempt: 0, missing: 3 } } },
      undelivered: 0,
    });
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(['at', 'chat', 'to', 'text', 'mentions', 'attachments']);
      expect(line.at).toMatch(/^2026-11-23T1[78]:\d\d:\d\d\+08:00$/);
      expect((line.chat === null) !== (line.to === null)).toBe(true);
    }
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort());
    expect(lines.find(({ to }) => to === '李四')).toMatchObject({ chat: null, mentions: [] });
    expect(lines.filter(({ chat, attachments }) => chat === '林东镇' && attachments.length > 0)).toHaveLength(1);
  });
});
