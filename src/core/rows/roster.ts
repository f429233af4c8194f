/** The chain of units, its people and their posts, their accounts and groups. */
import type { Level } from '../playbook/index.ts';
import type { CivilDate, Instant } from '../time.ts';
import type { ChatKey, PersonId, UnitId } from './ids.ts';

/** Half-open range of civil days in which a row holds: `since` included, `until` excluded, null for open-ended. */
export interface Tenure {
  since: CivilDate;
  until: CivilDate | null;
}

/** A link of the chain: county, township, village, grid or cluster. */
export interface UnitRow extends Tenure {
  id: UnitId;
  parentId: UnitId | null;
  level: Level;
  name: string;
}

export interface PersonRow {
  id: PersonId;
  name: string;
  phone: string | null;
}

/** A post exists in a unit whether or not somebody holds it; without a current holding it is vacant. */
export interface PostRow extends Tenure {
  id: string;
  unitId: UnitId;
  /** As the office writes it: 书记, 网格长, 副网格长… */
  title: string;
}

export interface HoldingRow extends Tenure {
  id: string;
  postId: string;
  personId: PersonId;
}

/** A person's account on one platform. */
export interface AccountRow {
  /** `platform:account id` */
  id: string;
  personId: PersonId;
  displayName: string;
  claimedAt: Instant;
  releasedAt: Instant | null;
}

/** A code with which a person claims their posts from chat; only its hash is kept. */
export interface ClaimCodeRow {
  id: string;
  personId: PersonId;
  issuedAt: Instant;
  expiresAt: Instant;
  usedAt: Instant | null;
  /** The account that claimed with it. */
  usedBy: string | null;
}

/** A failed try at a claim code, kept so that guessing can be stopped. */
export interface ClaimTryRow {
  id: string;
  accountId: string;
  at: Instant;
}

/** A group belongs to a unit from `boundAt` until `releasedAt`. */
export interface BindingRow {
  id: string;
  chat: ChatKey;
  unitId: UnitId;
  title: string;
  boundBy: PersonId | null;
  boundAt: Instant;
  releasedAt: Instant | null;
}

/** Absence of a person, both days included. */
export interface LeaveRow {
  id: string;
  personId: PersonId;
  deputyId: PersonId | null;
  fromDay: CivilDate;
  toDay: CivilDate;
  saidAt: Instant;
  endedAt: Instant | null;
}
