import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCHEMA_CODES } from '../../src/core/playbook/problem.ts';
import { hasSentence, playbookProblem } from '../../src/locales/playbook-problems.ts';
import { parsePlaybook } from '../../src/playbook-file.ts';

const SOURCES = new URL('../../src/core/playbook/', import.meta.url);

/** Where a source names a code: an issue of its own, the message of a check, the name of a choice between shapes. */
const NAMED = [
  /\], '([a-z-]+)'(?:, [^)\]]+)?\)/g,
  /[/\d], '([a-z-]+)'\)/g,
  /^ {2}'([a-z-]+)',$/gm,
  /'([a-z]+(?:-[a-z]+)+)'/g,
];

function codes(): string[] {
  const files = readdirSync(SOURCES).filter((name) => name !== 'problem.ts');
  const texts = files.map((name) => readFileSync(new URL(name, SOURCES), 'utf8').replace(/^import.*$/gm, ''));
  return [
    ...new Set(
      texts.flatMap((text) => NAMED.flatMap((named) => [...text.matchAll(named)].map(([, code = '']) => code))),
    ),
  ];
}

const FORM = `id: test
name: 试
registers:
  shops: { name: 店铺, aliases: [店铺], fields: { kind: { name: 类型, type: choice, options: [大, 小] } } }
forms:
  daily:
    name: 日报
    subject: grid
    every: day
    fields:
      seen: { name: 情况, type: count, required: true }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
`;

/** What is said of a playbook in which one thing is put in place of another, without the file and the path. */
function said(of: string, becomes: string): string[] {
  expect(FORM).toContain(of);
  try {
    parsePlaybook(FORM.replace(of, becomes), 'test.yaml');
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace(/^test\.yaml:/, ''));
  }
}

describe('the sentences for problems', () => {
  it('are there for every code of the language', () => {
    const found = codes();
    expect(found).toEqual(
      expect.arrayContaining(['word', 'span', 'subject', 'every', 'moments', 'step-time', 'needs-is']),
    );
    expect(found.filter((code) => !hasSentence(code))).toEqual([]);
  });

  it.each([...codes(), ...SCHEMA_CODES, 'no-playbook', 'playbook-twice', 'alias-twice'])(
    'say of %s what to write instead, in Chinese',
    (code) => {
      const sentence = playbookProblem({ path: ['forms', 'daily', 'due'], code, about: 'x', values: ['a', 'b'] });
      expect(sentence).toMatch(/例如:|可以写:/);
      expect(sentence).not.toContain('undefined');
    },
  );

  it('say something of a code nobody has thought of', () => {
    expect(playbookProblem({ path: ['forms', 'daily', 'due'], code: 'odd', about: '', values: [] })).toBe(
      '这里的写法不对(odd),例如:due: "18:00"',
    );
  });
});

describe('a problem that the schema finds', () => {
  it.each([
    ['    name: 日报\n', '', '6: forms.daily.name: 缺了 name(名称,大家看到的叫法),例如:name: 日报'],
    ['    every: day\n', '', '6: forms.daily.every: 缺了 every(多久一次),例如:every: day'],
    ['"18:00"', '18', '13: forms.daily.due: 这里要写文字(数字、时刻请加英文引号),例如:due: "18:00"'],
    [
      'type: count',
      'type: cuont',
      /^11: forms\.daily\.fields\.seen\.type: 这里只能写 count、number、.*例如:type: count$/,
    ],
    ['name: 情况, ', '', '11: forms.daily.fields.seen.name: 缺了 name(这一项的名称),例如:name: 异常'],
    [
      'required: true',
      'requird: true',
      '11: forms.daily.fields.seen.requird: 没有「requird」这个写法,是不是想写 required?例如:required: true',
    ],
    [
      'required: true',
      'color: red',
      /^11: forms\.daily\.fields\.seen\.color: 没有「color」这个写法。这里可以写:name、aliases、/,
    ],
    [
      'required: true',
      'required: 是',
      '11: forms.daily.fields.seen.required: 这里要写true(是)或 false(否),例如:required: true',
    ],
    ['every: day', 'every: dayly', /^9: forms\.daily\.every: 多久一次,请写 day、workday、/],
    ['every: day', 'every: { days: [0] }', '9: forms.daily.every.days.0: 这个数太小,最小 1,例如:days: [1, 4, 7, 14]'],
    ['every: day', 'every: { each: 3, form: x }', /^9: forms\.daily\.every\.form: 没有「form」这个写法/],
    [
      'every: day',
      'every: [{ name: 早, opens: "06:00", due: "9:00", locks: "12:00" }]',
      /^9: forms\.daily\.every\.0\.due: 时刻请写成/,
    ],
    ['subject: grid', 'subject: { register: Shops }', /^8: forms\.daily\.subject\.register: 代号/],
    [
      'options: [大, 小]',
      'options: [大]',
      '4: registers.shops.fields.kind.options: 选项至少要两个,例如:options: [正常, 异常]',
    ],
    [
      '      seen:',
      '      Seen:',
      '11: forms.daily.fields.Seen: 代号「Seen」只能用小写字母、数字和 -,并以字母开头,例如:daily',
    ],
    [
      '    opens',
      '    ladder: [{ at: noon, do: remind, in: village }]\n    opens',
      /^12: forms\.daily\.ladder\.0\.at: 时刻请写成/,
    ],
    ['aliases: [店铺]', 'aliases: []', '4: registers.shops.aliases: 这里至少要写 1 个,例如:aliases: [场所]'],
  ])('of %j made %j is a sentence with an example', (of, becomes, sentence) => {
    const lines = said(of, becomes);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  });

  it('of several things is told of each', () => {
    expect(said('type: count, required: true', 'type: count, bare: 1, colour: red')).toHaveLength(2);
  });
});
