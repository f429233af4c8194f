/** Reads server-sent events as a page would. */

export interface LiveEvent {
  event: string;
  data: unknown;
}

/** Opens the stream; `until` reads on to the first event that fits, and returns all since the last call. */
export async function readEvents(url: string) {
  const ending = new AbortController();
  const response = await fetch(`${url}/api/events`, { signal: ending.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let unread: string[] = [];

  async function nextFrame(): Promise<string> {
    for (;;) {
      const frame = unread.shift();
      if (frame !== undefined) return frame;
      const { value, done } = await reader.read();
      if (done) throw new Error('the stream ended');
      const frames = (rest + value).split('\n\n');
      rest = frames.pop() ?? '';
      unread = frames;
    }
  }

  return {
    response,
    nextFrame,
    async until(fits: (event: LiveEvent) => boolean): Promise<LiveEvent[]> {
      const events: LiveEvent[] = [];
      for (;;) {
        const [, event = '', data = 'null'] = /^event: (.*)\ndata: (.*)$/.exec(await nextFrame()) ?? [];
        if (event === '') continue;
        const read = { event, data: JSON.parse(data) as unknown };
        events.push(read);
        if (fits(read)) return events;
      }
    },
    end: () => ending.abort(),
  };
}
