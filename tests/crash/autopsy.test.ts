/** What is wrong with a file is seen: each kind of harm is done to a sound one. */
import { describe, expect, test } from 'vitest';
import { faultsOf } from './autopsy.ts';
import { History } from './history.ts';
import { ratioFaults } from './ratios.ts';
import type { Remains } from './remains.ts';
import { accountFor, expectationFor, remainsOf, reportsOf } from './remains-made.ts';
import { DAY_SAID, saidOf } from './sayings.ts';
import type { Said } from './talk.ts';

function faults(remains: Remains, said: readonly Said[], acknowledged: readonly Said[] = []): string {
  return faultsOf(remains, expectationFor(said, acknowledged)).join('\n');
}

describe('a file', () => {
  const first = saidOf(1, 'report', 3);
  const second = saidOf(1, 'correction', 4);
  const both = [first, second];

  test('is sound with all, the first or none of what was said in a chat', () => {
    expect(faults(remainsOf(both), both, both)).toBe('');
    expect(faults(remainsOf([first]), both, [first])).toBe('');
    expect(faults(remainsOf([]), both)).toBe('');
  });

  test('lacks what was acknowledged', () => {
    expect(faults(remainsOf([first]), both, both)).toContain('1 acknowledged and not kept');
  });

  test('holds a message without the one before it', () => {
    expect(faults(remainsOf([second]), both)).toContain('1 kept although what was said before in that chat is not');
  });

  test('holds a message without its report', () => {
    expect(faults(remainsOf(both, reportsOf([first])), both)).toContain('1 messages that took no effect');
  });

  test('holds a report without its message', () => {
    expect(faults(remainsOf([first], reportsOf(both)), both)).toContain('1 reports that no message accounts for');
  });

  test('holds what says something else than the message', () => {
    const altered = reportsOf([first]).map((row) => ({ ...row, values: { abnormal: 99 } }));
    const found = faults(remainsOf([first], altered), both);
    expect(found).toContain('1 reports that say something else');
    expect(found).toContain(`${DAY_SAID} v0: is 2 = 1+0+0+1 abnormal 99 of 1, should be 2 = 1+0+0+1 abnormal 3 of 1`);
  });

  test('holds a message that nobody will be answered for', () => {
    expect(faults({ ...remainsOf([first]), answers: new Map() }, both)).toContain('1 kept without an answer');
  });

  test('holds a message in other words, of another moment or of another chat', () => {
    const sound = remainsOf([first]);
    const [raw] = sound.messages;
    if (!raw) throw new Error('a file without a message');
    for (const change of [
      { text: '/日报 5' },
      { sentAt: raw.sentAt - 1 },
      { chat: 'bench:gv1' },
      { accountId: 'bench:p2' },
    ]) {
      expect(faults({ ...sound, messages: [{ ...raw, ...change }] }, both)).toContain(
        '1 kept as something else than was said',
      );
    }
  });

  test('holds tables of what was said in place of what is in it', () => {
    const [raw] = remainsOf([first]).messages;
    if (!raw) throw new Error('a file without a message');
    const found = faults({ ...remainsOf([first]), messages: [{ ...raw, text: '/日报 5' }] }, both);
    expect(found).toContain(`${DAY_SAID} v0: is 2 = 1+0+0+1 abnormal 3 of 1, should be 2 = 1+0+0+1 abnormal 5 of 1`);
  });

  test('holds two versions of one message, whatever they are called', () => {
    const [report] = reportsOf([first]);
    if (!report) throw new Error('a message without a report');
    const twice = faults(remainsOf([first], [report, { ...report, id: `${report.id} again` }]), both);
    expect(twice).toContain('1 reports that stand there twice');
  });

  test('lacks an exemption or a leave, or has one too many', () => {
    const all = [saidOf(1, 'exemption'), saidOf(1, 'leave')];
    const sound = remainsOf(all);
    expect(faults(sound, all)).toBe('');
    expect(faults({ ...sound, leaves: [] }, all)).toContain('1 that took no effect: leave of p1');
    const [exemption] = sound.exemptions;
    const twice = { ...sound, exemptions: [...sound.exemptions, ...sound.exemptions] };
    expect(faults(twice, all)).toContain(`1 that stand there twice: exemption of ${exemption?.unitId}`);
  });
});

describe('a later file', () => {
  const said = [saidOf(1, 'report', 3), saidOf(1, 'correction', 4)];

  test('holds all that was in the one before, and more', () => {
    const history = new History();
    expect(history.faults(remainsOf(said.slice(0, 1)))).toEqual([]);
    expect(history.faults(remainsOf(said))).toEqual([]);
    expect(history.faults(remainsOf(said.slice(0, 1))).join()).toContain('2 of a file before have vanished');
  });

  test('shows by the moment at which a message was taken that it was taken once more', () => {
    const history = new History();
    const before = remainsOf(said);
    history.faults(before);
    const reports = before.reports.map((row) => ({ ...row, receivedAt: row.receivedAt + 1 }));
    expect(history.faults({ ...before, reports }).join()).toContain('2 of a file before have changed');
  });

  test('has nothing wait again that had left', () => {
    const history = new History();
    const [first] = said;
    history.faults({ ...remainsOf(said), answers: new Map([[first?.id ?? '', 'sent']]) });
    expect(history.faults(remainsOf(said)).join()).toContain('1 of a file before have vanished');
  });
});

describe('a count that somebody was told', () => {
  test('is one that the file has held at some moment', () => {
    const account = accountFor(remainsOf([saidOf(1, 'report', 3), saidOf(1, 'withdrawal'), saidOf(0, 'exemption')]));
    const claim = (ratio: string) => ratioFaults([{ day: DAY_SAID, unit: 'v0', ratio }], account).join();
    expect(['0/2', '1/2', '0/1'].map(claim)).toEqual(['', '', '']);
    expect(claim('2/2')).toContain('1 counts that the file never held: v0 2/2');
    expect(claim('1/1')).toContain('v0 1/1');
  });
});
