/** `gridbot status`: who is missing today, per level; what downtime swallowed; what was not heard, delivered, or kept. */

import { readConfig } from '../config.ts';
import type { FrozenUnit, PeriodBook } from '../core/book.ts';
import { ACCOUNTS, type AccountNote, readAccounts } from '../core/meta.ts';
import type { Form } from '../core/playbook/index.ts';
import type { RosterView } from '../core/roster/view.ts';
import { dayOf } from '../core/rounds/period.ts';
import type { ErasureRow, OutageRow } from '../core/rows/index.ts';
import { stepOfSlot } from '../core/slots.ts';
import { type Counts, countsOf, inCount, ratioText } from '../core/tally.ts';
import { civilDateOf, clockText, DAY, startOfDay } from '../core/time.ts';
import { cliText } from '../locales/cli.ts';
import { platformName } from '../locales/doctor.ts';
import { zh } from '../locales/zh-CN.ts';
import { loadPlaybook } from '../playbook-file.ts';
import { isOwned } from '../store/owner.ts';
import { withCounty } from './open.ts';
import { readOptions } from './options.ts';

const USAGE = 'usage: gridbot status [--json]';

/** Of so many days it is told what was erased. */
const ERASED_DAYS = 30;

interface FormStatus extends Counts {
  period: string;
  /** Paths of the units of each level with something missing at or below them. */
  missingIn: { townships: string[]; villages: string[]; grids: string[] };
  skipped: { at: string; step: string }[];
}

/**
 * Prints how today stands, as text or with `--json` as one object; resolves with the exit code. It changes nothing.
 * @throws {CliError} when it is called wrongly
 * @throws {PlaybookError} when the playbook cannot be used
 * @throws {StoreError} when the database cannot
 */
export async function runStatus(args: string[]): Promise<number> {
  const { values } = readOptions({ args, options: { json: { type: 'boolean', default: false } } }, USAGE);
  const playbook = await loadPlaybook(readConfig().playbook);
  return withCounty(async ({ store, county, now }) => {
    const view = county.viewAt(now);
    const forms: Record<string, FormStatus> = {};
    const lines: string[] = [];
    for (const [id, form] of Object.entries(playbook.forms)) {
      const book = county.latestOf(id, civilDateOf(now), now);
      if (!book || !view.county) continue;
      const steps = [...book.slots.values()].filter((slot) => slot.outcome === 'skipped');
      const skipped = steps.map((slot) => ({
        at: clockText(slot.dueAt),
        step: stepOfSlot(slot.id)?.do ?? '',
      }));
      forms[id] = {
        period: book.period.key,
        ...countsOf(book.tally(view.county.id)),
        missingIn: gaps(book, form),
        skipped,
      };
      lines.push(...textOf(book, view, book.form ?? form), ...skipped.map(({ at, step }) => skippedText(at, step)));
    }
    const undelivered = (await store.dead(1_000)).length;
    const outages = await store.outages(startOfDay(civilDateOf(now)));
    const lost = (await isOwned(readConfig().databaseUrl))
      ? readAccounts(county.meta(ACCOUNTS)).filter(({ state }) => state !== 'connected')
      : [];
    const erased = sumOf(await store.past.erasures(now - ERASED_DAYS * DAY));
    if (values.json) process.stdout.write(`${JSON.stringify({ forms, undelivered, outages, lost, erased })}\n`);
    else {
      const nothing = view.county ? cliText.statusNoPeriod : cliText.statusNoRoster;
      const failed = undelivered > 0 ? [cliText.statusFailed(undelivered)] : [];
      const all = [
        ...(lines.length > 0 ? lines : [nothing]),
        ...failed,
        ...outages.map(outageText),
        ...lost.map(lostText),
        ...(erased.entries + erased.reports + erased.messages > 0 ? [cliText.statusErased(ERASED_DAYS, erased)] : []),
      ];
      process.stdout.write(`${all.join('\n')}\n`);
    }
    return 0;
  });
}

/** How many were erased, and never whom. */
function sumOf(rows: readonly ErasureRow[]): Pick<ErasureRow, 'entries' | 'reports' | 'messages'> {
  const sum = (field: 'entries' | 'reports' | 'messages'): number => rows.reduce((all, row) => all + row[field], 0);
  return { entries: sum('entries'), reports: sum('reports'), messages: sum('messages') };
}

/** Entries of a register are no units, whatever the depth at which they stand. */
function gaps(book: PeriodBook, form: Form): FormStatus['missingIn'] {
  const isUnit = (id: string): boolean => 'level' in form.subject || !book.due(id);
  const at = (depth: number): string[] =>
    book
      .unitsAt(depth)
      .filter((unit) => isUnit(unit.id) && book.tally(unit.id).missing > 0)
      .map((unit) => unit.path);
  return { townships: at(1), villages: at(2), grids: at(3) };
}

function textOf(book: PeriodBook, view: RosterView, form: Form): string[] {
  const county = view.county;
  if (!county) return [];
  const tally = book.tally(county.id);
  const { label } = book.period;
  const name = label === null ? form.name : cliText.statusRound(form.name, label);
  if (!form.owed) return [cliText.statusSaid(county.name, dayOf(book.period), name, inCount(tally))];
  const title = cliText.statusTitle(county.name, dayOf(book.period), name, ratioText(tally));
  if (tally.missing === 0) return [title, cliText.statusAllIn];
  const villages = book.unitsAt(2).filter((unit) => book.tally(unit.id).missing > 0);
  return [
    title,
    ...villages.map((village) => {
      return cliText.statusGap(village.path, ratioText(book.tally(village.id)), missingIn(book, village, form));
    }),
  ];
}

/** The grids of a village that are missing, or how many entries are in each: their names are not for this screen. */
function missingIn(book: PeriodBook, village: FrozenUnit, form: Form): string[] {
  const isGap = (id: string): boolean => book.tally(id).missing > 0;
  const nameOf = (id: string): string => book.unit(id)?.name ?? '';
  if ('level' in form.subject) {
    const gaps = [village.id, ...village.children].filter((id) => book.due(id) && isGap(id));
    return gaps.map(nameOf);
  }
  const units = village.children.filter((id) => !book.due(id) && isGap(id));
  return units.map((id) => `${nameOf(id)} ${book.tally(id).missing}`);
}

const skippedText = (at: string, step: string): string =>
  cliText.statusSkipped(at, step === 'remind' ? zh.noticeNames.reminder : zh.noticeNames.table);

const outageText = ({ platform, account, since, until, lossy }: OutageRow): string =>
  cliText.statusOutage(platformName(platform), account, clockText(since), clockText(until), lossy === 'yes');

const lostText = ({ platform, account, since }: AccountNote): string =>
  cliText.statusLost(platformName(platform), account, clockText(since));
