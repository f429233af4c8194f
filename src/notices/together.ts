/** Several answers for one chat as one message: what answers one line stays in one line, and says whose it is. */
import type { Body } from '../core/notices.ts';
import { zh } from '../locales/zh-CN.ts';
import type { ComposeContext } from './compose.ts';
import { receiptLines } from './receipt.ts';

type Answer = Extract<Body, { kind: 'answer' | 'receipt' }>;

/**
 * The lines of a message that gives several answers, in the order in which they were first asked for. Receipts that
 * say the same share a line whoever sent them; of sentences to several people each names its own.
 */
export function answerLines(bodies: readonly Answer[], context: ComposeContext): string[] {
  const receipts = bodies.filter((body) => body.kind === 'receipt');
  const sentences = bodies.filter((body) => body.kind === 'answer');
  const asked = [...new Set(bodies.map((body) => body.of ?? ''))];
  if (asked.length === 1) {
    // One line was said: one line answers it.
    return [[...receiptLines(receipts, context), ...sentences.map(({ text }) => text)].join(' ')].filter(Boolean);
  }
  const said = receiptLines(receipts, context);
  const spoken = asked.flatMap((of) => {
    const own = sentences.filter((body) => (body.of ?? '') === of);
    const who = own[0]?.who;
    const text = own.map((body) => body.text).join(' ');
    return text === '' ? [] : who ? zh.forWhom(who, text) : text;
  });
  return [...said, ...spoken];
}
