/** Figures as one table: a row per figure, a column per size, targets and how they were met at the end. */
import { type Figures, GROWTH_BETWEEN, type Machine, type SizeFigures, TARGET_GRIDS, TARGETS } from './figures.ts';

interface Line {
  label: string;
  /** The figure at a size; null where it was not measured. */
  of: (size: SizeFigures) => number | null;
  show: (value: number) => string;
  /** Which size it is for, what it should be, and whether more or less is better. */
  target?: { at: number; value: number; better: 'more' | 'less'; note?: string };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const decimals = (digits: number) => (value: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const millis = (value: number): string => `${value < 10 ? decimals(2)(value) : whole(value)} ms`;
const micros = (value: number): string => `${decimals(1)(value)} µs`;
const megabytes = (value: number): string => `${whole(value / 1e6)} MB`;
const bytes = (value: number): string => `${whole(value)} B`;
const times = (value: number): string => `${decimals(value < 10 ? 2 : 1)(value)} ×`;
const percent = (value: number): string => `${decimals(1)(value * 100)} %`;

const more = (value: number) => ({ at: TARGET_GRIDS, value, better: 'more' }) as const;
const less = (value: number) => ({ at: TARGET_GRIDS, value, better: 'less' }) as const;

function linesOf({ baseline, limit, sizes }: Figures): Line[] {
  const smallest = sizes.find(({ grids }) => grids === GROWTH_BETWEEN[0]);
  const step = (at: string, pick: 'ms' | 'settledMs' | 'texts' | 'messages') => (size: SizeFigures) =>
    size.ladder?.steps.find((each) => each.at === at)?.[pick] ?? null;
  const waits = (pick: 'p50' | 'p99' | 'p999' | 'max') => (size: SizeFigures) =>
    size.latency?.acknowledged[pick] ?? null;
  return [
    {
      label: 'acknowledged reports/s',
      of: ({ throughput }) => throughput.acknowledgedPerSecond,
      show: whole,
      target: more(TARGETS.acknowledgedPerSecond),
    },
    {
      label: '… times the baseline',
      of: ({ throughput }) => (baseline ? throughput.acknowledgedPerSecond / baseline.perSecond : null),
      show: times,
      target: more(TARGETS.timesBaseline),
    },
    {
      label: '… times the baseline, one after the other',
      of: ({ throughput }) => (baseline ? throughput.acknowledgedPerSecond / baseline.onePerSecond : null),
      show: times,
    },
    {
      label: '… share of the limit',
      of: ({ throughput }) => (limit ? throughput.acknowledgedPerSecond / limit.perSecond : null),
      show: percent,
    },
    { label: 'wall-clock per message', of: ({ throughput }) => throughput.wallPerMessage, show: micros },
    { label: 'processor time per message', of: ({ throughput }) => throughput.cpuPerMessage, show: micros },
    {
      label: `… against ${whole(GROWTH_BETWEEN[0])} grids`,
      of: ({ throughput }) => (smallest ? throughput.cpuPerMessage / smallest.throughput.cpuPerMessage : null),
      show: times,
      target: { at: GROWTH_BETWEEN[1], value: TARGETS.growth, better: 'less' },
    },
    { label: 'offered load, messages/s', of: ({ latency }) => latency?.offered ?? null, show: whole },
    { label: 'acknowledged after, p50', of: waits('p50'), show: millis },
    { label: '… p99', of: waits('p99'), show: millis, target: less(TARGETS.p99) },
    { label: '… p99.9', of: waits('p999'), show: millis },
    { label: '… longest', of: waits('max'), show: millis },
    { label: '… unanswered when given up', of: ({ latency }) => latency?.unanswered ?? null, show: whole },
    { label: 'missing at the ladder', of: ({ ladder }) => ladder?.missing ?? null, show: whole },
    { label: '17:00 reminders', of: step('17:00', 'ms'), show: millis },
    { label: '… messages', of: step('17:00', 'messages'), show: whole },
    { label: '18:00 sweep: all tables sent', of: step('18:00', 'ms'), show: millis, target: less(TARGETS.sweep) },
    { label: '… messages', of: step('18:00', 'texts'), show: whole },
    { label: '… workbooks sent and settled, too', of: step('18:00', 'settledMs'), show: millis },
    { label: '… messages', of: step('18:00', 'messages'), show: whole },
    { label: '18:30 townships', of: step('18:30', 'ms'), show: millis },
    { label: '19:30 county', of: step('19:30', 'ms'), show: millis },
    { label: 'village table, median', of: ({ tables }) => tables?.village.median ?? null, show: millis },
    {
      label: '… worst',
      of: ({ tables }) => tables?.village.worst ?? null,
      show: millis,
      target: less(TARGETS.villageTable),
    },
    { label: 'township table, median', of: ({ tables }) => tables?.township.median ?? null, show: millis },
    { label: '… worst', of: ({ tables }) => tables?.township.worst ?? null, show: millis },
    { label: 'county table, median', of: ({ tables }) => tables?.county.median ?? null, show: millis },
    {
      label: '… worst',
      of: ({ tables }) => tables?.county.worst ?? null,
      show: millis,
      target: less(TARGETS.countyTable),
    },
    {
      label: 'resident memory after the load',
      of: ({ memory }) => memory.rss,
      show: megabytes,
      target: less(TARGETS.rss),
    },
    { label: '… peak', of: ({ memory }) => memory.peakRss, show: megabytes, target: less(TARGETS.rss) },
    { label: 'heap with a full day, collected', of: ({ memory }) => memory.heapUsed, show: megabytes },
    { label: '… per grid', of: ({ memory }) => memory.perGrid, show: bytes },
    {
      label: 'start on a full day, first message durable',
      of: ({ start }) => start?.ms ?? null,
      show: millis,
      target: less(TARGETS.start),
    },
    { label: '… acknowledged', of: ({ start }) => start?.acknowledgedMs ?? null, show: millis },
    { label: 'database bytes per report', of: ({ bytesPerReport }) => bytesPerReport, show: bytes },
  ];
}

/** Whether a target was met, and by how much. */
export interface Verdict {
  label: string;
  grids: number;
  target: number;
  measured: number;
  met: boolean;
  /** `met by 12 %`, `missed by 40 %`. */
  text: string;
}

/** How far a figure is on the right or wrong side of its target, in percent of the target; in times from twice on. */
export function verdictText(measured: number, target: number, better: 'more' | 'less'): string {
  const met = better === 'more' ? measured >= target : measured <= target;
  const ratio = Math.max(measured, target) / Math.min(measured, target);
  const far = ratio >= 2 ? `${decimals(1)(ratio)} ×` : `${whole((100 * Math.abs(measured - target)) / target)} %`;
  return `${met ? 'met' : 'MISSED'} by ${far}`;
}

function verdictOf(line: Line, sizes: readonly SizeFigures[]): Verdict | null {
  const { target, label } = line;
  const size = target && sizes.find(({ grids }) => grids === target.at);
  const measured = size ? line.of(size) : null;
  if (!target || measured === null) return null;
  const met = target.better === 'more' ? measured >= target.value : measured <= target.value;
  const text = verdictText(measured, target.value, target.better);
  return { label, grids: target.at, target: target.value, measured, met, text };
}

/** Every target whose size was measured. */
export function verdictsOf(figures: Figures): Verdict[] {
  let above = '';
  return linesOf(figures).flatMap((line) => {
    if (!line.label.startsWith('…')) above = line.label;
    const verdict = verdictOf(line, figures.sizes);
    if (!verdict) return [];
    return { ...verdict, label: line.label.startsWith('…') ? `${above} ${line.label}` : line.label };
  });
}

/** The cells of the table, heading first. */
export function cellsOf(figures: Figures): string[][] {
  const { sizes } = figures;
  const heading = ['grids', ...sizes.map(({ grids }) => whole(grids)), 'target', ''];
  const rows = linesOf(figures).flatMap((line) => {
    const values = sizes.map((size) => line.of(size));
    if (values.every((value) => value === null)) return [];
    const { target } = line;
    const verdict = verdictOf(line, sizes);
    const sign = target?.better === 'more' ? '≥' : '≤';
    const wanted = target
      ? `${sign} ${line.show(target.value)}${target.at === TARGET_GRIDS ? '' : ` at ${whole(target.at)}`}`
      : '';
    return [
      [line.label, ...values.map((value) => (value === null ? '–' : line.show(value))), wanted, verdict?.text ?? ''],
    ];
  });
  return [heading, ...rows];
}

/** What the ratios are ratios to, and what all of it was measured on. */
export function notesOf({ machine, baseline, limit, seconds }: Figures): string[] {
  return [
    ...(baseline
      ? [
          `baseline: ${whole(baseline.perSecond)} reports/s at ${whole(baseline.grids)} grids (a tutorial's handler on Prisma Client: ${whole(baseline.onePerSecond)} one after the other, ${whole(baseline.manyPerSecond)} with 16 in flight)`,
        ]
      : []),
    ...(limit
      ? [
          `limit: ${whole(limit.perSecond)} reports/s (bare SQLite, the ${whole(limit.rows)} rows of ${whole(limit.reports)} reports in one transaction: ${whole(limit.preparedPerSecond)} by prepared statements, ${whole(limit.jsonPerSecond)} by json_each)`,
        ]
      : []),
    `${machineText(machine)}; ${whole(seconds)} s`,
  ];
}

function machineText({ cores, cpu, memory, node, platform, date }: Machine): string {
  return `${cores} cores ${cpu}, ${(memory / 2 ** 30).toFixed(0)} GiB, ${platform}, Node ${node}, ${date.slice(0, 16).replace('T', ' ')} UTC`;
}

/** The table for a terminal. */
export function textTable(figures: Figures): string {
  const cells = cellsOf(figures);
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const last = widths.length - 1;
  const lines = cells.map((row) =>
    row
      .map((cell, at) => (at === 0 || at === last ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [lines[0], rule, ...lines.slice(1), rule, ...notesOf(figures)].join('\n');
}

/** The same for a page. */
export function markdownTable(figures: Figures): string {
  const [heading = [], ...rows] = cellsOf(figures);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const align = heading.map((_, at) => (at === 0 || at === heading.length - 1 ? '---' : '---:'));
  const notes = notesOf(figures).map((note) => `- ${note}`);
  return [row(heading), row(align), ...rows.map(row), '', ...notes].join('\n');
}
