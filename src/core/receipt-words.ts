/** What a report's answer says, as things stood when the report was taken in. */
import type { When } from './rounds/period.ts';
import type { UnitId } from './rows/index.ts';
import type { Instant } from './time.ts';

/** What does not hold, or is not there, is left out: nearly every receipt is of a plain zero report. */
export interface ReceiptWords {
  unit: string;
  /** The unit above, whose ratio it is. */
  parentId: UnitId;
  day: When;
  form: string;
  sentAt: Instant;
  /** `7/12` */
  ratio: string;
  zero?: boolean;
  /** `异常2 返乡1` */
  values?: string;
  items?: number;
  late?: boolean;
  madeUp?: boolean;
  corrected?: boolean;
  /** Who reported for them: `孙三代报`, `孙三电话代报`. */
  behalf?: string | null;
  /** The other forms it fills, by name. */
  alsoFills?: readonly string[];
  /** Forms that were filled before, and that it no longer answers. */
  stillOwed?: readonly string[];
}
