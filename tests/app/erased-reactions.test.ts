/** Nothing follows from an erasure: what it is about was known, and told, long before. */
import { describe, expect, it } from 'vitest';
import { react } from '../../src/app/reactions.ts';
import { rulesByForm } from '../../src/core/alert-rules.ts';
import { County } from '../../src/core/county.ts';
import { NOTHING } from '../../src/core/notices.ts';
import { checkPlaybook } from '../../src/core/playbook/index.ts';
import { type OutboxRow, put, type ReportRow } from '../../src/core/rows/index.ts';
import { startBot } from '../support/bot.ts';
import { DAILY, playbookOf } from '../support/forms.ts';

const ALERTS = checkPlaybook({
  id: 'made',
  name: '测试',
  alerts: { many: { name: '异常多', form: 'daily', field: 'abnormal', in: 'village', atLeast: 5, tell: ['village'] } },
}).alerts;

describe('what is erased', () => {
  it('raises no alert, though its figures would', async () => {
    const playbook = playbookOf({ daily: DAILY });
    const bot = await startBot({ playbook });
    await bot.says('张三', '福山地村', '/日报 9', { at: '10:00' });
    const county = bot.app.county();
    const facts = { rules: rulesByForm(ALERTS), forms: new Map(Object.entries(playbook.forms)) };
    const book = county.book('daily@2026-11-23');
    const row = book?.due(bot.unitId('福山地村/一网格'))?.standing.current as ReportRow;
    expect(react(county, [put('report', row)], bot.clock.now(), facts).notices).toHaveLength(1);
    expect(react(county, [{ table: 'report', op: 'erase', row }], bot.clock.now(), facts)).toBe(NOTHING);
  });

  it('tells nobody again of what was given up, and is forgotten here too', () => {
    const row: OutboxRow = {
      id: 're#1',
      kind: 'answer',
      address: '{"unit":"grid"}',
      body: { kind: 'answer', text: '王小明' },
      priority: 20,
      createdAt: 1,
      notBefore: 1,
      state: 'dead',
      attempts: 0,
      settledAt: 2,
      chat: null,
      platformMessageId: null,
      error: null,
    };
    const county = new County({ outbox: [row] });
    const erased: OutboxRow = { ...row, body: { kind: 'answer', text: '' } };
    county.apply([{ table: 'outbox', op: 'erase', row: erased }]);
    expect(county.tray.givenUp()).toEqual([erased]);
    const facts = { rules: new Map(), forms: new Map() };
    expect(react(county, [{ table: 'outbox', op: 'erase', row: erased }], 3, facts)).toBe(NOTHING);
  });
});
