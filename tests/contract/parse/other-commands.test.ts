import { describe, expect, it } from 'vitest';
import {
  command,
  DIRECT,
  expectReading,
  expectReadingOrQuestion,
  expectRefusal,
  read,
  TODAY,
  YESTERDAY,
} from './reading.ts';

const asked = [
  ['进度', '進度', 'progress'],
  ['汇总', '匯總', 'rollup'],
  ['催报', '催報', 'nudge'],
  ['未报', '未報', 'missing'],
] as const;

describe.each(asked)('/%s', (name, traditional, id) => {
  it.each([
    `/${name}`,
    `／${name}`,
    `#${name}`,
    `/ ${name}`,
    `/${[...name].join(' ')}`,
    `/${name}。`,
    `/${traditional}`,
    `@网格助手 ${name}`,
    `@网格助手\u2005/${name}`,
    `/\u200b${name}`,
    `/${name} 今天`,
    `/${name}今天`,
    `/${name} 日报`,
    ` /${name} `,
  ])('%j', (line) => expectReading(line, command(id)));
  it.each([
    `/${name} 昨天`,
    `/${name}昨天`,
    `／${name}　昨天`,
    `/${name}：昨天`,
    `/${name} 11月20日`,
    `@网格助手 ${name} 昨天`,
    `/${name} 日报 昨天`,
  ])('%j is about yesterday', (line) => expectReading(line, command(id, { period: YESTERDAY })));
  it('may name a unit or asks about it', () => {
    for (const line of [`/${name} 福山地村`, `/${name}福山地村`])
      expectReadingOrQuestion(line, [command(id, { subject: '福山地村' })]);
    expectReadingOrQuestion(`/${name} 福山地村 昨天`, [command(id, { subject: '福山地村', period: YESTERDAY })]);
  });
  it('is never a report', () => {
    for (const rest of ['0', '1', '无', '三网格 0', '返乡1']) {
      const parsed = read(`/${name} ${rest}`);
      expect(parsed.kind === 'command' && Object.keys(parsed.values).length > 0).toBe(false);
    }
  });
  it('knows the word without its slash in a direct chat', () => {
    expectReading(name, command(id), DIRECT);
  });
});

describe('leave with a deputy', () => {
  const leave = (more: Record<string, unknown> = {}) =>
    command('leave', { form: null, period: '2026-11-22', until: '2026-11-24', deputy: '李四', ...more });
  it.each([
    '/请假 11月22日-24日 李四代',
    '/請假 11月22日-24日 李四代',
    '／请假　１１月２２日－２４日　李四代',
    '/请假 11月22日—24日 李四代',
    '/请假 11月22日~24日 李四代',
    '/请假 11月22日～24日 李四代',
    '/请假 11月22日至24日 李四代',
    '/请假 11月22日到24日 李四代',
    '/请假 11月22日-11月24日 李四代',
    '/请假 11月22日至11月24日 李四代',
    '/请假11月22日-24日 李四代',
    '/请假 李四代 11月22日-24日',
    '/请 假 11月22日-24日 李四代',
    '/请假 11月22日 - 24日 李四代',
    '/请假 11月22日-24日，李四代。',
    '@网格助手 请假 11月22日-24日 李四代',
    '/请假 11月22日–24日 李四代',
    '/请假 11月22日到11月24日，李四代',
    '#请假 11月22日-24日 李四代',
    '/请假 11月22日-24日 李四 代',
    '/请假 11月22日−24日 李四代',
  ])('%j', (line) => expectReading(line, leave()));
  it.each([
    ['/请假 11月22号-24号 李四代', {}],
    ['/请假 22日-24日 李四代', {}],
    ['/请假 11.22-11.24 李四代', {}],
    ['/请假 11/22-11/24 李四代', {}],
    ['/请假 明天-11月24日 李四代', {}],
    ['/请假 明天到24日 李四代', {}],
    ['/请假 11月22日-24日 由李四代', {}],
    ['/请假 11月22日-24日 李四代报', {}],
    ['/请假 11月22日-24日 @李四 代', {}],
    ['/请假 11月22日-24日李四代', {}],
    ['/请假 11月22日起三天 李四代', {}],
    ['/请假 11月22日-24日 @李四\u2005代', {}],
    ['/请假 11月22日-24日 代李四', {}],
    ['/请假 22-24日 李四代', {}],
    ['/请假 李四代', { period: TODAY, until: TODAY }],
    ['/请假 3天 李四代', { period: TODAY, until: '2026-11-23' }],
    ['/请假 11月30日-2日 李四代', { period: '2026-11-30', until: '2026-12-02' }],
    ['/请假 11月22日 李四代', { until: '2026-11-22' }],
    ['/请假 明天 李四代', { until: '2026-11-22' }],
    ['/请假 今天 李四代', { period: TODAY, until: TODAY }],
    ['/请假 明天-后天 李四代', { until: '2026-11-23' }],
    ['/请假 11月30日-12月2日 李四代', { period: '2026-11-30', until: '2026-12-02' }],
    ['/请假 11月22日-24日 李四@福山地村代', { deputy: '李四@福山地村' }],
    ['/请假 11月22日-24日 欧阳春花代', { deputy: '欧阳春花' }],
    ['/请假 11月22日-24日 代小红代', { deputy: '代小红' }],
  ] as const)('%j is read so or asked about', (line, more) => expectReadingOrQuestion(line, [leave(more)]));
  it.each([
    '/请假',
    '/请假 11月24日-22日 李四代',
    '/请假 2月30日 李四代',
    '/请假 11月22日-31日 李四代',
    '/请假 13月1日-2日 李四代',
    '/请假 0',
  ])('%j is refused', (line) => expectRefusal(line));
});

describe('a range of days is never cut to its first day', () => {
  it.each([
    '-',
    '－',
    '−',
    '‐',
    '‑',
    '‒',
    '–',
    '—',
    '―',
    '─',
    '⁓',
    '~',
    '～',
    '〜',
    '至',
    '到',
    '一',
    'ー',
    '——',
    '--',
    '—-',
    '...',
    '…',
    '/',
    ' 至 ',
    ' ',
    '、',
    '~ ',
    '→',
    '起到',
    '开始到',
  ])('11月22日%s24日', (dash) => {
    const whole = command('leave', { form: null, period: '2026-11-22', until: '2026-11-24', deputy: '李四' });
    expectReadingOrQuestion(`/请假 11月22日${dash}24日 李四代`, [whole]);
  });
});

describe('exemption', () => {
  const exempt = command('exempt', { subject: '三网格', period: '2026-11-23', note: '整组搬迁' });
  it.each([
    '/免报 三网格 11月23日 整组搬迁',
    '/免報 三網格 11月23日 整組搬遷',
    '／免报　三网格　１１月２３日　整组搬迁',
    '/免报 11月23日 三网格 整组搬迁',
    '/免报 三网格 11月23日，整组搬迁。',
    '/免报三网格 11月23日 整组搬迁',
    '@网格助手 免报 三网格 11月23日 整组搬迁',
  ])('%j', (line) => expectReading(line, exempt));
  it('leaves out what was not said, and makes nothing up', () => {
    expectReadingOrQuestion('/免报 三网格 11月23日', [
      command('exempt', { subject: '三网格', period: '2026-11-23', note: null }),
    ]);
    expectReadingOrQuestion('/免报 三网格', [command('exempt', { subject: '三网格', note: null })]);
    expectReadingOrQuestion('/免报', [command('exempt', { note: null })]);
  });
  it('needs a day that exists', () => expectRefusal('/免报 三网格 11月31日 整组搬迁'));
});

describe('binding, claiming, who am I, help', () => {
  it.each([
    '/绑定 福山地村',
    '/綁定 福山地村',
    '／绑定　福山地村',
    '/绑定福山地村',
    '/绑定：福山地村',
    '/绑 定 福山地村',
    '@网格助手 绑定 福山地村',
    '/绑定 福山地村。',
  ])('%j', (line) => expectReading(line, command('bind', { form: null, period: null, subject: '福山地村' })));
  it.each(['/绑定 林东镇/福山地村', '/绑定 林东镇／福山地村'])('%j', (line) =>
    expectReading(line, command('bind', { form: null, period: null, subject: '林东镇/福山地村' })),
  );
  it('needs the unit', () => expectRefusal('/绑定'));

  it.each([
    '/认领 8F3K',
    '/認領 8F3K',
    '／认领　８Ｆ３Ｋ',
    '/认领8F3K',
    '/认领 8f3k',
    '/认领：8F3K',
    '/认领 8F3K。',
    '@网格助手 认领 8F3K',
    '/认 领 8F3K',
    '/认领 8F3\u200bK',
  ])('%j carries the code', (line) => {
    const parsed = read(line);
    expect(parsed).toMatchObject({
      kind: 'command',
      command: 'claim',
      form: null,
      values: {},
      items: [],
      period: null,
    });
    expect(parsed.kind === 'command' && parsed.args.toUpperCase()).toBe('8F3K');
  });
  it('needs the code', () => expectRefusal('/认领'));

  it.each(['/我', '／我', '#我', '@网格助手 我', '/ 我', '/我。', '/\u200b我'])('%j', (line) =>
    expectReading(line, command('me', { form: null, period: null })),
  );
  it.each(['/帮助', '/幫助', '／帮助', '#帮助', '/帮 助', '@网格助手 帮助', '/帮助。'])('%j', (line) =>
    expectReading(line, command('help', { form: null, period: null })),
  );
  it.each([
    '/帮助 日报',
    '/幫助 日報',
    '/帮助日报',
    '／帮助　日报',
    '/帮助：日报',
    '@网格助手 帮助 日报',
    '/帮助 rb',
    '/帮助 零报告',
  ])('%j', (line) => expectReading(line, command('help', { form: 'daily', period: null })));
});
