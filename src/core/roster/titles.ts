/** What the title of a post says about who takes a step first: heads, then deputies, then staff. */

/** `lead` heads a unit, `deputy` stands in for the head, `staff` helps. */
export type Rank = 'lead' | 'deputy' | 'staff';

const SECRETARY = /书记(?!员)/u;
/** Sent from outside to help; heads the unit only after its own secretary. */
const SENT_SECRETARY = /第一书记|驻村书记/u;
const HEAD =
  /(?:主任|负责人|[县旗区市镇乡村社组格户楼栋院片队站]长|苏木达|嘎查达|书记)(?!员|科员|助理|秘书|联络|办公室|热线)/u;

/** Heads of another body in the place: they answer for that body, not for the place. */
const OTHER_BODY = /卫生院|卫生室|医院|派出所|司法所|学校|敬老院/u;

/** The rank a title gives. A title with 副 is a deputy's, whatever else it names; an unknown title is staff. */
export function rankOf(title: string): Rank {
  if (OTHER_BODY.test(title)) return 'staff';
  if (title.includes('副')) return 'deputy';
  return HEAD.test(title) ? 'lead' : 'staff';
}

/**
 * The order among the heads of one unit, smaller first: 0 for the secretary, 1 for a secretary sent from outside,
 * 2 for every other head, 3 for titles that are no head's.
 */
export function leadOrder(title: string): number {
  if (rankOf(title) !== 'lead') return 3;
  if (!SECRETARY.test(title)) return 2;
  return SENT_SECRETARY.test(title) ? 1 : 0;
}
