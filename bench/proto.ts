import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Driver } from '../src/app/driver.ts';
import { createApp } from '../src/app.ts';
import { loadPlaybook } from '../src/playbook-file.ts';
import { openStore } from '../src/store/prisma.ts';
import { installCounty, leaderAccount, PLATFORM, villageGroup, villageOf } from './county.ts';

const grids = Number(process.argv[2] ?? 1000);
const reports = Number(process.argv[3] ?? grids);
const window_ = Number(process.argv[4] ?? 2000);
const dir = mkdtempSync(join(tmpdir(), 'proto-'));
const url = `file:${join(dir, 'db.sqlite')}`;
const log = (...a: unknown[]) => console.log(...a);
const mark = () => { const t = performance.now(); return () => (performance.now() - t).toFixed(0) + 'ms'; };
const rss = () => `${(process.memoryUsage().rss / 1e6).toFixed(0)}MB heap ${(process.memoryUsage().heapUsed / 1e6).toFixed(0)}MB`;
const T0 = Date.parse('2026-11-21T09:30:00+08:00');
let now = T0;
const clock = { now: () => now };
{
  const m = mark();
  const store = await openStore({ url });
  await installCounty(store, grids, '2026-11-01', T0);
  await store.close();
  log('install', m(), rss());
}
const playbook = await loadPlaybook('epidemic');
let sent = 0;
const acked: (() => void)[] = [];
const adapter = {
  platform: PLATFORM,
  pace: { perChatMs: 0, perGroupPerMinute: Infinity, perAccountMs: 0, betweenChatsMs: 0, perMinute: Infinity, gatherMs: 0 },
  shape: { textLimit: 4096, captionLimit: 1024, filesTogether: false },
  start: async () => undefined,
  stop: async () => undefined,
  send: async (_chat: unknown, m: { text: string }) => { for (const line of m.text.split('\n')) sent += line.split('、').length; return { messageId: `m${sent}` }; },
};
let m = mark();
const store = await openStore({ url });
let nudge = () => undefined as void;
const app = await createApp({ store, clock, playbook, adapters: [adapter as never], log: (l, e, d) => { if (l !== 'info') log(l, e, d); }, random: Math.random, onChange: () => nudge() });
log('createApp', m(), rss());
await app.start();
const driver = new Driver(app, clock, { setTimer: (t, ms) => setTimeout(t, ms), clearTimer: (t) => clearTimeout(t), log: (l, e, d) => log(l, e, d) });
nudge = () => driver.nudge();
driver.start();
m = mark();
await app.handle(msg(0));
log('first message', m(), rss());
function msg(i: number) {
  const g = i % grids;
  return { type: 'message' as const, id: `m${i}`, chat: { platform: PLATFORM, id: villageGroup(villageOf(g)), kind: 'group' as const }, chatTitle: '', sender: { id: leaderAccount(g), displayName: 'x' }, text: i % 37 === 0 ? '/日报 2 返乡1' : '/日报 0', attachments: [], mentionsBot: false, repliesToBot: false, sentAt: now };
}
m = mark();
const t = performance.now();
let next = 1;
let done = 0;
const perm = (i: number) => (i * 7919) % reports;
await Promise.all(Array.from({ length: window_ }, async () => {
  while (next < reports) { const i = next++; await app.handle(msg(perm(i) || reports)); done++; }
}));
let s = (performance.now() - t) / 1000;
log('handled', done, `${(done / s).toFixed(0)}/s`, rss());
await app.idle();
while (sent < done) { await new Promise((r) => setTimeout(r, 20)); await app.idle(); }
s = (performance.now() - t) / 1000;
log('acked', sent, `${(sent / s).toFixed(0)}/s`, rss());
for (const h of ['16:59', '17:00', '17:45', '18:00', '18:30', '19:30']) {
  now = Date.parse(`2026-11-21T${h}:00+08:00`); const mm = mark(); const before = sent; await app.tick(); const a = mm(); await app.idle(); log('tick', h, a, mm(), sent - before);
}
await driver.stop();
await app.stop();
await store.close();
log('db bytes', statSync(join(dir, 'db.sqlite')).size, rss());
rmSync(dir, { recursive: true });
