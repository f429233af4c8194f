import { beforeEach, describe, expect, it } from 'vitest';
import { Groups } from '../../../src/bots/wechaty/groups.ts';
import { StepTimers } from './step-timers.ts';

const HANDOVER = 1_000;

describe('a group of several accounts', () => {
  let timers: StepTimers;
  let groups: Groups;

  beforeEach(() => {
    timers = new StepTimers();
    groups = new Groups(['1', '2', '3'], HANDOVER, timers.setTimer);
    groups.connected('1', new Map([['r', '村']]));
    groups.connected(
      '2',
      new Map([
        ['r', '村的旧名'],
        ['only 2', '乡'],
      ]),
    );
  });

  it('belongs to the first that is in it', () => {
    expect([groups.ownerOf('r'), groups.ownerOf('only 2'), groups.ownerOf('nowhere')]).toEqual(['1', '2', null]);
  });

  it('stays with its account through a short loss', async () => {
    expect(groups.ownerOf('r')).toBe('1');
    groups.lost('1');
    await timers.pass(HANDOVER - 1);
    expect(groups.ownerOf('r')).toBe('1');
    groups.connected('1', new Map([['r', '村']]));
    await timers.pass(HANDOVER);
    expect(groups.ownerOf('r')).toBe('1');
  });

  it('passes on after a long loss, and does not come back by itself', async () => {
    groups.ownerOf('r');
    groups.lost('1');
    await timers.pass(HANDOVER);
    expect(groups.ownerOf('r')).toBe('2');
    groups.connected('1', new Map([['r', '村']]));
    expect(groups.ownerOf('r')).toBe('2');
  });

  it('stays with an account that is lost when no other is in it', async () => {
    groups.ownerOf('only 2');
    groups.lost('2');
    await timers.pass(HANDOVER);
    expect(groups.ownerOf('only 2')).toBe('2');
  });

  it('passes on at once when its account leaves it', () => {
    groups.ownerOf('r');
    groups.left('1', 'r');
    expect(groups.ownerOf('r')).toBe('2');
  });

  it('is forgotten under its old id when an account tells its groups anew', () => {
    groups.ownerOf('only 2');
    groups.connected('2', new Map([['new id', '乡']]));
    expect([groups.ownerOf('only 2'), groups.ownerOf('new id')]).toEqual([null, '2']);
  });

  it('is told once, by the title of the first, and completely only when every account is there', () => {
    expect(groups.all()).toEqual({
      groups: new Map([
        ['r', '村'],
        ['only 2', '乡'],
      ]),
      complete: false,
    });
    groups.connected('3', new Map());
    expect(groups.all().complete).toBe(true);
    groups.lost('1');
    expect(groups.all()).toEqual({
      groups: new Map([
        ['r', '村的旧名'],
        ['only 2', '乡'],
      ]),
      complete: false,
    });
  });

  it('leaves no timer behind', () => {
    groups.lost('1');
    expect(timers.waiting).toBe(1);
    groups.stop();
    expect(timers.waiting).toBe(0);
  });
});
