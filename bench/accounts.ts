/** How many accounts of the bot a county needs for its evening, at the pace of each platform. */
import { type Limits, TELEGRAM_LIMITS, WECHAT_LIMITS } from '../src/bots/limits.ts';
import { accountsFor, fanOutMs } from '../src/core/fan-out.ts';
import { MINUTE } from '../src/core/time.ts';

/** Groups of each level. */
export interface Groups {
  village: number;
  township: number;
  county: number;
}

/** The counties that docs/performance.md shows, by the name of the part of the page. */
export const COUNTIES: ReadonlyMap<string, Groups> = new Map([
  ['accounts-grids', { village: 234, township: 16, county: 1 }],
  ['accounts-groups', { village: 1_400, township: 94, county: 1 }],
]);

/** The steps of the epidemic's ladder: when, whose groups, whether a table with its files or a text alone. */
const STEPS: readonly (readonly [at: string, level: keyof Groups, what: 'reminders' | 'tables'])[] = [
  ['17:00, 17:45', 'village', 'reminders'],
  ['18:00', 'village', 'tables'],
  ['18:30', 'township', 'tables'],
  ['19:30', 'county', 'tables'],
];

/** The last message should be out within so many minutes. */
const GOALS = [1, 5, 10];

const PLATFORMS: readonly (readonly [name: string, limits: Limits])[] = [
  ['WeChat', WECHAT_LIMITS],
  ['Telegram', TELEGRAM_LIMITS],
];

/** A picture and a workbook; the picture rides on the text where captions are. */
const filesOf = ({ shape }: Limits): number => (shape.captionLimit > 0 ? 1 : 2);

function minutes(ms: number): string {
  if (ms < MINUTE) return `${Math.ceil(ms / 1_000)} s`;
  const [whole, rest] = [Math.floor(ms / MINUTE), Math.round((ms % MINUTE) / 1_000)];
  return rest === 0 ? `${whole} min` : `${whole} min ${rest} s`;
}

/** One row per step and platform, as a table of a page. Every village's reminder counts: the worst day. */
export function accountsTable(groups: Groups): string {
  const heading = [
    'platform',
    'step',
    'messages',
    'by one account',
    ...GOALS.map((goal) => `accounts for ${goal} min`),
  ];
  const rows = PLATFORMS.flatMap(([name, limits]) =>
    STEPS.flatMap(([at, level, what]) => {
      const count = groups[level];
      const row = (label: string, messages: number): string[] => [
        name,
        label,
        messages.toLocaleString('en-US'),
        minutes(fanOutMs(messages, limits.pace)),
        ...GOALS.map((goal) => accountsFor(messages, limits.pace, goal * MINUTE).toLocaleString('en-US')),
      ];
      const texts = row(`${at} ${level} ${what}`, count);
      return what === 'tables' ? [texts, row(`${at} … with files`, count * (1 + filesOf(limits)))] : [texts];
    }),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [heading, heading.map((_, at) => (at < 2 ? '---' : '---:')), ...rows].map(line).join('\n');
}
