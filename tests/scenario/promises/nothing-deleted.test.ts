import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';

const VERSIONS =
  'SELECT kind, "values", person_id, via, sent_at, message, note FROM report ORDER BY received_at, rowid';

describe('promise 6: nothing is deleted', () => {
  it('keeps every version of a report with who said it, when and in which message', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 2 返乡1', { at: '10:00', id: 'a' });
    await bot.says('张三', '福山地村', '/更正 3', { at: '10:05', id: 'b' });
    await bot.says('张三', '福山地村', '/撤回', { at: '10:10', id: 'c' });
    await bot.says('孙三', '福山地村', '/代报 一网格 0 手机坏了', { at: '10:15', id: 'd' });
    const group = bot.unitId('福山地村');
    const [leader, secretary] = [bot.personId('张三'), bot.personId('孙三')];
    const found = (await bot.rows(VERSIONS)).map(([kind, values, who, via, sentAt, message, note]) => ({
      kind,
      values: JSON.parse(String(values)),
      who,
      via,
      at: Date.parse(String(sentAt)),
      message,
      note,
    }));
    const version = (
      kind: string,
      values: object,
      who: string,
      via: string,
      at: string,
      id: string,
      note: unknown,
    ) => ({
      kind,
      values,
      who,
      via,
      at: bot.moment(at),
      message: `stage:${group}:${id}`,
      note,
    });
    expect(found).toEqual([
      version('report', { abnormal: 2, returned: 1 }, leader, 'self', '10:00', 'a', null),
      version('report', { abnormal: 3 }, leader, 'self', '10:05', 'b', null),
      version('withdrawal', {}, leader, 'self', '10:10', 'c', null),
      version('report', { abnormal: 0 }, secretary, 'behalf', '10:15', 'd', '手机坏了'),
    ]);
  });

  it('ends a leave and a binding instead of taking them away', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/请假 今天 李四代', { at: '10:00' });
    await bot.says('张三', '福山地村', '/销假', { at: '11:00' });
    await bot.says('孙三', 'another group', '/绑定 福山地村', { at: '12:00' });
    expect(await bot.rows('SELECT count(*), count(ended_at) FROM leave')).toEqual([[1, 1]]);
    const bindings = await bot.rows(
      `SELECT count(*), count(released_at) FROM binding WHERE unit_id = '${bot.unitId('福山地村')}'`,
    );
    expect(bindings).toEqual([[2, 1]]);
  });

  it('keeps the exemption that a report has lifted', async () => {
    const bot = await startBot();
    await bot.says('孙三', '福山地村', '/免报 二网格 今天 整组搬迁', { at: '10:00' });
    await bot.says('李四', '福山地村', '/日报 0', { at: '11:00' });
    expect(await bot.rows('SELECT reason FROM exemption')).toEqual([['整组搬迁']]);
  });

  it('has no statement in the store that deletes a row', () => {
    const folder = fileURLToPath(new URL('../../../src/store/', import.meta.url));
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(5);
    const deleting = sources.filter((name) => {
      const code = readFileSync(join(folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return /\bDELETE\s+FROM\b|\bREPLACE\s+INTO\b|\bTRUNCATE\s+TABLE\b|\.delete(?:Many)?\(\{/i.test(code);
    });
    expect(deleting).toEqual([]);
  });
});
