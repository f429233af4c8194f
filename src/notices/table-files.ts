/** The files that ride on a table: its picture and its workbook, made only when a platform asks for them. */
import type { OutboundAttachment } from '../bots/adapter.ts';
import type { Table } from '../core/rollup.ts';
import { attachmentName } from '../render/attachment-name.ts';

/** Both are drawn from the table as it was when the text was composed, so text and files agree. */
export function tableAttachments(table: Table, countyName: string): OutboundAttachment[] {
  return [
    {
      kind: 'picture',
      name: attachmentName(table, 'png', countyName),
      content: async () => (await import('../render/picture.ts')).tablePicture(table, countyName),
    },
    {
      kind: 'workbook',
      name: attachmentName(table, 'xlsx', countyName),
      content: async () => (await import('../render/workbook.ts')).tableWorkbook(table, countyName),
    },
  ];
}
