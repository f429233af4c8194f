import { expect, test } from 'vitest';
import { Progress } from '../../bench/progress.ts';

function progressOn(isTTY: boolean) {
  const written: string[] = [];
  let now = 0;
  const progress = new Progress({ isTTY, write: (text) => written.push(text) }, 2, () => now);
  return { progress, written, pass: (ms: number) => (now += ms) };
}

test('a terminal has one line that is written over, and none in the end', () => {
  const { progress, written, pass } = progressOn(true);
  progress.show('install', 1, 2);
  pass(1_000);
  progress.show('install', 2, 2);
  progress.end();
  expect(written.every((text) => text.startsWith('\r') && !text.includes('\n'))).toBe(true);
  expect(written[1]).toContain('   1 s  install 100 %');
  expect(written.at(-1)).toBe('\r\u001b[K');
});

test('elsewhere lines stay, so they come seldom', () => {
  const { progress, written, pass } = progressOn(false);
  for (let done = 0; done < 1_000; done++) {
    progress.show('install', done, 1_000);
    pass(10);
  }
  progress.end();
  expect(written.length).toBe(2);
  expect(written.every((text) => text.endsWith('\n') && !text.includes('\r'))).toBe(true);
});

test('the bar grows over all stages', () => {
  const { progress, written, pass } = progressOn(true);
  const filled = (): number => (written.at(-1) ?? '').split('█').length - 1;
  progress.show('a', 1, 2);
  expect(filled()).toBe(6);
  progress.next();
  pass(1_000);
  progress.show('b', 2, 2);
  expect(filled()).toBe(24);
});
