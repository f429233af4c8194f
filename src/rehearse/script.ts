/** A rehearsal's script: what is said, by whom and when, and what goes wrong on the way. */
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { civilDateOf, DAY, HOUR, type Instant, MINUTE, SECOND, startOfDay } from '../core/time.ts';

const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/, 'write 2026-11-23T07:00:00+08:00')
  .transform((text, context): Instant => {
    const at = Date.parse(text);
    if (Number.isNaN(at)) context.addIssue({ code: 'custom', message: 'no such moment' });
    return at;
  });

const timeOfDay = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'write "17:30" or "17:30:05"')
  .transform((text) => {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
    return hours * HOUR + minutes * MINUTE + seconds * SECOND;
  });

const duration = z
  .string()
  .regex(/^(?=\d)(\d+h)?(\d+m)?(\d+s)?$/, 'write 45m, 1h30m or 20s')
  .transform((text) => {
    const part = (unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0);
    return part('h') * HOUR + part('m') * MINUTE + part('s') * SECOND;
  });

const when = { at: timeOfDay, day: z.int().min(0).default(0) };
const words = z.union([z.string(), z.number().transform(String)]);
const name = z.string().trim().min(1);

const step = z.union([
  z.strictObject({ ...when, in: name, from: name, say: words }),
  z.strictObject({ ...when, direct: z.literal(true), from: name, say: words }),
  z.strictObject({ ...when, redeliver: z.int().min(1) }),
  z.strictObject({
    ...when,
    fault: z.union([
      z.enum(['restart', 'kill']),
      z.strictObject({ offline: duration }),
      z.strictObject({ sendFails: duration }),
    ]),
  }),
]);

const script = z.strictObject({
  start: instant,
  end: instant,
  playbook: z.union([z.string(), z.array(z.string()).min(1)]),
  roster: z.string(),
  registers: z.record(z.string(), z.string()).default({}),
  steps: z
    .array(step)
    .nullish()
    .transform((steps) => steps ?? []),
});

export type Step = z.infer<typeof step>;

/** A step with its number in the file (from 1) and its moment. */
export interface TimedStep {
  number: number;
  at: Instant;
  step: Step;
}

export interface Script {
  start: Instant;
  end: Instant;
  /** An id under `playbooks/` or a path, or several: with commas between them, or as a list. */
  playbook: string | string[];
  roster: string;
  /** Register id → the table that fills it at the start. */
  registers: Record<string, string>;
  /** In the order in which they happen; those of one moment in the order of the file. */
  steps: TimedStep[];
}

/** A script that cannot be played; the message has one line per problem. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

/**
 * Parses and checks a script's YAML.
 * @throws {ScriptError}
 */
export function parseScript(text: string): Script {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new ScriptError(document.errors.map((each) => each.message).join('\n'));
  const checked = script.safeParse(document.toJS());
  if (!checked.success) {
    const problems = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ScriptError(problems.join('\n'));
  }
  const { start, end, steps, ...files } = checked.data;
  if (end <= start) throw new ScriptError('end: must lie after start');
  const midnight = startOfDay(civilDateOf(start));
  const timed = steps.map((each, index) => ({
    number: index + 1,
    at: midnight + each.day * DAY + each.at,
    step: each,
  }));
  const problems = timed.flatMap(({ number, at, step: each }) => {
    if (at < start || at > end) return `steps.${number}: lies outside of start and end`;
    const target = 'redeliver' in each ? timed[each.redeliver - 1] : undefined;
    const repeatsNothing = 'redeliver' in each && (!target || !('say' in target.step) || target.at > at);
    return repeatsNothing ? `steps.${number}: redeliver names no earlier step that says something` : [];
  });
  if (problems.length > 0) throw new ScriptError(problems.join('\n'));
  return { start, end, ...files, steps: timed.sort((a, b) => a.at - b.at || a.number - b.number) };
}
