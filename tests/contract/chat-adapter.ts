/**
 * What every chat adapter promises, told through a platform that a test can stand in for: a real counterpart in a process
 * of its own where the platform is not of this process anyway. What a platform cannot do it leaves out of its fixture,
 * and is not asked for.
 */
import { describe } from 'vitest';
import { disruptions } from './chat-adapter/disruptions.ts';
import { durability } from './chat-adapter/durability.ts';
import { ending } from './chat-adapter/ending.ts';
import type { Fixture, Stage } from './chat-adapter/fixture.ts';
import { hearing } from './chat-adapter/hearing.ts';
import { membership } from './chat-adapter/membership.ts';
import { order } from './chat-adapter/order.ts';
import { Scene } from './chat-adapter/scene.ts';
import { sendFailures } from './chat-adapter/send-failures.ts';
import { sending } from './chat-adapter/sending.ts';

const THEMES = { hearing, membership, order, durability, sending, sendFailures, disruptions, ending };

type Theme = keyof typeof THEMES;

/**
 * @param themes by default all
 * @param own what this platform promises besides, on the same stage
 */
export function chatAdapterContract<S extends Stage>(
  fixture: Fixture<S>,
  { themes = Object.keys(THEMES) as Theme[], own }: { themes?: readonly Theme[]; own?: (scene: Scene<S>) => void } = {},
): void {
  describe(`the contract of a chat adapter, kept by ${fixture.name}`, () => {
    const scene = new Scene(fixture);
    for (const theme of themes) THEMES[theme](scene);
    own?.(scene);
  });
}
