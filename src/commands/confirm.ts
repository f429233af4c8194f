/** `/确认`: what was shown first is done. */

import { type ConfirmationRow, put } from '../core/rows/index.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import { type BindPayload, bindTo } from './bind.ts';
import { answer, defineCommand, type KnownCall } from './command.ts';
import { loadPeriodToFill } from './filling.ts';
import { type RestPayload, takeTheRest } from './rest.ts';

export const confirm = defineCommand({
  name: 'confirm',
  open: false,
  unbound: true,
  fits: ({ county, person, chatKey, now }) => person !== null && county.confirmation(chatKey, person.id, now) !== null,
  load: async (call, reads) => {
    const { county, person, chatKey, sentAt } = call;
    const question = person && county.confirmation(chatKey, person.id, sentAt);
    const asked = question && payloadOf(question);
    if (asked?.kind === 'rest') await loadPeriodToFill(call, reads, asked.periodId);
  },
  decide(call) {
    const known = call as KnownCall;
    const question = call.county.confirmation(call.chatKey, known.person.id, call.sentAt);
    if (!question) return answer(call, zh.nothingToConfirm(lines.rest));
    const asked = payloadOf(question);
    if (asked.kind === 'rest') return takeTheRest(known, question, asked);
    const unit = call.view.unit(asked.unitId);
    if (!unit) return answer(call, zh.nothingToConfirm(lines.rest));
    const bound = bindTo(known, unit);
    return { ...bound, writes: [put('confirmation', { ...question, usedAt: call.now }), ...bound.writes] };
  },
});

function payloadOf({ payload }: ConfirmationRow): RestPayload | BindPayload {
  return JSON.parse(payload) as RestPayload | BindPayload;
}
