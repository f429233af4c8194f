/** What is in the file of a county before anybody speaks through the app: its first day open, and some of its reports. */
import { inboundId } from '../src/app/inbound.ts';
import type { County } from '../src/core/county.ts';
import { parse } from '../src/core/grammar/parse.ts';
import { DEFAULT_COMMANDS } from '../src/core/grammar/words.ts';
import { versionId } from '../src/core/obligation-id.ts';
import type { Form, Playbook } from '../src/core/playbook/index.ts';
import { put, type ReportRow, type Write } from '../src/core/rows/index.ts';
import { civilDateOf, type Instant } from '../src/core/time.ts';
import { openPeriods } from '../src/jobs/open-periods.ts';
import { BOT_NAME } from '../src/locales/bot-name.ts';
import { gridId, leaderAccount } from './county.ts';
import { orderOf, reportOf } from './messages.ts';
import type { Places } from './plan.ts';

/** The rows that open the first day of a county, and the reports of some places of the day's order of speaking. */
export function* spokenRows(
  county: County,
  playbook: Playbook,
  grids: number,
  { from, count }: Places,
  now: Instant,
): Generator<Write> {
  yield* openPeriods.decide({ county, playbook, now }).writes;
  const [formId, form] = Object.entries(playbook.forms)[0] ?? [];
  if (!formId || !form) throw new Error(`${playbook.id} has no form`);
  const said = readerOf(formId, form, now);
  const order = orderOf(grids);
  for (let place = from; place < from + count; place++) {
    const grid = order(place);
    const message = reportOf(grid, 0, now);
    const id = inboundId(message);
    const obligationId = `${formId}@${civilDateOf(now)}@${gridId(grid)}`;
    yield put('report', {
      id: versionId(obligationId, id),
      obligationId,
      kind: 'report',
      ...said(message.text),
      sentAt: now,
      receivedAt: now,
      personId: leaderAccount(grid),
      via: 'self',
      message: id,
    });
  }
}

type Said = Pick<ReportRow, 'values' | 'items' | 'note'>;

/** Reads each way of writing once, as the app does. */
function readerOf(formId: string, form: Form, now: Instant): (text: string) => Said {
  const known = new Map<string, Said>();
  const context = {
    today: civilDateOf(now),
    botName: BOT_NAME,
    place: 'group',
    forms: new Map([[formId, form]]),
    commands: DEFAULT_COMMANDS,
  } as const;
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const parsed = parse(text, context);
    if (parsed.kind !== 'command') throw new Error(`not a report: ${text}`);
    const { values, items, note } = parsed;
    known.set(text, { values, items, note });
    return { values, items, note };
  };
}
