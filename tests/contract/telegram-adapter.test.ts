import { expect, it } from 'vitest';
import { SECOND } from '../../src/core/time.ts';
import { soon } from '../support/soon.ts';
import { plain, type Scene } from './chat-adapter/scene.ts';
import { type TelegramStage, telegramFixture } from './chat-adapter/telegram-stage.ts';
import { chatAdapterContract } from './chat-adapter.ts';

/** Where Telegram is like no other platform. */
function telegramsOwn(scene: Scene<TelegramStage>): void {
  it('marks every occurrence of a name for those it mentions, longest names first', async () => {
    const { adapter, api, village, zhang, li } = scene.stage;
    await scene.listen();
    const mentions = [
      { id: zhang.id, name: '张三' },
      { id: li.id, name: '张三丰' },
    ];
    await adapter.send(village, { text: '🌾@张三丰 和 @张三 请报日报,@张三', mentions, attachments: [] });
    const [sent] = await api.sent();
    const marked = sent?.entities.map(({ type, offset, length, user }) => {
      return [type, sent.text.slice(offset, offset + length), String(user?.id)];
    });
    expect(marked).toEqual([
      ['text_mention', '@张三丰', li.id],
      ['text_mention', '@张三', zhang.id],
      ['text_mention', '@张三', zhang.id],
    ]);
  });

  it('hands on how long Telegram asks to wait when its own limits are passed', async () => {
    const { adapter, api, village, township } = scene.stage;
    await scene.listen();
    await api.limits();
    // Two within a second, however slow this machine is at times.
    const failure = await soon(() => scene.failureOf(adapter.send(village, plain('太快'))));
    const arrived = (await scene.stage.seen(village)).length;
    expect(failure.kind).toBe('busy');
    expect(failure.retryAfterMs).toBeGreaterThanOrEqual(SECOND);
    await adapter.send(township, plain('别处'));
    expect(arrived).toBeGreaterThan(0);
    expect(await scene.stage.seen(village)).toHaveLength(arrived);
  });

  it('believes only who knows the secret, and acknowledges only what it understands', async () => {
    const ear = await scene.listen();
    const { stage } = scene;
    const update = (id: number, text: string): object => ({
      update_id: id,
      message: {
        message_id: id,
        date: 1_795_000_000,
        chat: { id: Number(stage.village.id), type: 'group', title: '福山地村' },
        from: { id: Number(stage.zhang.id), is_bot: false, first_name: '张三' },
        text,
      },
    });
    expect(await stage.push(update(1, '假的'), 'wrong')).toBeGreaterThanOrEqual(400);
    expect(await stage.push(update(2, '假的'), '')).toBeGreaterThanOrEqual(400);
    expect(await stage.push({ text: '不是更新' })).toBeGreaterThanOrEqual(400);
    expect(await stage.push({ text: '太长'.repeat(2_000_000) }).catch(() => 400)).toBeGreaterThanOrEqual(400);
    expect(await Promise.all([3, 3, 3].map((id) => stage.push(update(id, '真的'))))).toEqual([200, 200, 200]);
    await ear.hears('真的');
    ear.expectOneIdPerText();
    expect(new Set(ear.texts())).toEqual(new Set(['真的']));
  });
}

chatAdapterContract(telegramFixture('polled'));
// What the bot says takes the same way in both modes.
chatAdapterContract(telegramFixture('pushing'), {
  themes: ['hearing', 'membership', 'order', 'durability', 'disruptions', 'ending'],
  own: telegramsOwn,
});
