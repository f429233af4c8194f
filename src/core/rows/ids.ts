/** The ids by which rows name one another. */
export type UnitId = string;
export type PersonId = string;
export type PeriodId = string;
export type ObligationId = string;
/** `platform:chat id`, the key of a group or of a direct chat. */
export type ChatKey = string;
/** What an obligation is of: a unit of the chain, or an entry of a register. */
export type SubjectId = string;
export type EntryId = string;
