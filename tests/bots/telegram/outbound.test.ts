import { describe, expect, it } from 'vitest';
import { chatNumber, mentionEntities, uploadName } from '../../../src/bots/telegram/outbound.ts';

const spans = (text: string, mentions: { id: string; name: string }[]) =>
  mentionEntities(text, mentions).map((entity) => [
    text.slice(entity.offset, entity.offset + entity.length),
    'user' in entity ? entity.user.id : null,
  ]);

describe('mentions in what is sent', () => {
  it('point at their account wherever they stand', () => {
    const text = '@张三 请报,@李四 请报,@张三 收到请回';
    expect(
      spans(text, [
        { id: '101', name: '张三' },
        { id: '102', name: '李四' },
      ]),
    ).toEqual([
      ['@张三', 101],
      ['@李四', 102],
      ['@张三', 101],
    ]);
  });

  it('are counted in UTF-16 units', () => {
    const text = '📢📢 @𠮷野 请报';
    expect(mentionEntities(text, [{ id: '7', name: '𠮷野' }])).toEqual([
      { type: 'text_mention', offset: 5, length: 4, user: { id: 7, is_bot: false, first_name: '𠮷野' } },
    ]);
  });

  it('mean the longest name that fits', () => {
    const both = [
      { id: '1', name: '张三' },
      { id: '2', name: '张三丰' },
    ];
    expect(spans('@张三丰 @张三', both)).toEqual([
      ['@张三丰', 2],
      ['@张三', 1],
    ]);
  });

  it('are text where nobody is meant, or the account is none of Telegram', () => {
    expect(spans('@王五 a@张三b @', [{ id: 'wxid_1', name: '王五' }])).toEqual([]);
    expect(spans('张三', [{ id: '1', name: '张三' }])).toEqual([]);
    expect(spans('@ @', [{ id: '1', name: '' }])).toEqual([]);
  });

  it('take no time worth speaking of in a long text of nothing but @', () => {
    const mentions = Array.from({ length: 200 }, (_, n) => ({ id: String(n + 1), name: `网格员${n}` }));
    const start = performance.now();
    mentionEntities('@'.repeat(4096), mentions);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('the id of a chat', () => {
  it.each([
    ['-1001234567890', -1001234567890],
    ['101', 101],
    ['', null],
    ['room@chatroom', null],
    ['1e5', null],
    ['99999999999999999999', null],
  ])('%j is %j', (id, number) => {
    expect(chatNumber(id)).toBe(number);
  });
});

describe('the name of a file', () => {
  it('stays as it is, but cannot leave its quotes', () => {
    expect(uploadName('福山地村 日报(11月23日).xlsx')).toBe('福山地村 日报(11月23日).xlsx');
    expect(uploadName('a"\r\nX-Evil: 1\\.xlsx')).toBe('a___X-Evil: 1_.xlsx');
  });
});
