/** Tables for the tests of pictures and workbooks, built the way the program builds them. */
import { PeriodBook } from '../../src/core/book.ts';
import { checkPlaybook, type Form } from '../../src/core/playbook/index.ts';
import { type Table, tableOf } from '../../src/core/rollup.ts';
import type { ReportRow } from '../../src/core/rows/index.ts';
import { HOUR, MINUTE, startOfDay } from '../../src/core/time.ts';

export const DAY = '2026-11-23';

/** Three minutes after the due moment. */
const AS_OF = startOfDay(DAY) + 18 * HOUR + 3 * MINUTE;

export const form: Form = checkedForm();

/** What became of one grid. `at` is hours after the day's midnight. */
export interface Said {
  path: string;
  values?: Record<string, number>;
  at?: number;
  note?: string;
  exempt?: string;
  unparsed?: boolean;
}

/** A county's book on 2026-11-23, due 18:00, holding one grid per entry. Units are known by their path, the county by ''. */
export function bookOf(grids: readonly Said[]): PeriodBook {
  const midnight = startOfDay(DAY);
  const book = new PeriodBook({
    id: `daily@${DAY}`,
    form: 'daily',
    key: DAY,
    opensAt: midnight,
    dueAt: midnight + 18 * HOUR,
    locksAt: midnight + 36 * HOUR,
    playbook: 'epidemic',
    spec: null,
    label: null,
    unitId: null,
  });
  for (const { path, values, at = 17, note = null, exempt, unparsed = false } of grids) {
    const id = `daily@${DAY}@${path}`;
    const names = path.split('/');
    const chain = ['', ...names.map((_, i) => names.slice(0, i + 1).join('/'))];
    const span = { form: 'daily', unitId: path, fromDay: DAY, toDay: DAY, personId: 'p', saidAt: midnight } as const;
    book.addObligation(
      { id, periodId: book.period.id, subjectId: path, path, chain },
      exempt === undefined ? null : { id: `exempt@${path}`, ...span, reason: exempt },
    );
    if (!values && !unparsed) continue;
    const kind: ReportRow['kind'] = values ? 'report' : 'unparsed';
    const sentAt = midnight + at * HOUR;
    const message = { sentAt, receivedAt: sentAt, personId: 'p', via: 'self', message: `m@${path}` } as const;
    book.addVersion({ id: `r@${path}`, obligationId: id, kind, values: values ?? {}, items: [], note, ...message });
  }
  return book;
}

/** The table of a unit (a path, '' for the county) in which every grid stands as said. */
export function tableFrom(grids: readonly Said[], unit: string): Table {
  const table = tableOf(bookOf(grids), form, unit, AS_OF);
  if (!table) throw new Error(`${unit} owes nothing in this book`);
  return table;
}

/** One grid of every state, in a village called 林东镇/福山地村. */
export const everyState: readonly Said[] = [
  { path: '林东镇/福山地村/一网格', values: { abnormal: 0 }, at: 17.5 },
  { path: '林东镇/福山地村/二网格', values: { abnormal: 2, returned: 1, fever: 1 }, at: 16 },
  { path: '林东镇/福山地村/三网格', values: { abnormal: 0, returned: 0 }, at: 18.5, note: '手机没电' },
  { path: '林东镇/福山地村/四网格', exempt: '整组搬迁' },
  { path: '林东镇/福山地村/五网格' },
  { path: '林东镇/福山地村/六网格', unparsed: true },
];

function checkedForm(): Form {
  const count = (name: string) => ({ name, type: 'count' });
  const { forms } = checkPlaybook({
    id: 'epidemic',
    name: '疫情防控',
    forms: {
      daily: {
        name: '日报',
        aliases: ['日报'],
        subject: 'grid',
        every: 'day',
        fields: {
          abnormal: { ...count('异常'), required: true, bare: true },
          returned: count('返乡'),
          fever: count('发热'),
          dissuaded: count('劝阻'),
        },
        opens: '00:00',
        due: '18:00',
        locks: '+1d 12:00',
        ladder: [],
      },
    },
  });
  const daily = forms.daily;
  if (!daily) throw new Error('the form was not kept');
  return daily;
}
