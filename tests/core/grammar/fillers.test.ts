import { describe, expect, it } from 'vitest';
import { command, DIRECT, error, GROUP, gist, KNOWING } from './context.ts';

describe('courtesy at the end', () => {
  it.each([
    '日报 0 谢谢',
    '日报 0 谢谢了',
    '日报 0谢谢',
    '日报 0👍',
    '日报 0👍🏻🙏',
    '日报 0。谢谢',
    '日报 0，辛苦了！',
    '日报 0 麻烦了 🌹',
    '日报 0 好的',
    '日报 0 收到',
    '日报 0 ✅',
    '日报 无异常 💪😊',
  ])('%s is passed over', (text) => {
    expect(command(text)).toMatchObject({ command: 'report', values: { abnormal: 0 }, note: null });
  });

  it('is passed over behind a reason, a leave and a question for figures', () => {
    expect(command('/代报 三网格 0 手机坏了 谢谢').note).toBe('手机坏了');
    expect(command('/请假 明天，麻烦了').note).toBeNull();
    expect(command('/进度 谢谢').command).toBe('progress');
  });

  it.each(['零报告 收到', '零报告 谢谢', '零报告 好的', '日报 没有 收到', '日报 没有收到', '日报 收到'])(
    'does not make a report of %s',
    (text) => {
      expect(gist(text)).toBe('chat');
    },
  );

  it('leaves a reason that ends in such a word whole', () => {
    expect(command('/代报 三网格 0 已收到').note).toBe('已收到');
  });
});

describe('a filler before a number', () => {
  it.each([
    ['日报是0', { abnormal: 0 }],
    ['日报为 0', { abnormal: 0 }],
    ['/日报 0 返乡有1人', { abnormal: 0, returned: 1 }],
    ['/日报 共2人', { abnormal: 2 }],
    ['/日报 一共2人', { abnormal: 2 }],
    ['/日报 有 2 人 返乡为1', { abnormal: 2, returned: 1 }],
    ['/日报 是无异常', { abnormal: 0 }],
  ])('%s says no more than the number', (text, values) => {
    expect(gist(text)).toEqual(values);
  });

  it.each(['/日报 不是0', '/日报 全是十几', '/日报 有1人发热', '/日报 有几人', '/日报 是 有', '/日报 没有 有'])(
    '%s is no value',
    (text) => {
      expect(typeof gist(text)).toBe('string');
    },
  );

  it('is counted in a group only with a slash', () => {
    for (const text of ['日报有2人', '日报共3个', '日报一共3个', '日报没有', '日报没有。'])
      expect(gist(text)).toBe('chat');
    expect(gist('日报没有', DIRECT)).toEqual({ abnormal: 0 });
    expect(gist('日报 没有')).toEqual({ abnormal: 0 });
  });
});

describe('the sender’s own grid', () => {
  it.each(['/日报 本网格 0', '日报 我们网格 0', '/日报 我网格没有', '/日报 本格：0', '/日报 0 本网格'])(
    '%s needs no name',
    (text) => {
      expect(command(text)).toMatchObject({ subject: null, values: { abnormal: 0 }, note: null });
    },
  );

  it('is not another grid at the same time, and nobody else’s', () => {
    expect(error('/日报 本网格 三网格 0').code).toBe('subject.two');
    expect(error('/代报 本网格 0 停电').code).toBe('subject.missing');
  });
});

describe('split words and marks around names', () => {
  it.each([
    ['/日报 没 有', null, { abnormal: 0 }],
    ['/日报 异 常 0', null, { abnormal: 0 }],
    ['/日报 无 异 常', null, { abnormal: 0 }],
    ['/日 报 2 返 乡 1 发 热 1', null, { abnormal: 2, returned: 1, fever: 1 }],
    ['/日报 三 网 格 0', '三网格', { abnormal: 0 }],
    ['/日报 三 号 网 格 0', '三号网格', { abnormal: 0 }],
    ['/日报 三 组 0', '三组', { abnormal: 0 }],
    ['/日报 (三网格) 0', '三网格', { abnormal: 0 }],
    ['/日报 【三网格】0', '三网格', { abnormal: 0 }],
    ['/日报 “大新庄村一网格” 0', '大新庄村一网格', { abnormal: 0 }],
  ])('%s', (text, subject, values) => {
    expect(command(text)).toMatchObject({ subject, values });
  });

  it('are left alone inside other words', () => {
    expect(gist('/日报 我没 有空 0')).toBe('text.unknown');
    expect(command('/汇总 昨天').period).toBe('2026-11-20');
  });
});

describe('a person as subject', () => {
  it.each([
    ['/日报 李四 0', '李四'],
    ['/日报 @张三 0', '张三'],
    ['/日报 张三@福山地村 0', '张三@福山地村'],
    ['/日报 昨天 李四 0', '李四'],
    ['/日报 @张三\u20050', '张三'],
    ['/更正 李四 1', '李四'],
  ])('%s is for %s', (text, subject) => {
    for (const context of [GROUP, KNOWING]) expect(command(text, context).subject).toBe(subject);
  });

  it.each(['/日报 王小二 0', '/日报 @小张 0', '/日报 王小二', '/日报 李四四 0'])(
    '%s, whom nobody knows, is asked about by name',
    (text) => {
      const { params, suggestion, choices } = error(text, KNOWING);
      expect(suggestion).toBeNull();
      expect(choices).toEqual([]);
      expect(params.text).toMatch(/王小二|小张|李四四/);
    },
  );

  it.each([
    '/日报 确诊 1',
    '/日报 反乡 1',
    '/日报 可能 1',
    '/日报 外出 3',
    '/日报 收到 0',
    '/日报 李四:0',
    '/日报 其余 0',
  ])('is not what %s names', (text) => {
    expect(typeof gist(text)).toBe('string');
  });

  it('is not offered as somebody else’s count either', () => {
    for (const text of ['/日报 确诊 1', '/日报 外出 3'])
      expect(error(text)).toMatchObject({ suggestion: null, choices: [] });
    expect(error('/日报 收到 0').suggestion).toBe('/日报 0');
  });

  it('does not stand before the form’s name, as a grid may', () => {
    expect(gist('张三日报 0', KNOWING)).toBe('chat');
    expect(command('大新庄村一网格日报 0', KNOWING).subject).toBe('大新庄村一网格');
  });

  it('is told by the shape of the word only where a command was meant', () => {
    expect(gist('日报 李四 0')).toBe('chat');
  });
});

describe('a number that counts something else', () => {
  it.each([
    '/日报 3 社 0',
    '/日报 5 分钟后',
    '/日报 一 会儿',
    '/日报 0 点',
    '/日报 0 人外出',
    '/日报 3 外出',
    '/日报 3人 外出',
    '/更正 2 天没网',
    '/更正 一 直没网',
    '/补报 昨天 1 次',
    '/日报 0 返乡3 天',
  ])('%s is refused, and nothing is suggested', (text) => {
    for (const context of [GROUP, KNOWING])
      expect(error(text, context)).toMatchObject({ code: 'number.unclear', suggestion: null, choices: [] });
  });

  it.each(['/日报 0，三网格', '日报 2、三网格', '/日报 三网格，2'])('%s counts for one grid', (text) => {
    expect(command(text).subject).toBe('三网格');
  });
  it.each(['/日报 一、二网格 0', '/日报 一和二网格 0', '/日报 1，2网格'])('%s names two grids', (text) => {
    expect(error(text)).toMatchObject({ suggestion: null, choices: [] });
  });

  it.each([
    ['/代报 三网格 0 家里有事', '家里有事'],
    ['/代报 三网格 2 天气不好', '天气不好'],
    ['/补报 昨天 0 下雨停电', '下雨停电'],
    ['/更正 1 组长看过', '组长看过'],
  ])('%s has a reason behind it', (text, note) => {
    expect(command(text).note).toBe(note);
  });

  it('may be followed by a remark after a comma', () => {
    expect(command('/日报 2，已送医')).toMatchObject({ values: { abnormal: 2 }, note: '已送医' });
    expect(error('/日报 2，张三、李四').suggestion).toBe('/日报 2');
  });
});

describe('two numbers', () => {
  it.each(['/日报 0 然后 1', '/日报 0 然后1', '/日报 0 没有1', '/日报 0 改成1'])('%s are both offered', (text) => {
    expect(error(text)).toMatchObject({ code: 'value.two', suggestion: null, choices: ['/日报 0', '/日报 1'] });
  });
  it('are not narrowed to the one that can be offered', () => {
    expect(error('/日报 2 张三 3')).toMatchObject({ suggestion: null, choices: [] });
  });
});

describe('two commands in one message', () => {
  it.each([
    ['/日报 0 /进度', ['/日报 0', '/进度']],
    ['/日报 0\n日报 四网格 0', ['/日报 0', '/日报 四网格 0']],
    ['日报 三网格 0\n日报 四网格 0', ['/日报 三网格 0', '/日报 四网格 0']],
    ['/日报 0\n更正 1', ['/日报 0', '/更正 1']],
    ['/日报 0\n@网格助手 进度', ['/日报 0', '/进度']],
    ['/日报 0\n三网格日报 1', ['/日报 0', '/三网格日报 1']],
  ])('%s is asked about', (text, choices) => {
    expect(error(text)).toMatchObject({ code: 'lines.two-commands', suggestion: null, choices });
  });
  it('is not what an item says', () => {
    for (const item of ['日报写好了', '进度', '我', '日报 2份'])
      expect(command(`/日报 2\n${item}`).items).toEqual([item]);
    expect(command('/帮助 /日报').form).toBe('daily');
  });
});

describe('what a line was an attempt at', () => {
  it.each([
    ['/日报 十几', 'daily'],
    ['/rb', 'daily'],
    ['/代报 三网格', 'daily'],
    ['/补报 昨天', 'daily'],
    ['/更正', 'daily'],
    ['/昨天日报 十几', 'daily'],
    ['/撤回 1', null],
    ['/日抱 0', null],
    ['/进度 怎么样', null],
    ['/foo', null],
  ])('%s: %s', (text, form) => {
    expect(error(text).form).toBe(form);
  });
  it('is the chain’s form for each of its lines', () => {
    expect(command('#接龙\n1. 一网格 十几').lines[0]?.parsed).toMatchObject({ kind: 'error', form: 'daily' });
  });
});

describe('the roster', () => {
  it('is asked no more than a few times for a plain line', () => {
    for (const text of ['/日报 0', '日报 0', '日报 2 返乡1', '我们今天开会']) {
      let asked = 0;
      const matchName = () => {
        asked += 1;
        return 0;
      };
      gist(text, { ...GROUP, matchName });
      expect([text, asked <= 4]).toEqual([text, true]);
    }
  });
});
