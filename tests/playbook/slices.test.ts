import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPlaybook } from '../../src/cli/playbook.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { runOn } from '../cli/command.ts';
import { playbookWithSlice } from '../support/slices.ts';
import { tempFolder } from '../support/temp-database.ts';

/** What is said of the slice with one thing in place of another: path and sentence. */
const problem = (of: string, becomes: string): Promise<string> =>
  playbookWithSlice((text) => {
    expect(text).toContain(of);
    return text.replace(of, becomes);
  }).then(
    () => '',
    (error: Error) => error.message.replace(/^.*?:\d+: slices\.health-centre\./, ''),
  );

describe('a slice in a playbook', () => {
  it('has a moment of every day, a level, titles and fields', async () => {
    const { slices } = await playbookWithSlice();
    expect(slices['health-centre']).toEqual({
      name: '卫生院名单',
      form: 'temperature',
      at: 18 * HOUR + 30 * MINUTE,
      in: 'township',
      to: ['卫生院'],
      fields: ['category', 'source'],
    });
  });

  it.each([
    ['form: temperature', 'form: heat', /^form: 没有代号是「heat」的表/],
    ['form: temperature', 'form: daily', /^form: 「日报」报的不是登记册里的人或户/],
    ['form: temperature', 'form: inspection', /^form: 「检查」不是每天报的/],
    ['"18:30"', '"+1d 07:00"', /^at: 几点请写成 "18:30"/],
    ['in: township', 'in: cluster', /^in: 名单要按登记册所在的单位或它的上级来分/],
    ['[卫生院]', '[]', /^to: 这里至少要写 1 个,例如:to: \[卫生院\]/],
    ['[category, source]', '[category, age]', /^fields\.1: 没有代号是「age」的项/],
    ['fields:', 'felds:', /^felds: 没有「felds」这个写法,是不是想写 fields\?/],
  ])('with %j made %j is a sentence with an example', async (of, becomes, sentence) => {
    expect(await problem(of, becomes)).toMatch(sentence);
  });

  it('is told in words', async () => {
    const file = join(tempFolder(), 'shops.yaml');
    writeFileSync(
      file,
      `id: shops
name: 场所
registers:
  shops: { name: 店铺, aliases: [店铺], fields: { owner: { name: 老板, type: text } } }
forms:
  check:
    name: 查店
    subject: { register: shops }
    every: day
    fields: { clean: { name: 干净, type: yesno, required: true } }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
slices:
  market: { name: 市场所名单, form: check, at: "08:05", in: township, to: [市场所, 食药], fields: [owner] }
`,
    );
    const { out } = await runOn('file:unused', runPlaybook, 'show', file);
    expect(out).toContain(
      '【名单】\n市场所名单:每天 08:05 按乡镇私下送给职务有“市场所”或“食药”的人:姓名、老板,当天的查店\n',
    );
  });
});
