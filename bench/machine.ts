/** What the figures were measured on. */
import { cpus, release, totalmem, type } from 'node:os';
import type { Machine } from './figures.ts';

export function thisMachine(): Machine {
  const cores = cpus();
  return {
    cores: cores.length,
    cpu: cores[0]?.model.trim() ?? 'unknown',
    memory: totalmem(),
    node: process.version,
    platform: `${type()} ${release()}`,
    date: new Date().toISOString(),
  };
}
