/** What a composer is given, and what it makes of a notice at the moment of sending. */
import type { OutboundAttachment } from '../bots/adapter.ts';
import type { County } from '../core/county.ts';
import type { Body, BodyKind } from '../core/notices.ts';
import type { Alert, Form, Playbook, Register, Slice } from '../core/playbook/index.ts';
import type { RosterView } from '../core/roster/view.ts';
import type { PersonId, UnitId, Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';

/** What a playbook has that messages speak of, by id; the main form first. */
export interface Spoken {
  forms: ReadonlyMap<string, Form>;
  registers: ReadonlyMap<string, Register>;
  alerts: ReadonlyMap<string, Alert>;
  slices: ReadonlyMap<string, Slice>;
}

export function spokenOf({ forms, registers, alerts, slices }: Playbook): Spoken {
  return {
    forms: new Map(Object.entries(forms)),
    registers: new Map(Object.entries(registers)),
    alerts: new Map(Object.entries(alerts)),
    slices: new Map(Object.entries(slices)),
  };
}

export interface ComposeContext extends Spoken {
  county: County;
  /** The roster of today. */
  view: RosterView;
  now: Instant;
  /** The unit whose group this goes to; null for a direct chat. */
  here: UnitId | null;
  /** Whether a person can be pointed at in the chat this goes to. */
  reachable: (personId: PersonId) => boolean;
  /** Whether a person can be reached at all, if only on another platform. */
  known: (personId: PersonId) => boolean;
}

/** A file that rides on a message where the platform shows it so, and otherwise follows as a notice of its own. */
export interface ComposedFile extends OutboundAttachment {
  alone: Body;
}

export interface Composed {
  text: string;
  mentions: PersonId[];
  attachments: ComposedFile[];
  /** Facts that become true when the platform has accepted the message. */
  onAccepted: Write[];
}

/** Null: no longer wanted. The item is dropped, nothing is sent. */
export type Composer<K extends BodyKind> = (
  body: Extract<Body, { kind: K }>,
  context: ComposeContext,
) => Composed | null;

/** A message of text alone. */
export function plain(text: string): Composed {
  return { text, mentions: [], attachments: [], onAccepted: [] };
}
