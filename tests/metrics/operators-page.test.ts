/** The operators' page must name every figure there is, and none that is not. */
import { readFileSync } from 'node:fs';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { processRegistry } from '../../src/metrics/process.ts';
import { readExposition } from './exposition.ts';
import { meteredBot } from './metered-bot.ts';

const PAGE = readFileSync(new URL('../../docs/operators.zh-CN.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

const LABELS = /^\| `(\w+)(?:\{([\w,]+)\})?` \|/gm;

async function shown() {
  const { read } = await meteredBot({ accounts: [{ account: 'a', state: 'connected', since: 0, problem: null }] });
  const processes = readExposition(await Registry.merge([processRegistry()]).metrics());
  const own = await read();
  return { own, names: new Set([...own.types.keys(), ...processes.types.keys()]) };
}

describe('the page for operators', () => {
  it('explains every figure of the bot, and each with its labels', async () => {
    const { own } = await shown();
    const explained = new Map([...PAGE.matchAll(LABELS)].map(([, name = '', labels = '']) => [name, labels]));
    for (const [name, type] of own.types) {
      expect([...explained.keys()]).toContain(name);
      const [sample] = own.samples.filter((each) => each.name === name);
      const labels = type === 'histogram' ? [] : Object.keys(sample?.labels ?? {});
      expect([name, explained.get(name)]).toEqual([name, labels.join(',')]);
    }
  });

  it('names no figure that does not exist', async () => {
    const { names } = await shown();
    const named = [...PAGE.matchAll(/\b(?:gridbot|process|nodejs)_\w*\w/g)].map(([name]) => name);
    const unknown = named.filter((name) => !names.has(name) && !['process_', 'nodejs_'].includes(name));
    expect(unknown).toEqual([]);
  });

  it('shows examples that can be read', () => {
    const [scrape, alerts] = blocks('yaml').map((text) => parseYaml(text) as Record<string, unknown>);
    expect(scrape).toMatchObject({ scrape_configs: [{ job_name: 'gridbot' }] });
    const rules = (alerts as { groups: { rules: { alert: string; expr: string }[] }[] }).groups[0]?.rules ?? [];
    expect(rules.map(({ alert }) => alert)).toEqual([
      'GridbotNotWorking',
      'GridbotPlatformDown',
      'GridbotNothingLeaves',
    ]);
    for (const text of blocks('json')) expect(JSON.parse(text)).toMatchObject({ status: 'ok', failed: [] });
  });
});
