/** The files that ride on a table: its picture and its workbook, made only when a platform asks for them. */
import type { OutboundAttachment } from '../bots/adapter.ts';
import { formOfBook } from '../core/form.ts';
import type { Body } from '../core/notices.ts';
import { type Table, tableOf } from '../core/rollup.ts';
import { attachmentName } from '../render/attachment-name.ts';
import { type ComposeContext, type Composed, type ComposedFile, plain } from './compose.ts';
import { entriesShown } from './missing-entries.ts';

/** What a table is about, and whether somebody asked for it. */
interface TableBody {
  kind: 'table' | 'requestedTable';
  periodId: string;
  unitId: string;
  named?: boolean;
}

type FileBody = Extract<Body, { kind: 'file' | 'requestedFile' }>;

/** Named, too, only when it is asked for: most workbooks leave later as notices of their own. */
class TableFile implements ComposedFile {
  readonly kind: OutboundAttachment['kind'];
  readonly alone: FileBody;
  readonly #table: Table;
  readonly #countyName: string;

  constructor(table: Table, countyName: string, alone: FileBody) {
    this.kind = alone.file;
    this.alone = alone;
    this.#table = table;
    this.#countyName = countyName;
  }

  get name(): string {
    return attachmentName(this.#table, this.kind === 'picture' ? 'png' : 'xlsx', this.#countyName);
  }

  async content(): Promise<Uint8Array | null> {
    if (this.kind === 'picture') {
      return (await import('../render/picture.ts')).tablePicture(this.#table, this.#countyName);
    }
    return (await import('../render/workbook.ts')).tableWorkbook(this.#table, this.#countyName);
  }
}

/** Both are drawn from the table as it was when the text was composed, so text and files agree. */
export function tableAttachments(table: Table, countyName: string, of: TableBody): ComposedFile[] {
  const { periodId, unitId, named = false } = of;
  const alone = (file: FileBody['file']): FileBody =>
    of.kind === 'table'
      ? { kind: 'file', periodId, unitId, file }
      : { kind: 'requestedFile', periodId, unitId, file, named };
  return [new TableFile(table, countyName, alone('picture')), new TableFile(table, countyName, alone('workbook'))];
}

/** A file that travels alone, because its platform shows no text with it: drawn when it leaves, and says its moment. */
export function composeFile(body: FileBody, context: ComposeContext): Composed | null {
  const { county, forms, view } = context;
  const book = county.book(body.periodId);
  const form = book && formOfBook(book, forms);
  // What comes by itself goes to the unit's own group.
  const named = body.kind === 'file' || body.named === true;
  const table = book && form ? tableOf(book, form, body.unitId, context.now, entriesShown(form, context, named)) : null;
  if (!table) return null;
  return { ...plain(''), attachments: [new TableFile(table, view.county?.name ?? '', body)] };
}
