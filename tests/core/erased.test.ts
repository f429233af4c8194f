import { describe, expect, it } from 'vitest';
import { erasedBody, erasedEntry, erasedEvent, erasedReport } from '../../src/core/erased.ts';
import type { Body } from '../../src/core/notices.ts';
import type { EntryRow, ReportRow } from '../../src/core/rows/index.ts';
import { playbookOf, unitForm } from '../support/forms.ts';

const FORM = playbookOf({
  visit: unitForm('走访', {
    fields: {
      found: { name: '发现', type: 'count', required: true, bare: true },
      reading: { name: '体温', type: 'number', min: 34, max: 43 },
      state: { name: '情况', type: 'choice', options: ['正常', '异样'] },
      seen: { name: '见到', type: 'yesno' },
      pictures: { name: '照片', type: 'photo' },
      who: { name: '对象', type: 'person' },
      plate: { name: '车牌', type: 'plate' },
      house: { name: '户主', type: 'household' },
      back: { name: '返回', type: 'date' },
      remark: { name: '说明', type: 'text', rest: true },
    },
  }),
}).forms.visit;

const COUNTED = { found: 2, reading: 37.9, state: '异样', seen: true, pictures: 3 };
const NAMING = { who: '王小明', plate: '湘J12345', house: '王家', back: '2026-11-20', remark: '咳嗽' };

const REPORT: ReportRow = {
  id: 'visit@2026-11-23@grid#m',
  obligationId: 'visit@2026-11-23@grid',
  kind: 'report',
  values: { ...COUNTED, ...NAMING },
  items: ['王小明 武汉回来'],
  note: '手机坏了',
  sentAt: 1,
  receivedAt: 2,
  personId: 'zhang',
  via: 'self',
  message: 'm',
};

describe('of a report', () => {
  it('whatever is counted is left, and who said it, when and in which message', () => {
    expect(erasedReport(REPORT, FORM ?? null)).toEqual({ ...REPORT, values: COUNTED, items: [], note: null });
  });

  it('no word is left where its form is not known, or has no such field any more', () => {
    const { state: _, ...numbers } = COUNTED;
    expect(erasedReport(REPORT, null)?.values).toEqual(numbers);
    expect(erasedReport({ ...REPORT, values: { found: 2, gone: '王小明' } }, FORM ?? null)?.values).toEqual({
      found: 2,
    });
  });

  it('nothing is done twice', () => {
    const once = erasedReport(REPORT, FORM ?? null);
    expect(once && erasedReport(once, FORM ?? null)).toBeNull();
  });

  it('an attempt keeps why it could not be read', () => {
    const attempt: ReportRow = { ...REPORT, kind: 'unparsed', values: {}, items: [], note: 'text.unknown' };
    expect(erasedReport(attempt, FORM ?? null)).toBeNull();
  });
});

describe('of an entry', () => {
  const entry: EntryRow = {
    id: 'e',
    register: 'watched',
    unitId: 'grid',
    number: '12',
    name: '王小明',
    values: { source: '武汉' },
    coverId: 'zhang',
    since: '2026-11-23',
    until: '2026-12-07',
    erasedAt: null,
  };

  it('where it stood and how long is left', () => {
    expect(erasedEntry(entry, 7)).toEqual({
      ...entry,
      number: null,
      name: '',
      values: {},
      coverId: null,
      erasedAt: 7,
    });
  });

  it('that something happened to it is left, and not what', () => {
    const event = { id: 'e#m', entryId: 'e', kind: 'ended', personId: 'zhang', at: 5, message: 'm' } as const;
    expect(erasedEvent({ ...event, values: { source: '武汉' }, note: '期满' })).toEqual({
      ...event,
      values: {},
      note: null,
    });
  });
});

describe('of what was said', () => {
  it('an answer is left without its words and without whose they were', () => {
    expect(erasedBody({ kind: 'answer', text: '✅ 王小明', of: 'm', who: '张三' })).toEqual({
      kind: 'answer',
      text: '',
      of: 'm',
    });
    expect(erasedBody({ kind: 'answer', text: '', of: 'm' })).toBeNull();
  });

  it('a receipt keeps its form, its day and its ratio', () => {
    const kept = { parentId: 'village', day: '2026-11-23', form: '走访', sentAt: 1, ratio: '1/3' } as const;
    const words = { ...kept, unit: '王小明', values: '发现2 咳嗽', behalf: '孙三代报', items: 1 };
    expect(erasedBody({ kind: 'receipt', of: 'm', words })).toEqual({
      kind: 'receipt',
      of: 'm',
      words: { ...kept, unit: '' },
    });
  });

  it('what names all by their ids is left as it is', () => {
    const body: Body = { kind: 'table', periodId: 'visit@2026-11-23', unitId: 'village' };
    expect(erasedBody(body)).toBeNull();
  });
});
