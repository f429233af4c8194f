/** Server-sent events: one endless answer per page, kept awake, and let go of when nobody reads it. */
import type { Live, LiveEvent } from './live.ts';

/** Events that may wait for one reader; one that falls further behind is cut off, comes back and reads all anew. */
const LONGEST_QUEUE = 500;
/** What a page waits before it comes back, milliseconds. */
const RETRY_MS = 1_000;

/**
 * Everything that happens from now on, each event under its type's name with its JSON as data.
 * @param heartbeatMs a comment goes out this often, so that proxies keep the connection and a dead one is noticed
 */
export function eventStream(live: Live, heartbeatMs: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string): void => {
          if ((controller.desiredSize ?? 0) <= 0) {
            end();
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(text));
        };
        const beat = setInterval(() => write(': beat\n\n'), heartbeatMs);
        const unsubscribe = live.subscribe((event) => write(frameOf(event)));
        end = () => {
          clearInterval(beat);
          unsubscribe();
        };
        write(`retry: ${RETRY_MS}\n\n`);
      },
      cancel() {
        end();
      },
    },
    new CountQueuingStrategy({ highWaterMark: LONGEST_QUEUE }),
  );
}

/** JSON has no line breaks of its own, so one data line holds it. */
function frameOf({ type, ...content }: LiveEvent): string {
  return `event: ${type}\ndata: ${JSON.stringify(content)}\n\n`;
}
