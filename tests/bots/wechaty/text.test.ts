import { describe, expect, it } from 'vitest';
import { withoutFaces } from '../../../src/bots/wechaty/emoji.ts';
import { type Me, plainText, unquoted, withMention } from '../../../src/bots/wechaty/text.ts';
import { gist } from '../../core/grammar/context.ts';

const ME: Me = { id: 'bot', names: ['县里的小助手', '助手(福山)'] };

describe('WeChat’s faces', () => {
  it.each([
    '日报 0/:rose',
    '/日报 0/::)',
    '日报 0 /:handclap/:handclap',
    '日报 0/:,@-D',
    '日报 0[OK]',
    '/日报 0 [强][抱拳]',
  ])('leave %s a report', (said) => {
    expect(gist(plainText(said))).toEqual({ abnormal: 0 });
  });

  it.each(['/::)', '/:rose/:rose', '/::D ', "/::'(", '/:,@x'])('make no command of %s alone', (said) => {
    expect(gist(plainText(said))).toBe('chat');
  });

  it('go whole, the longer before the shorter', () => {
    expect(withoutFaces('好/:@x啊/:@@吧/:,@!').replaceAll(' ', '')).toBe('好啊吧');
  });

  it('are known as the web protocol spells them', () => {
    expect(plainText('好/::&lt;').trim()).toBe('好');
    expect(plainText('好/:&amp;-(').trim()).toBe('好');
  });

  it('do not swallow what is no face', () => {
    expect(plainText('/代报 [三网格] 0')).toBe('/代报 [三网格] 0');
    expect(plainText('/日报 0')).toBe('/日报 0');
    expect(plainText('见 http://a.example/:8080')).toBe('见 http://a.example/:8080');
  });
});

describe('the spelling of the web protocol', () => {
  it('is undone once, and not twice', () => {
    expect(plainText('#接龙<br/>1. 张三 0<br>2. 李四 &lt;1&gt; &amp;amp;')).toBe('#接龙\n1. 张三 0\n2. 李四 <1> &amp;');
  });
});

describe('a mention of the bot', () => {
  const mention = (text: string, ids: string[] = [], me = ME) => withMention(text, me, ids, '网格助手');

  it.each(['@县里的小助手\u2005日报 0', '@县里的小助手 日报 0', '@助手(福山)\u2005日报 0'])('is read in %s', (text) => {
    expect(mention(text)).toEqual({ text: '@网格助手 日报 0', mentionsBot: true });
  });

  it('is read at the end of a line', () => {
    expect(mention('日报 0 @县里的小助手')).toEqual({ text: '日报 0 @网格助手 ', mentionsBot: true });
  });

  it('is no mention when the name only begins another one', () => {
    expect(mention('@县里的小助手二号\u2005好')).toEqual({ text: '@县里的小助手二号 好', mentionsBot: false });
  });

  it('counts by id although the space behind it was lost', () => {
    expect(mention('@县里的小助手日报 0', ['bot'])).toEqual({ text: '@网格助手 日报 0', mentionsBot: true });
  });

  it('is found by its place where the name is not known', () => {
    const unknown = { id: 'bot', names: [] };
    expect(mention('@张三\u2005@某某\u2005日报 0', ['a', 'bot'], unknown)).toEqual({
      text: '@张三 @网格助手 日报 0',
      mentionsBot: true,
    });
    expect(mention('@某某\u2005日报 0', ['a', 'bot'], unknown)).toEqual({ text: '@某某 日报 0', mentionsBot: true });
  });

  it('is not what others are mentioned by', () => {
    expect(mention('@张三\u2005在吗', ['a'])).toEqual({ text: '@张三 在吗', mentionsBot: false });
  });

  it('takes names as they are, whatever signs are in them', () => {
    const me = { id: 'bot', names: ['a.*$&'] };
    expect(mention('@a.*$& 日报 0', [], me)).toEqual({ text: '@网格助手 日报 0', mentionsBot: true });
    expect(mention('@abcd 日报 0', [], me).mentionsBot).toBe(false);
  });
});

describe('a quotation', () => {
  it('is taken off, and its author told', () => {
    const text = '「县里的小助手：还缺 三网格」\n- - - - - - - - - - - - - - - -\n三网格 0';
    expect(unquoted(text)).toEqual({ text: '三网格 0', quoted: '县里的小助手' });
  });

  it('may run over several lines', () => {
    const text = '「李四：/日报 0\n好」\n- - - - - - - - - - - - - - -\n收到';
    expect(unquoted(text)).toEqual({ text: '收到', quoted: '李四' });
  });

  it('is not seen where there is none', () => {
    expect(unquoted('「通知」今天 0')).toEqual({ text: '「通知」今天 0', quoted: null });
  });

  it('costs no more than its length', () => {
    const started = performance.now();
    unquoted(`「${'」\n- '.repeat(50_000)}`);
    withMention('@'.repeat(100_000), { id: 'bot', names: [] }, ['bot'], 'x');
    plainText('/:'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
