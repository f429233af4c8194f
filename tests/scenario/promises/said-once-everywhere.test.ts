/** What was said once, in forms of every kind of subject: entries of a register, forms nobody owes, practices as shipped. */
import { describe, expect, it } from 'vitest';
import { checkPlaybook, together, type Values } from '../../../src/core/playbook/index.ts';
import { loadPlaybook } from '../../../src/playbook-file.ts';
import { type Bot, startBot } from '../../support/bot.ts';
import { dailyForm, HAZARDS, playbookOf } from '../../support/overlapping-forms.ts';

/** What counts of each subject in a form's period of a day. */
function valuesOf(bot: Bot, form: string, day = '2026-11-23'): Values[] {
  const book = bot.app.county().book(`${form}@${day}`);
  const standing = [...(book?.units() ?? [])].map(({ id }) => book?.due(id)?.standing.current?.values);
  return standing.filter((values) => values !== undefined);
}

describe('entries of a register', () => {
  const temperature = { type: 'number', min: 34, max: 43, figure: 'temperature', required: true };
  const subject = { register: 'watched' };
  const playbook = together([
    checkPlaybook({
      id: 'watch',
      name: '观察',
      figures: { temperature: { name: '体温' } },
      registers: { watched: { name: '观察对象', aliases: ['查观察'], add: { aliases: ['登记'] } } },
      forms: {
        heat: dailyForm('体温', { degrees: { name: '度数', bare: true, ...temperature } }, { subject }),
        clinic: dailyForm('卫生日报', { measured: { name: '测温', ...temperature } }, { subject }),
      },
    }),
  ]);

  it('are asked once each, and the answer says what was filled and what is owed again', async () => {
    const bot = await startBot({ playbook });
    await bot.says('张三', '福山地村', '/登记 王小明', { at: '00:10' });
    await bot.says('张三', '福山地村', '/登记 陈小红');
    const said = await bot.says('张三', '福山地村', '/体温 王小明 36.5 陈小红 36.7', { at: '+1d 08:00' });
    expect(said).toEqual([expect.stringMatching(/^✅ .*体温已收.*,同时填好:卫生日报$/)]);
    expect(valuesOf(bot, 'clinic', '2026-11-24')).toEqual([{ measured: 36.5 }, { measured: 36.7 }]);
    expect(await bot.says('张三', '福山地村', '/撤回 体温 王小明')).toEqual([
      expect.stringMatching(/体温已撤回.*,还要另报:卫生日报$/),
    ]);
  });
});

describe('a form nobody owes', () => {
  it('fills those that are owed, also with the report that opens it', async () => {
    const forms = {
      noted: dailyForm('随手报', { hazards: { ...HAZARDS, required: true, bare: true } }, { owed: false }),
      safety: dailyForm('安监日报', { risks: { ...HAZARDS, required: true, bare: true } }),
    };
    const bot = await startBot({ playbook: playbookOf(forms) });
    expect(await bot.says('张三', '福山地村', '/随手报 2', { at: '09:00' })).toEqual([
      expect.stringMatching(/随手报已收.*,同时填好:安监日报$/),
    ]);
    expect(valuesOf(bot, 'safety')).toEqual([{ risks: 2 }]);
  });
});

describe('practices as they are shipped', () => {
  it('ask for the patrols of a day once', async () => {
    const bot = await startBot({ playbook: await loadPlaybook('flood,forest-fire') });
    const { forms } = bot.playbook;
    const [flood, fire] = ['flood-daily', 'fire-daily'].map((id) => forms[id]?.name ?? '');
    expect(await bot.says('张三', '福山地村', `/${flood} 巡查3 隐患1`, { at: '09:00' })).toEqual([
      expect.stringMatching(new RegExp(`,同时填好:${fire}$`)),
    ]);
    expect(valuesOf(bot, 'fire-daily')).toEqual([{ patrols: 3, hazards: 1 }]);
  });
});
