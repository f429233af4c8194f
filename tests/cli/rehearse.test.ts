import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRehearse } from '../../src/cli/rehearse.ts';
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
});
