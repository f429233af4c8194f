/** Playbooks of several forms, for tests that need more than the shipped one has. */
import { checkPlaybook, type Playbook, together } from '../../src/core/playbook/index.ts';

type Spec = Record<string, unknown>;

/** A form that every grid owes once a day by 18:00, with whatever else is said of it. */
export function unitForm(name: string, more: Spec = {}): Spec {
  return {
    name,
    subject: 'grid',
    every: 'day',
    zeroWords: ['无'],
    fields: { found: { name: '发现', type: 'count', required: true, bare: true } },
    opens: '00:00',
    due: '18:00',
    locks: '+1d 12:00',
    ...more,
  };
}

/** A playbook of these forms, the first of them the main one, and registers. */
export function playbookOf(forms: Record<string, Spec>, registers: Record<string, Spec> = {}): Playbook {
  return together([checkPlaybook({ id: 'made', name: '测试', forms, registers })]);
}

/** The shipped daily form's shape, as the main one. */
export const DAILY = unitForm('日报', {
  aliases: ['零报告'],
  zeroNames: ['零报告'],
  spoken: true,
  fields: {
    abnormal: { name: '异常', type: 'count', required: true, bare: true },
    returned: { name: '返乡', type: 'count' },
  },
});

/** Twice a day, before noon and after. */
export const SESSIONS = [
  { name: '早', opens: '06:00', due: '10:00', locks: '12:00' },
  { name: '晚', opens: '12:00', due: '18:00', locks: '+1d 06:00' },
];

/** People in a grid whom somebody looks after, by name. */
export const WATCHED: Spec = {
  name: '重点人员',
  aliases: ['查人'],
  measure: '人',
  add: { aliases: ['登记'] },
  end: { aliases: ['解除'] },
  cover: { name: '责任人', aliases: ['负责'], by: ['grid', 'village'] },
};

/** A reading of each of them, twice a day. */
export const TEMPERATURE: Spec = {
  name: '体温',
  subject: { register: 'watched' },
  every: SESSIONS,
  opens: '06:00',
  due: '10:00',
  locks: '12:00',
  fields: { reading: { name: '体温', type: 'number', required: true, bare: true, min: 34, max: 43, usual: 36.5 } },
};
