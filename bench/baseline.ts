/**
 * The baseline: a handler as tutorials write it. For each message it finds the sender with what hangs on them, upserts
 * the report, counts what the village has reported, and answers. Plain Prisma Client calls on the same database with
 * the same durability, with the indexes that its look-ups need. It keeps no message, sends no answer, understands one
 * way of writing only.
 */
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaClient } from '../src/store/generated/client.ts';
import { leaderAccount, PLATFORM } from './county.ts';
import type { BaselineFigures } from './figures.ts';
import { type GroundJob, layGround } from './ground.ts';
import { orderOf } from './messages.ts';
import { FIRST_DAY } from './world.ts';

export interface BaselineJob extends GroundJob {
  grids: number;
  /** Measured so long each way at most, milliseconds, and with so many messages at most. */
  ms: number;
  most: number;
}

const AT_A_TIME = 16;
const FORM = 'daily';
const INDEXES = [
  'CREATE INDEX baseline_holding_person ON holding (person_id)',
  'CREATE INDEX baseline_unit_parent ON unit (parent_id)',
  'CREATE INDEX baseline_report_obligation ON report (obligation_id)',
];
/** Messages before the clock starts. */
const WARM_UP = 50;

export async function measureBaseline(job: BaselineJob, onProgress: (done: number) => void): Promise<BaselineFigures> {
  layGround(job);
  const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url: `file:${job.path}` }) });
  try {
    await assertSafe(prisma);
    for (const sql of INDEXES) await prisma.$executeRawUnsafe(sql);
    const order = orderOf(job.grids);
    let next = 0;
    const one = (): Promise<string> => answerTo(prisma, order(next++ % job.grids));
    const warmUp = Math.min(WARM_UP, job.most);
    await run(one, AT_A_TIME, { ms: job.ms, most: warmUp }, () => undefined);
    const alone = await run(one, 1, job, onProgress);
    const many = await run(one, AT_A_TIME, job, onProgress);
    return {
      grids: job.grids,
      messages: alone.messages + many.messages,
      onePerSecond: alone.perSecond,
      manyPerSecond: many.perSecond,
      perSecond: Math.max(alone.perSecond, many.perSecond),
    };
  } finally {
    await prisma.$disconnect();
  }
}

async function answerTo(prisma: PrismaClient, grid: number): Promise<string> {
  const sender = await prisma.account.findUnique({
    where: { id: `${PLATFORM}:${leaderAccount(grid)}` },
    include: { person: { include: { holdings: { include: { post: { include: { unit: true } } } } } } },
  });
  const unit = sender?.person.holdings[0]?.post.unit;
  if (!sender || !unit?.parentId) throw new Error(`grid ${grid} has no leader`);
  const obligationId = `${FORM}@${FIRST_DAY}@${unit.id}`;
  const now = new Date();
  const said = { kind: 'report', values: '{"abnormal":0}', items: '[]', note: null, sentAt: now, receivedAt: now };
  const who = { personId: sender.personId, via: 'self', message: `baseline ${grid}` };
  await prisma.report.upsert({
    where: { id: obligationId },
    create: { id: obligationId, obligationId, ...said, ...who },
    update: { ...said, ...who },
  });
  const village = await prisma.unit.findUnique({ where: { id: unit.parentId }, include: { children: true } });
  const owed = (village?.children ?? []).map(({ id }) => `${FORM}@${FIRST_DAY}@${id}`);
  const reported = await prisma.report.count({ where: { obligationId: { in: owed } } });
  return `✅ ${unit.name} (${reported}/${owed.length})`;
}

async function run(
  one: () => Promise<string>,
  atATime: number,
  { ms, most }: { ms: number; most: number },
  onProgress: (done: number) => void,
): Promise<{ messages: number; perSecond: number }> {
  const began = performance.now();
  let messages = 0;
  const worker = async (): Promise<void> => {
    while (messages < most && performance.now() - began < ms) {
      messages += 1;
      await one();
      if (messages % 100 === 0) onProgress(messages);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return { messages, perSecond: (messages * 1_000) / (performance.now() - began) };
}

/** Unsafe settings would make the baseline faster than anything that keeps its word. */
async function assertSafe(prisma: PrismaClient): Promise<void> {
  const [mode] = await prisma.$queryRawUnsafe<{ journal_mode: string }[]>('PRAGMA journal_mode');
  const [sync] = await prisma.$queryRawUnsafe<{ synchronous: number | bigint }[]>('PRAGMA synchronous');
  if (mode?.journal_mode !== 'wal' || Number(sync?.synchronous) !== 2) {
    throw new Error(`the baseline runs with journal_mode ${mode?.journal_mode}, synchronous ${sync?.synchronous}`);
  }
}
