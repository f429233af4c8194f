/** What the page about playbooks shows must be what happens. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPlaybook } from '../../src/cli/playbook.ts';
import { runRehearse } from '../../src/cli/rehearse.ts';
import { KEYS, type Section } from '../../src/locales/playbook-keys.ts';
import { loadPlaybook, parsePlaybook } from '../../src/playbook-file.ts';
import { runOn } from '../cli/command.ts';
import { tempDatabaseUrl, tempFolder } from '../support/temp-database.ts';
import { keyRows } from './key-rows.ts';

const PAGE = readFileSync(new URL('../../docs/playbooks.zh-CN.md', import.meta.url), 'utf8');

const blocks = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

const [playbook = '', drill = ''] = blocks('yaml');
const [roster = ''] = blocks('csv');
const [checked = '', wrong = '', tried = '', rehearsed = ''] = blocks('text');

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
writeFileSync(at('drowning.yaml'), playbook);
writeFileSync(at('drill.yaml'), drill);
writeFileSync(at('roster.csv'), roster);

describe('the worked example of the page about playbooks', () => {
  it('is a playbook that can be used', () => {
    const { id, forms } = parsePlaybook(playbook, 'drowning.yaml');
    expect([id, Object.keys(forms)]).toEqual(['drowning', ['river']]);
  });

  it('can be used together with the shipped one', async () => {
    const { forms } = await loadPlaybook('epidemic,./drowning.yaml', folder);
    expect([Object.keys(forms)[0], Object.keys(forms).at(-1)]).toEqual(['daily', 'river']);
  });

  it('is described by the check as shown', async () => {
    expect((await runOn(tempDatabaseUrl(), runPlaybook, 'check', at('drowning.yaml'))).out).toBe(checked);
  });

  it('has the error shown when it is written wrongly', () => {
    const broken = playbook.replace('due: "19:00"', 'due: "7点"');
    expect(() => parsePlaybook(broken, 'drowning.yaml')).toThrow(wrong.trim());
  });

  it('reads the line shown as shown, whatever the day', async () => {
    const [, line = ''] = /playbook try "(.*?)"/.exec(PAGE) ?? [];
    const { out } = await runOn(tempDatabaseUrl(), runPlaybook, 'try', line, '--playbook', at('drowning.yaml'));
    expect(out.replace(/\d{4}-\d\d-\d\d/, '2026-07-06')).toBe(tried);
  });

  it('goes in a rehearsal as shown', async () => {
    const { out } = await runOn(tempDatabaseUrl(), runRehearse, at('drill.yaml'));
    expect(out.slice(0, rehearsed.length)).toBe(rehearsed);
    expect(out).toContain('19:30  林东镇');
  });
});

describe('the tables of the page about playbooks', () => {
  it.each(Object.keys(KEYS) as Section[])('have all keys of %s, as editors and errors explain them', (section) => {
    const head = '| 写法 | 是什么 | 例子 | 不写时 |\n| --- | --- | --- | --- |';
    expect(PAGE).toContain(`${[head, ...keyRows(section)].join('\n')}\n`);
  });

  it('have all kinds of fields', () => {
    const kinds = [
      ...readFileSync(new URL('../../src/core/playbook/field.ts', import.meta.url), 'utf8').matchAll(
        /type: z\.literal\('(\w+)'\)/g,
      ),
    ];
    expect(kinds.length).toBeGreaterThan(5);
    for (const [, kind = ''] of kinds) expect(PAGE).toContain(`\n| \`${kind}\` | `);
  });
});
