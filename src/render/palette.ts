/** The colours of pictures: calm grounds, inks that keep a contrast of at least 4.5 on them. */
import type { GroupState, RowState } from './state.ts';

export interface Tone {
  ink: string;
  ground: string;
}

export const PAPER = '#ffffff';
export const DESK = '#f3f5f4';
export const INK = '#1f2a30';
export const QUIET_INK = '#66727a';
export const LINE = '#e6eaec';

const GREEN: Tone = { ink: '#1d6b48', ground: '#e4f2ea' };
const BLUE: Tone = { ink: '#1c4f8c', ground: '#e3edf9' };
const AMBER: Tone = { ink: '#855300', ground: '#fcf0d6' };
const GREY: Tone = { ink: '#566069', ground: '#ebeef0' };
const RED: Tone = { ink: '#a3262c', ground: '#fce6e5' };
const PURPLE: Tone = { ink: '#6a3b9e', ground: '#f0e7fa' };

export const stateTones = {
  zero: GREEN,
  some: BLUE,
  given: GREEN,
  late: AMBER,
  exempt: GREY,
  missing: RED,
  unparsed: PURPLE,
} as const satisfies Record<RowState, Tone>;

export const groupTones = { complete: GREEN, gap: RED, exempt: GREY } as const satisfies Record<GroupState, Tone>;

export const countTones = {
  expected: { ink: INK, ground: '#eef1f2' },
  reported: GREEN,
  late: AMBER,
  exempt: GREY,
  missing: RED,
} as const;
