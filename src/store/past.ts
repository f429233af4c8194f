/** Reading of what is long over, to take the words out of it. */
import type { InboundRow, OutboxRow, PeriodRow, ReportRow, TableName, Tables } from '../core/rows/index.ts';
import { storable } from './columns.ts';
import type { Selection } from './reading.ts';
import type { Past } from './store.ts';

/** Reads rows of one table. */
export type ReadRows = <T extends TableName>(table: T, selection: Selection) => Promise<Tables[T][]>;

const listed = (texts: readonly string[]): string => JSON.stringify(texts.map(storable));
/** `?` is a JSON list of ids. */
const AMONG = 'IN (SELECT value FROM json_each(?))';

/** Words may stand in its lines, in its note, in a value that is a text, or in the message that said it. */
const HAS_WORDS = `(items <> '[]' OR note IS NOT NULL OR instr("values", ':"') > 0
  OR EXISTS (SELECT 1 FROM inbound WHERE inbound.id = report.message AND inbound.text <> ''))`;

export class PastReads implements Past {
  readonly #rows: ReadRows;

  constructor(rows: ReadRows) {
    this.#rows = rows;
  }

  async nextLocked(form: string, after: Pick<PeriodRow, 'locksAt' | 'id'>, until: number): Promise<PeriodRow | null> {
    const rest = `WHERE form = ? AND locks_at <= ? AND (locks_at > ? OR (locks_at = ? AND period.id > ?))
      ORDER BY locks_at, period.id LIMIT 1`;
    const values = [storable(form), until, after.locksAt, after.locksAt, storable(after.id)];
    const [next] = await this.#rows('period', { rest, values });
    return next ?? null;
  }

  periods(ids: readonly string[]): Promise<PeriodRow[]> {
    return this.#rows('period', { rest: `WHERE id ${AMONG} ORDER BY rowid`, values: [listed(ids)] });
  }

  reportsIn(periodId: string, afterId: string, limit: number): Promise<ReportRow[]> {
    const id = storable(periodId);
    // Reports' ids begin with their period's and "@"; "A" is the character after it.
    const after = afterId === '' ? `${id}@` : storable(afterId);
    const rest = `WHERE report.id > ? AND report.id < ? AND ${HAS_WORDS} ORDER BY report.id LIMIT ?`;
    return this.#rows('report', { rest, values: [after, `${id}A`, limit] });
  }

  reportsAbout(subjects: readonly string[], forms: readonly string[], lockedSince: number): Promise<ReportRow[]> {
    // An obligation's id is its period's, "@" and its subject's; "$" is the character after the "#" of its reports.
    const rest = `WHERE report.rowid IN (
        SELECT said.rowid FROM period CROSS JOIN json_each(?) AS subject CROSS JOIN report AS said
        ON said.id >= period.id || '@' || subject.value || '#' AND said.id < period.id || '@' || subject.value || '$'
        WHERE said.obligation_id = period.id || '@' || subject.value AND period.form ${AMONG} AND period.locks_at >= ?)
      ORDER BY report.rowid`;
    return this.#rows('report', { rest, values: [listed(subjects), listed(forms), lockedSince] });
  }

  heard(ids: readonly string[]): Promise<InboundRow[]> {
    return this.#rows('inbound', { rest: `WHERE id ${AMONG} ORDER BY rowid`, values: [listed(ids)] });
  }

  settled(keys: readonly string[]): Promise<OutboxRow[]> {
    const rest = `WHERE outbox.rowid IN (
        SELECT said.rowid FROM json_each(?) AS key CROSS JOIN outbox AS said
        ON said.id >= key.value AND said.id < key.value || '$'
        WHERE said.id = key.value OR substr(said.id, length(key.value) + 1, 1) = '#')
      AND state IN ('sent', 'dropped', 'dead') ORDER BY outbox.rowid`;
    return this.#rows('outbox', { rest, values: [listed(keys)] });
  }

  erasures(since: number): Promise<Tables['erasure'][]> {
    return this.#rows('erasure', { rest: 'WHERE at >= ? ORDER BY at, rowid', values: [since] });
  }
}
