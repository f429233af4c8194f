/** The files that ride on a table: its picture and its workbook, made only when a platform asks for them. */
import type { OutboundAttachment } from '../bots/adapter.ts';
import type { Body } from '../core/notices.ts';
import { type Table, tableOf } from '../core/rollup.ts';
import { attachmentName } from '../render/attachment-name.ts';
import { type ComposeContext, type Composed, type ComposedFile, plain } from './compose.ts';

/** What a table is about, and whether somebody asked for it. */
interface TableBody {
  kind: 'table' | 'requestedTable';
  periodId: string;
  unitId: string;
}

type FileBody = Extract<Body, { kind: 'file' | 'requestedFile' }>;

const KINDS = ['picture', 'workbook'] as const satisfies OutboundAttachment['kind'][];

/** Both are drawn from the table as it was when the text was composed, so text and files agree. */
export function tableAttachments(table: Table, countyName: string, of: TableBody): ComposedFile[] {
  return KINDS.map((file) => ({
    ...fileOf(table, countyName, file),
    alone: {
      kind: of.kind === 'table' ? 'file' : 'requestedFile',
      periodId: of.periodId,
      unitId: of.unitId,
      file,
    },
  }));
}

/** A file that travels alone, because its platform shows no text with it: drawn when it leaves, and says its moment. */
export function composeFile(body: FileBody, context: ComposeContext): Composed | null {
  const { county, forms, view } = context;
  const book = county.book(body.periodId);
  const form = book && forms.get(book.period.form);
  const table = book && form ? tableOf(book, form, body.unitId, context.now) : null;
  if (!table) return null;
  const file = fileOf(table, view.county?.name ?? '', body.file);
  return { ...plain(''), attachments: [{ ...file, alone: body }] };
}

function fileOf(table: Table, countyName: string, kind: OutboundAttachment['kind']): OutboundAttachment {
  if (kind === 'picture') {
    return {
      kind,
      name: attachmentName(table, 'png', countyName),
      content: async () => (await import('../render/picture.ts')).tablePicture(table, countyName),
    };
  }
  return {
    kind,
    name: attachmentName(table, 'xlsx', countyName),
    content: async () => (await import('../render/workbook.ts')).tableWorkbook(table, countyName),
  };
}
