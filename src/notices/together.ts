/** Several answers for one chat as one message: receipts first, then sentences with the names of those they answer. */
import type { Body } from '../core/notices.ts';
import { zh } from '../locales/zh-CN.ts';
import { receiptLines } from './receipt.ts';

type Answer = Extract<Body, { kind: 'answer' | 'receipt' }>;

/**
 * The lines of a message that gives several answers. All that answers one message is one line. Where several were
 * answered, receipts come first, and those that say the same share a line whoever sent them; then comes a line per
 * message answered by sentences, in the order of asking, with its sender's name where that is known.
 */
export function answerLines(bodies: readonly Answer[]): string[] {
  const receipts = bodies.filter((body) => body.kind === 'receipt');
  const sentences = bodies.filter((body) => body.kind === 'answer');
  const asked = [...new Set(bodies.map((body) => body.of ?? ''))];
  if (asked.length === 1) {
    // One line was said: one line answers it.
    return [[...receiptLines(receipts), ...sentences.map(({ text }) => text)].join(' ')].filter(Boolean);
  }
  const said = receiptLines(receipts);
  const spoken = asked.flatMap((of) => {
    const own = sentences.filter((body) => (body.of ?? '') === of);
    const who = own[0]?.who;
    const text = own.map((body) => body.text).join(' ');
    return text === '' ? [] : who ? zh.forWhom(who, text) : text;
  });
  return [...said, ...spoken];
}
