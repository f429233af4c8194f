import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashCode, issueCodes, makeCode, type RandomBytes } from '../../src/core/roster/codes.ts';
import { RosterView } from '../../src/core/roster/view.ts';
import type { AccountRow, ClaimCodeRow } from '../../src/core/rows/index.ts';
import { DAY, startOfDay } from '../../src/core/time.ts';
import { imported, noRows, planOf } from '../support/roster.ts';

const NOW = startOfDay('2026-11-21');

/** Bytes that differ from call to call, the same in every run. */
function source(): RandomBytes {
  let next = 1;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      next = (next * 48_271) % 2_147_483_647;
      return next & 0xff;
    });
}

const VIEW = RosterView.on(
  '2026-11-21',
  imported(
    noRows(),
    planOf(
      '甲县,,,,书记,赵一,',
      '甲县,乙镇,丙村,,书记,孙三,',
      '甲县,乙镇,丙村,一网格,网格长,孙三,',
      '甲县,乙镇,丙村,二网格,网格长,李四,',
      '甲县,乙镇,丁村,一网格,网格长,,',
    ),
    '2026-01-01',
  ),
);
const idOf = (name: string): string => VIEW.findPersons(name)[0]?.id ?? '';

function account(name: string, releasedAt: number | null = null): AccountRow {
  return { id: `console:${name}`, personId: idOf(name), displayName: name, claimedAt: 0, releasedAt };
}

describe('a claim code', () => {
  it('has six signs, none of which is mistaken for another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), (bytes) => {
        expect(makeCode(() => bytes)).toMatch(/^[2-9AC-HJKMNP-RTV-Y]{6}$/);
      }),
    );
  });

  it('uses every sign of its alphabet', () => {
    const random = source();
    const signs = new Set(Array.from({ length: 400 }, () => makeCode(random)).join(''));
    expect([...signs].sort().join('')).toBe('23456789ACDEFGHJKMNPQRTVWXY');
  });

  it('is the same however it is typed', () => {
    const hash = hashCode('8F3K52');
    for (const typed of ['8f3k52', ' 8F3-K52 ', '８Ｆ３Ｋ５２', 'bf3kS2', '8F3K5Z', '8F3K\u200b52']) {
      expect(hashCode(typed), typed).toBe(hash);
    }
    expect(hashCode('8F3K53')).not.toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('issuing codes', () => {
  it('gives one to every holder without an account, with the highest of their posts, valid for thirty days', () => {
    const { rows, sheet } = issueCodes(VIEW, [account('赵一')], [], NOW, { random: source() });
    expect(sheet.map(({ path, title, name }) => [path, title, name])).toEqual([
      ['乙镇/丙村', '书记', '孙三'],
      ['乙镇/丙村/二网格', '网格长', '李四'],
    ]);
    expect(rows).toEqual(
      sheet.map(({ name, code }) => ({
        id: hashCode(code),
        personId: idOf(name),
        issuedAt: NOW,
        expiresAt: NOW + 30 * DAY,
        usedAt: null,
        usedBy: null,
      })),
    );
    expect(JSON.stringify(rows)).not.toContain(sheet[0]?.code);
  });

  it('gives one again to who gave their account back, and to whoever is asked for by name', () => {
    const { sheet } = issueCodes(VIEW, [account('赵一', NOW - 1)], [], NOW, { random: source() });
    expect(sheet.map(({ name }) => name)).toContain('赵一');
    const one = issueCodes(VIEW, [account('赵一')], [], NOW, { random: source(), personId: idOf('赵一') });
    expect(one.sheet.map(({ name }) => name)).toEqual(['赵一']);
  });

  it('can be kept to a unit and what is below it, or to one person', () => {
    const below = VIEW.findUnits('二网格')[0]?.id ?? '';
    const names = (options: object) =>
      issueCodes(VIEW, [], [], NOW, { random: source(), ...options }).sheet.map(({ name }) => name);
    expect(names({ below })).toEqual(['李四']);
    expect(names({ personId: idOf('赵一') })).toEqual(['赵一']);
    expect(names({ below, personId: idOf('赵一') })).toEqual([]);
  });

  it('ends the codes given before to the same people, and only those that could still be used', () => {
    const random = source();
    const first = issueCodes(VIEW, [], [], NOW - DAY, { random });
    const used: ClaimCodeRow = { ...(first.rows.at(-1) as ClaimCodeRow), id: 'used', usedAt: NOW - 5 };
    const expired: ClaimCodeRow = { ...used, id: 'expired', usedAt: null, expiresAt: NOW - 1 };
    const again = issueCodes(VIEW, [], [...first.rows, used, expired], NOW, { random, personId: idOf('李四') });
    expect(used.personId).toBe(idOf('李四'));
    const former = first.rows.filter(({ personId }) => personId === idOf('李四'));
    expect(again.rows.slice(0, -1)).toEqual(former.map((row) => ({ ...row, expiresAt: NOW })));
    expect(again.rows.at(-1)).toMatchObject({ personId: idOf('李四'), issuedAt: NOW });
  });

  it('never gives one code twice, and says so when chance fails', () => {
    let calls = 0;
    const stuck: RandomBytes = (count) => {
      calls += 1;
      return new Uint8Array(count).fill(calls < 4 ? 7 : calls);
    };
    const { sheet } = issueCodes(VIEW, [], [], NOW, { random: stuck });
    expect(new Set(sheet.map(({ code }) => code)).size).toBe(3);
    expect(() => issueCodes(VIEW, [], [], NOW, { random: (count) => new Uint8Array(count) })).toThrow(/random/);
  });
});
