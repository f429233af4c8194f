import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LadderStep } from '../../src/core/playbook/index.ts';
import { periodOfSlot, slotId, stepOfSlot } from '../../src/core/slots.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { parsePlaybook } from '../../src/playbook-file.ts';

const EPIDEMIC = readFileSync(new URL('../../playbooks/epidemic.yaml', import.meta.url), 'utf8');
const PERIOD = 'daily@2026-11-23';

const step: fc.Arbitrary<LadderStep> = fc.record({
  at: fc.integer({ min: 0, max: 100 * 24 * 60 - 1 }).map((minutes) => minutes * MINUTE),
  do: fc.constantFrom('remind', 'table'),
  in: fc.constantFrom('county', 'township', 'village'),
});

describe('the id of a slot', () => {
  it('says which period it is of, and what its step is', () => {
    const reminder: LadderStep = { at: 17 * HOUR + 45 * MINUTE, do: 'remind', in: 'village' };
    expect(slotId(PERIOD, reminder)).toBe('daily@2026-11-23#17:45-remind-village');
    const nextDay: LadderStep = { at: 33 * HOUR, do: 'table', in: 'county' };
    expect(slotId(PERIOD, nextDay)).toBe('daily@2026-11-23#+1d09:00-table-county');
  });

  it('leads back to the period and the step', () => {
    fc.assert(
      fc.property(step, (any) => {
        const id = slotId(PERIOD, any);
        expect([periodOfSlot(id), stepOfSlot(id)]).toEqual([PERIOD, any]);
      }),
    );
  });

  it.each(['', '0', '17:45', '17:45-remind-cluster', '17:45-remind-village-', '7:45-remind-village'])(
    'names no step where it is %j',
    (text) => {
      expect(stepOfSlot(`${PERIOD}#${text}`)).toBeNull();
    },
  );

  it('is one step’s alone: a playbook that writes a step twice is refused', () => {
    const line = '      - { at: "17:45", do: remind, in: village }\n';
    expect(EPIDEMIC).toContain(line);
    expect(() => parsePlaybook(EPIDEMIC.replace(line, line + line), 'twice.yaml')).toThrow('有两步一模一样');
  });
});
