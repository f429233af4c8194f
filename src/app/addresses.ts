/** Where an address leads as things stand: the group a unit is bound to, the account a person uses. */
import { type ChatRef, splitKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import type { Address } from '../core/notices.ts';
import type { PersonId } from '../core/rows/index.ts';

/** The chat an address leads to; null when there is none. A person is written to where they claimed last. */
export function chatAt(
  address: Address,
  county: County,
  platforms: { has(platform: string): boolean },
): ChatRef | null {
  if ('chat' in address) return address.chat;
  if ('unit' in address) {
    const binding = county.groupOf(address.unit);
    return binding ? { ...splitKey(binding.chat), kind: 'group' } : null;
  }
  const account = county
    .accountsOf(address.person)
    .filter(({ id }) => platforms.has(splitKey(id).platform))
    .sort((a, b) => b.claimedAt - a.claimedAt)[0];
  return account ? { ...splitKey(account.id), kind: 'direct' } : null;
}

/** The platform's id of a person's account there; null when they have none. */
export function accountOn(platform: string, personId: PersonId, county: County): string | null {
  const account = county.accountsOf(personId).find(({ id }) => isOn(platform, id));
  return account ? splitKey(account.id).id : null;
}

const isOn = (platform: string, key: string): boolean => key.startsWith(platform) && key[platform.length] === ':';
