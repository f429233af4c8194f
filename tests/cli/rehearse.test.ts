import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRehearse } from '../../src/cli/rehearse.ts';
import { ROSTER } from '../support/rehearsal.ts';
import { tempDatabaseUrl, tempFolder } from '../support/temp-database.ts';
import { runOn } from './command.ts';

const folder = tempFolder();

describe('gridbot rehearse', () => {
  it.each([[[]], [['--yaml', 'day.yaml']], [['day.yaml', 'night.yaml']]])(
    'answers %j with how it is used',
    async (args) => {
      await expect(runOn(tempDatabaseUrl(), runRehearse, ...args)).rejects.toMatchObject({
        name: 'CliError',
        message: 'usage: gridbot rehearse FILE.yaml [--json]',
      });
    },
  );

  it('says in Chinese what is wrong with the roster that a script names', async () => {
    const script = join(folder, 'day.yaml');
    const times = 'start: 2026-11-23T07:00:00+08:00\nend: 2026-11-23T21:00:00+08:00\n';
    writeFileSync(script, `${times}playbook: epidemic\nroster: nowhere.csv\n`);
    await expect(runOn(tempDatabaseUrl(), runRehearse, script)).rejects.toMatchObject({
      name: 'CliError',
      message: `花名册 ${join(folder, 'nowhere.csv')}\n打不开这个文件,请核对文件的位置和名称`,
    });
  });

  describe('with tables of registers', () => {
    /** A script about one household; the files stand beside it. */
    function written(households: string, register = 'household'): string {
      const times = 'start: 2026-11-23T07:00:00+08:00\nend: 2026-11-23T08:00:00+08:00\n';
      const files = `playbook: epidemic\nroster: roster.csv\nregisters: { ${register}: households.csv }\n`;
      const step = 'steps:\n  - { at: "07:10", in: 福山地村, from: 张三, say: "/户 12" }\n';
      const script = join(folder, 'registers.yaml');
      writeFileSync(script, `${times}${files}${step}`);
      writeFileSync(join(folder, 'roster.csv'), ROSTER);
      writeFileSync(join(folder, 'households.csv'), households);
      return script;
    }

    it('plays with what they hold, as if they had been imported', async () => {
      const script = written('村,网格,户号,户主,包户人\n福山地村,一网格,12,张大爷,李四\n');
      const { out } = await runOn(tempDatabaseUrl(), runRehearse, script, '--json');
      const [first = ''] = out.split('\n');
      expect(JSON.parse(first)).toMatchObject({
        chat: '福山地村',
        text: expect.stringMatching(/12户张大爷[\s\S]*李四/),
      });
    });

    it('says what is wrong with one, and plays nothing', async () => {
      const wrong = written('村,网格,户号,户主,包户人\n福山地村,一网格,12,张大爷,李五\n');
      await expect(runOn(tempDatabaseUrl(), runRehearse, wrong)).rejects.toMatchObject({
        name: 'ScriptError',
        message: expect.stringMatching(/^registers\.household: 第 2 行:花名册里没有“李五”/),
      });
      const none = written('村,网格\n', 'houses');
      await expect(runOn(tempDatabaseUrl(), runRehearse, none)).rejects.toThrow(/houses/);
    });
  });
});
