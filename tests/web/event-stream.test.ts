import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventStream } from '../../src/web/event-stream.ts';
import type { Live, LiveEvent } from '../../src/web/live.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function source() {
  const listeners = new Set<(event: LiveEvent) => void>();
  const subscribe = (listener: (event: LiveEvent) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const clock = { now: 0, movable: true, moving: false };
  return {
    live: { subscribe } as unknown as Live,
    listeners,
    tell: () => {
      for (const listener of [...listeners]) listener({ type: 'clock', clock });
    },
  };
}

const text = ({ value }: { value?: Uint8Array | undefined }): string => new TextDecoder().decode(value);

describe('a stream of events', () => {
  it('says how soon to come back, then tells each event under its name', async () => {
    const { live, tell } = source();
    const reader = eventStream(live, 15_000).getReader();
    expect(text(await reader.read())).toBe('retry: 1000\n\n');
    tell();
    expect(text(await reader.read())).toBe('event: clock\ndata: {"clock":{"now":0,"movable":true,"moving":false}}\n\n');
    await reader.cancel();
  });

  it('gives a sign of life when nothing happens', async () => {
    const { live } = source();
    const reader = eventStream(live, 15_000).getReader();
    await reader.read();
    vi.advanceTimersByTime(15_000);
    expect(text(await reader.read())).toBe(': beat\n\n');
    await reader.cancel();
  });

  it('leaves no timer and no listener behind when its reader goes', async () => {
    const { live, listeners } = source();
    const reader = eventStream(live, 15_000).getReader();
    expect([vi.getTimerCount(), listeners.size]).toEqual([1, 1]);
    await reader.cancel();
    expect([vi.getTimerCount(), listeners.size]).toEqual([0, 0]);
  });

  it('cuts off a reader that has fallen far behind', async () => {
    const { live, listeners, tell } = source();
    const reader = eventStream(live, 15_000).getReader();
    for (let i = 0; i < 600; i++) tell();
    expect([vi.getTimerCount(), listeners.size]).toEqual([0, 0]);
    let read = 0;
    while (!(await reader.read()).done) read += 1;
    expect(read).toBe(500);
  });
});
