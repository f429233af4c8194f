/** Telegram, through its Bot API. */
import type { Configuration, Platform } from './platform.ts';
import { TelegramAdapter } from './telegram/adapter.ts';
import { Examination } from './telegram/examination.ts';
import { PLATFORM } from './telegram/inbound.ts';
import { readSettings } from './telegram/settings.ts';
import { TELEGRAM_TIMES, type TelegramTimes } from './telegram/times.ts';

export { TelegramAdapter } from './telegram/adapter.ts';
export { TELEGRAM_TIMES, type TelegramTimes } from './telegram/times.ts';

/** Telegram with time limits of one's own; those not given are the usual ones. */
export function telegramWith(given: Partial<TelegramTimes>): Platform {
  const times = { ...TELEGRAM_TIMES, ...given };
  return {
    id: PLATFORM,
    configure(environment): Configuration {
      const settings = readSettings(environment);
      if (settings === null) return { state: 'absent' };
      if (Array.isArray(settings)) return { state: 'broken', problems: settings };
      return {
        state: 'ready',
        platform: {
          accounts: 1,
          open: (deps) => new TelegramAdapter(settings, times, deps),
          examine: (deps, groups) => new Examination(settings, times, deps).of(groups),
        },
      };
    },
  };
}

export const telegram: Platform = telegramWith({});
