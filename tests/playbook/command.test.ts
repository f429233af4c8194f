import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runPlaybook } from '../../src/cli/playbook.ts';
import { runOn } from '../cli/command.ts';
import { tempFolder } from '../support/temp-database.ts';

const KINDS = fileURLToPath(new URL('every-kind.yaml', import.meta.url));

const say = async (...args: string[]): Promise<string> => {
  const ran = await runOn('file:unused', runPlaybook, ...args);
  expect([ran.code, ran.err]).toEqual([0, '']);
  return ran.out;
};

/** A playbook of one form that shares nothing with the one of all kinds. */
const FIRE = join(tempFolder(), 'fire.yaml');
writeFileSync(
  FIRE,
  `id: fire
name: 防火
forms:
  fire-daily:
    name: 防火日报
    subject: grid
    every: day
    fields: { hazards: { name: 隐患, type: count, required: true, bare: true } }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
`,
);

describe('gridbot playbook', () => {
  it.each([
    [[]],
    [['check']],
    [['tell', 'epidemic']],
    [['show', '--json', 'epidemic']],
    [['try']],
    [['try', '/日报', '0']],
  ])('answers %j with how it is used', async (args) => {
    await expect(runOn('file:unused', runPlaybook, ...args)).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringMatching(/^usage: gridbot playbook check ID\|FILE/),
    });
  });

  it('rejects with the problems of a playbook that cannot be used', async () => {
    await expect(runOn('file:unused', runPlaybook, 'check', 'epidemic', 'nothing')).rejects.toMatchObject({
      name: 'PlaybookError',
      message: expect.stringContaining('没有叫「nothing」的预案'),
    });
  });
});

describe('gridbot playbook check', () => {
  it('tells of each form who owes it, how often, until when, and the ladder in words', async () => {
    const said = await say('check', 'epidemic');
    expect(said).toMatch(/\n没有问题,可以用。\n$/);
    expect(said).toContain(`预案 疫情防控(epidemic)
日报(daily)
  谁报:每个网格都要报
  多久:每天一次
  时间:00:00 起可报,18:00 截止,次日 12:00 锁定
  到点做的事:
    17:00 在村群提醒还没报的
    17:45 在村群提醒还没报的
    18:00 在村群发汇总表
    18:30 在乡镇群发汇总表
    19:30 在县群发汇总表
`);
  });

  it('tells of several playbooks as they are taken together', async () => {
    const said = await say('check', FIRE, KINDS);
    expect(said).toContain('预案 防火、样样都有(fire+kinds)\n防火日报(fire-daily)\n');
    expect(said).toContain('\n巡查(round)\n');
  });

  it.each([
    '谁报:每个网格都要报,由消防员报\n  多久:每 30 分钟一次\n  时间:一开始 起可报,开始后 20 分钟 截止,开始后 1 小时 锁定',
    '截止前 5 分钟 在网格群提醒还没报的\n    截止时 在村群发汇总表\n    截止后 1 小时 在乡镇群发汇总表',
    '谁报:重点人里等级是红或黄的每人都要报\n  多久:每天 2 次(早、晚)',
    '时间:早:06:00 起可报,09:00 截止,12:00 锁定;晚:17:00 起可报,20:00 截止,23:00 锁定',
    '只在“应急响应”是红色时才要报',
    '多久:按等级:红每天、黄每周',
    '多久:登记后第 1、7 天各一次\n  时间:00:00 起可报,18:00 截止,第 3 天 12:00 锁定',
    '多久:登记后每隔 3 天一次',
    '谁报:每个村都要报\n  多久:每周一次\n  时间:周一 00:00 起可报,周五 18:00 截止,下周一 12:00 锁定\n  到点做的事:\n    周五 09:00 在乡镇群提醒还没报的',
    '多久:每月一次\n  时间:1 日 00:00 起可报,5 日 18:00 截止',
    '谁报:哪个网格有情况哪个报',
    '多久:不定期,由上级发起一轮',
    '多久:每个工作日一次',
    '到点不提醒,也不自动汇总',
  ])('has words for %j', async (words) => {
    expect(await say('check', KINDS)).toContain(words);
  });
});

describe('gridbot playbook show', () => {
  it.each([
    '【登记册】\n重点人(watched)\n  登记在网格,按人数,每条有编号\n  查一条:/重点人\n  登记:/登记(网格、村可以)\n  去掉:/解除(村可以)\n  包户人:/包户(村、乡镇可以)\n  登记后第 14 天自己结束\n',
    '等级:红 / 黄(黄色),必填',
    '住处:户,上级只看到姓',
    '体温:34 到 43度,小数 1 位,必填,上级看最大的',
    '外出:数(0 到 99999 的整数),和别的表的“外出”是同一个数',
    '通道:是或否(√ ×),必填,也叫 楼道',
    '同一期报几次的加起来\n  群里不加 / 也认',
    '【预警】\n发热:一个村3 天里,体温的体温高于 37.3 的到了 2,告诉村、乡镇\n通道不畅:一个网格一天里,巡查的通道是“否”的到了 1,告诉村',
    '【阶段】\n应急响应:县宣布,例如:/响应 红色;状态:红色、解除(最后一个是结束)',
    '【留存】\n巡查:文字不自动抹掉\n体温:30 天后抹掉可能有人名的文字,数字留着\n',
    '重点人:结束 30 天后抹掉姓名,数字留着',
  ])('has words for %j', async (words) => {
    expect(await say('show', KINDS)).toContain(words);
  });

  it('gives the main form’s names and a line to send', async () => {
    expect(await say('show', 'epidemic')).toContain(
      '日报(daily)\n  主表:一句话没写是哪张表,就是它\n  也可以写:零报告、rb\n',
    );
    expect(await say('show', 'epidemic')).toContain('这样报:/日报 0\n');
  });
});

describe('gridbot playbook try', () => {
  it('tells a report’s form, values and subject', async () => {
    expect(await say('try', '/日报 三网格 2 返乡1')).toMatch(
      /^这一句:\/日报 三网格 2 返乡1\n意思:报「日报」\n {2}异常:2\n {2}返乡:1\n报的是谁:三网格\n哪一天:\d{4}-\d\d-\d\d\n$/,
    );
    expect(await say('try', '/代报 三网格 0 手机坏了')).toMatch(/意思:替别人报「日报」[\s\S]*\n备注:手机坏了\n$/);
  });

  it('tells the answer to a line that is not understood', async () => {
    expect(await say('try', '/日抱 0')).toBe(
      '这一句:/日抱 0\n看不懂,会这样回答:\n  没有“日抱”这个命令,可能打错了字。\n  请发:/日报 0\n',
    );
  });

  it('tells what is left alone, and what is a command', async () => {
    expect(await say('try', '今天天气好')).toBe('这一句:今天天气好\n当作平常说话:不记,也不回答\n');
    expect(await say('try', '/请假 明天 李四代')).toMatch(/意思:请假并写明谁代\n哪一天:.*\n谁代:李四\n$/);
  });

  it('tells of a pasted chain line by line', async () => {
    expect(await say('try', '#接龙\n1. 一网格 0\n2. 二网格 多少')).toMatch(
      /\n {2}一网格 0:异常:0\n {2}二网格 多少:.*。\n$/,
    );
  });

  it('reads the line under the playbooks that are named', async () => {
    expect(await say('try', '/月报 0', '--playbook', `${FIRE},${KINDS}`)).toContain('月报');
    expect(await say('try', '/月报 0')).toContain('看不懂');
  });
});
