/** An alert, told to a level's group: it mentions who answers for that level. */

import { alertText } from '../locales/alert.ts';
import { zh } from '../locales/zh-CN.ts';
import type { Composer } from './compose.ts';

export const composeAlert: Composer<'alert'> = ({ areaId, words }, { view, here, reachable }) => {
  const area = view.unit(areaId);
  if (!area) return null;
  const { personIds } = view.whoActs(here ?? areaId, reachable);
  const names = personIds.map((id) => `@${view.person(id)?.name ?? ''}`).join(' ');
  const text = alertText(words, view.nameAmong(areaId, here) || area.name);
  return { text: zh.mentioning(text, names), mentions: [...personIds], attachments: [], onAccepted: [] };
};
