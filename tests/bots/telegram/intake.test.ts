import { describe, expect, it } from 'vitest';
import { Intake } from '../../../src/bots/telegram/intake.ts';
import { SteppedClock } from '../../../src/clock.ts';

const HELD = 300_000;
const BOT = { id: 1, username: 'wangge_bot', name: '网格助手', hearsAll: true };
const reading = { bot: BOT, readFile: async () => new Uint8Array() };

/** An intake whose app keeps everything but one update, and what it logs. */
function intake() {
  const clock = new SteppedClock(1_000_000);
  const logged: string[] = [];
  let refuses = '一';
  const made = new Intake({
    clock,
    held: HELD,
    until: new AbortController().signal,
    log: (_level, event) => logged.push(event),
    sink: async (event) => {
      if (event.type === 'message' && event.text === refuses) throw new Error('cannot be kept');
    },
  });
  const take = (id: number, chat: number, text: string): Promise<boolean> => {
    const from = { id: 5, is_bot: false, first_name: '张' };
    const message = { message_id: id, date: 1, chat: { id: chat, type: 'group', title: '' }, from, text };
    return made.take({ update_id: id, message }, reading);
  };
  return {
    take,
    logged,
    later: () => clock.moveTo(clock.now() + HELD + 1),
    refuse: (text: string) => {
      refuses = text;
    },
  };
}

describe('an update that can never be kept', () => {
  it('is given up after a while in which others were kept: no other would come behind it', async () => {
    const { take, later, logged } = intake();
    expect(await take(1, -1, '一')).toBe(false);
    later();
    expect(await take(2, -2, '二')).toBe(true);
    expect(await take(1, -1, '一')).toBe(true);
    expect(logged).toContain('telegram.update.givenUp');
  });

  it('is held on to while nothing else can be kept either', async () => {
    const { take, later, logged } = intake();
    await take(1, -1, '一');
    later();
    expect(await take(1, -1, '一')).toBe(false);
    expect(logged).not.toContain('telegram.update.givenUp');
  });

  it('is forgotten as such once it was kept', async () => {
    const { take, later, refuse } = intake();
    await take(1, -1, '一');
    refuse('');
    expect(await take(1, -1, '一')).toBe(true);
    refuse('一');
    later();
    await take(2, -2, '二');
    expect(await take(1, -1, '一')).toBe(false);
  });
});
