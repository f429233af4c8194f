import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { parseScript } from '../../src/rehearse/script.ts';
import { tempFolder } from '../support/temp-database.ts';

const folder = tempFolder();

/** Writes a file into the folder of this test and gives its path. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A playbook of one form, with lines of its own before the form. */
const playbook = (id: string, more = '', name = id): string => `id: ${id}
name: ${name}
${more}forms:
  ${id}:
    name: ${name}表
    subject: grid
    every: day
    fields:
      seen: { name: 情况, type: count, required: true, bare: true }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
`;

const [, ...FURTHER] = Object.keys((await loadPlaybook('epidemic')).forms);

/** The forms in their order; of the shipped one only the main form. */
const formsOf = async (...asked: Parameters<typeof loadPlaybook>): Promise<string[]> =>
  Object.keys((await loadPlaybook(...asked)).forms).filter((id) => !FURTHER.includes(id));

/** The lines of what is wrong, the folder left out. */
async function problems(asked: string | string[], shipped?: string): Promise<string[]> {
  const loading = loadPlaybook(asked, folder, shipped);
  const message = await loading.then(
    () => '',
    (error: Error) => `${error.name === 'PlaybookError' ? '' : error.name}${error.message}`,
  );
  return message.replaceAll(`${folder}/`, '').split('\n');
}

describe('playbooks taken together', () => {
  file('flood.yaml', playbook('flood'));
  file('fire.yaml', playbook('fire'));

  it('are asked for by id and by path, in a list or with commas between them, in the order asked for', async () => {
    expect(await formsOf('epidemic, ./flood.yaml', folder)).toEqual(['daily', 'flood']);
    expect(await formsOf(['./fire.yaml', 'epidemic', './flood.yaml'], folder)).toEqual(['fire', 'daily', 'flood']);
    expect(await formsOf('./flood.yaml,epidemic', folder)).toEqual(['flood', 'daily']);
  });

  it('are taken once, however often they are asked for', async () => {
    expect(await formsOf('epidemic,epidemic', folder)).toEqual(['daily']);
  });

  it('bring those they use, behind all that were asked for', async () => {
    file('uses.yaml', playbook('uses', 'uses: [epidemic]\n'));
    expect(await formsOf(['./uses.yaml', './flood.yaml'], folder)).toEqual(['uses', 'flood', 'daily']);
  });

  it('bring what the used ones use, once, and a circle does no harm', async () => {
    file('one.yaml', playbook('one', 'uses: [two, three]\n'));
    file('two.yaml', playbook('two', 'uses: [three, one]\n'));
    file('three.yaml', playbook('three', 'uses: [one, three]\n'));
    expect(await formsOf('one', folder, folder)).toEqual(['one', 'two', 'three']);
  });

  it('share registers: a form may be about one that another playbook keeps', async () => {
    file('shops.yaml', 'id: shops\nname: 场所\nregisters:\n  shops: { name: 店铺, aliases: [店铺] }\n');
    const text = playbook('check', 'uses: [shops]\n').replace('subject: grid', 'subject: { register: shops }');
    file('check.yaml', text);
    expect(Object.keys((await loadPlaybook('check', folder, folder)).registers)).toEqual(['shops']);
    expect(
      await problems(file('alone.yaml', text.replace('uses: [shops]\n', '').replaceAll('check', 'alone'))),
    ).toEqual([
      'alone.yaml:6: forms.alone.subject.register: 没有叫「shops」的登记册,请写 registers 下面有的代号;登记册在别的预案里的,加一行,例如:uses: [那个预案的代号]',
    ]);
  });

  it('put one’s own in place of a shipped one of the same id', async () => {
    file('epidemic-ours.yaml', playbook('epidemic'));
    file('asks.yaml', playbook('asks', 'uses: [epidemic]\n'));
    expect(await formsOf('./epidemic-ours.yaml,./asks.yaml', folder)).toEqual(['epidemic', 'asks']);
  });

  it('are named in a rehearsal one by one, with commas, or as a list', () => {
    const script = (named: string): unknown =>
      parseScript(
        `start: 2026-11-23T07:00:00+08:00\nend: 2026-11-23T21:00:00+08:00\nroster: r.csv\nplaybook: ${named}\n`,
      ).playbook;
    expect([script('epidemic'), script('epidemic,./flood.yaml'), script('[epidemic, ./flood.yaml]')]).toEqual([
      'epidemic',
      'epidemic,./flood.yaml',
      ['epidemic', './flood.yaml'],
    ]);
  });
});

describe('what is wrong with playbooks', () => {
  it('is told for every file, each with its own lines', async () => {
    file('a.yaml', playbook('a').replace('"18:00"', '"6pm"'));
    file('b.yaml', `# 说明\n\n${playbook('b').replace('subject: grid', 'subjct: grid')}`);
    const found = await problems('./a.yaml,./b.yaml,./gone.yaml');
    expect(found.map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'a.yaml:11: forms.a.due',
      'b.yaml:6: forms.b.subject',
      'b.yaml:8: forms.b.subjct',
      'gone.yaml: 打不开这个文件,请核对文件的位置和名称',
    ]);
  });

  it('names the ids there are where one is not known', async () => {
    expect(await problems('epidemik')).toEqual([
      expect.stringMatching(
        /^没有叫「epidemik」的预案。现有:.*epidemic.*。自己写的请写文件名,例如:\.\/epidemik\.yaml$/,
      ),
    ]);
    expect(await problems(' , ')).toEqual(['没有写是哪个预案,例如:epidemic']);
  });

  it('points at the used playbook that is not there', async () => {
    file('lost.yaml', playbook('lost', 'uses: [epidemic, nowhere]\n'));
    expect(await problems('./lost.yaml')).toEqual([
      'lost.yaml:3: uses.1: 没有叫「nowhere」的预案,请写 playbooks 文件夹里有的,例如:uses: [epidemic]',
    ]);
  });

  it('points at the second of two playbooks that own one form’s id', async () => {
    file('first.yaml', playbook('first'));
    file('second.yaml', playbook('second').replace('  second:', '  first:'));
    expect(await problems('./first.yaml,./second.yaml')).toEqual([
      'second.yaml:4: forms.first: 代号「first」别的预案已经用了,请换一个,例如:first-2',
    ]);
  });

  it('points at the second of two playbooks with one id', async () => {
    file('copy.yaml', `# 抄来的\n${playbook('flood')}`);
    expect(await problems('./flood.yaml,./copy.yaml')).toEqual([
      'copy.yaml:2: id: 有两个预案的代号都是「flood」,请给其中一个换个代号,例如:id: flood-2',
    ]);
  });

  it('points at the later of two that own one word, spelled alike or not', async () => {
    file('first.yaml', playbook('first'));
    file('alike.yaml', playbook('alike').replace('    subject', '    aliases: [情况表, first 表]\n    subject'));
    const [line = '', ...more] = await problems('./first.yaml,./alike.yaml');
    expect(line).toMatch(/^alike\.yaml:6: forms\.alike\.aliases\.1: 「first 表」这个叫法别处已经在用/);
    expect(more).toEqual([]);
  });

  it('points at a word that is a command’s', async () => {
    file('leave.yaml', playbook('leave').replace('    subject', '    aliases: [汇总]\n    subject'));
    expect((await problems('./leave.yaml'))[0]).toMatch(/^leave\.yaml:6: forms\.leave\.aliases\.0: 「汇总」/);
  });

  it('says where a file is no YAML', async () => {
    expect(await problems(file('tab.yaml', 'id: tab\nname: 表\nforms:\n\ttab: 1\n'))).toEqual([
      'tab.yaml:4: 缩进里有制表符(Tab),请改成空格,每层两格',
    ]);
    expect(await problems(file('wide.yaml', 'id: wide\nname:宽\nforms: {}\n'))).toEqual([
      'wide.yaml:2: 这一行少了冒号,或引号没有成对,例如:name: 日报',
    ]);
    expect(await problems(file('empty.yaml', ''))).toEqual([
      'empty.yaml:1: 文件是空的,或者不是预案,请从 id: 和 name: 写起,例如:id: epidemic',
    ]);
  });
});
