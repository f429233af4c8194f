/** A threshold was passed: the figure alone, never whose it is, and the line with which somebody says that they know. */
import { type AlertFacts, alertText } from '../locales/alerts.ts';
import { mentionText } from './acting.ts';
import type { Composer } from './compose.ts';

/** Nothing once the area is gone; not told again once somebody has acknowledged it. */
export const composeAlert: Composer<'alert'> = ({ alertId, unitId, words, before, again }, context) => {
  const { county, view, here, reachable } = context;
  const row = county.alerts.get(alertId);
  if (!row || !view.unit(row.unitId)) return null;
  const isOpen = row.acknowledgedAt === null;
  if (again && !isOpen) return null;
  const { number, value } = row;
  const unit = view.nameAmong(row.unitId, here);
  const facts: AlertFacts = { number, unit, value, words, day: row.day === view.day ? null : row.day };
  const text = again
    ? alertText.again(facts)
    : before === null
      ? alertText.raised(facts)
      : alertText.grown(facts, before);
  const mentions = view.whoActs(unitId, reachable).personIds;
  return {
    text: isOpen ? alertText.asks(text, number, mentionText(mentions, context)) : text,
    mentions: isOpen ? mentions : [],
    attachments: [],
    onAccepted: [],
  };
};
