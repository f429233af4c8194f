/** Every platform the bot can join, the console aside. A further one is one more line here. */
import type { Platform } from './platform.ts';

export interface Registered {
  /** How its variables begin. */
  prefix: string;
  /** Its client libraries are large: they are loaded only where the platform is configured. */
  load: () => Promise<Platform>;
}

export const PLATFORMS: readonly Registered[] = [
  { prefix: 'WECHATY_', load: async () => (await import('./wechaty.ts')).wechaty },
  { prefix: 'TELEGRAM_', load: async () => (await import('./telegram.ts')).telegram },
];
