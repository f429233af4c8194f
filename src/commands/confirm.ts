/** `/确认`: what was shown first is done. */
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, type KnownCall } from './command.ts';
import { type RestPayload, takeTheRest } from './rest.ts';

export const confirm = defineCommand({
  name: 'confirm',
  open: false,
  unbound: false,
  fits: ({ county, person, chatKey, now }) => person !== null && county.confirmation(chatKey, person.id, now) !== null,
  load: async ({ county, person, chatKey, now }, reads) => {
    const question = person && county.confirmation(chatKey, person.id, now);
    if (question) await reads.book((JSON.parse(question.payload) as RestPayload).periodId);
  },
  decide(call) {
    const known = call as KnownCall;
    const question = call.county.confirmation(call.chatKey, known.person.id, call.sentAt);
    if (!question) return answer(call, zh.nothingToConfirm(lines.rest));
    return takeTheRest(known, question, JSON.parse(question.payload) as RestPayload);
  },
});
