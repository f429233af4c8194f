/** The groups that live on the page: the store knows them, the page forgets them with the process. */
import { memorySince } from '../app/memory.ts';
import type { ConsoleAdapter } from '../bots/console.ts';
import { chatKey, splitKey } from '../core/chat.ts';
import { County } from '../core/county.ts';
import { LEVELS } from '../core/playbook/index.ts';
import { put } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import type { Store } from '../store/store.ts';

const CONSOLE = 'console';

/** Opens on the page every group that is bound there. */
export function openGroups(county: County, adapter: ConsoleAdapter, now: Instant): void {
  const view = county.viewAt(now);
  for (const unit of LEVELS.flatMap((level) => view.units(level))) {
    const binding = county.groupOf(unit.id);
    if (!binding) continue;
    const { platform, id } = splitKey(binding.chat);
    if (platform === adapter.platform) adapter.openGroup(id, binding.title);
  }
}

/**
 * Gives a county that has no group one on the page, so that its table can be read somewhere from the first evening on.
 * Binding a real group takes its place. Called before the app reads the store.
 */
export async function countyOnConsole(store: Store, now: Instant): Promise<void> {
  const county = new County(await store.load(memorySince(now)));
  const unit = county.viewAt(now).county;
  if (!unit || county.groupOf(unit.id)) return;
  const chat = chatKey({ platform: CONSOLE, id: unit.id });
  const row = { id: `console#${unit.id}#${now}`, chat, unitId: unit.id, title: unit.name };
  await store.commit([put('binding', { ...row, boundBy: null, boundAt: now, releasedAt: null })]);
}
