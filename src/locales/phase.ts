/** What is said when a state is declared. */
import type { Level } from '../core/playbook/index.ts';

const LEVELS: Record<Level, string> = { county: '县', township: '乡镇', village: '村', grid: '网格', cluster: '联户' };

export const phaseWords = {
  whichUnit: (name: string) => `请写明是哪里的${name}。`,
  mayNot: (name: string, by: readonly Level[]) =>
    `${name}由${by.map((level) => LEVELS[level]).join('、')}的负责人在本级群里发。`,
  already: (unit: string, name: string, state: string) => `${unit}${name}已经是「${state}」。`,
  declared: (unit: string, name: string, state: string, forms: readonly string[]) =>
    `✅ ${unit}${name}:${state}。${forms.length > 0 ? `从下一次起要报:${forms.join('、')}。` : ''}`,
  told: (unit: string, name: string, state: string) => `📢 ${unit}${name}:${state}`,
} as const;
