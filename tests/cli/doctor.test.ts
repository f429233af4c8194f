/** `gridbot doctor` on good and broken set-ups, beside real counterparts. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Line, runDoctor } from '../../src/cli/doctor.ts';
import { ACCOUNTS } from '../../src/core/meta.ts';
import { put } from '../../src/core/rows/index.ts';
import { installSample } from '../../src/sample/install.ts';
import { becomeOwner } from '../../src/store/owner.ts';
import { openStore } from '../../src/store/prisma.ts';
import { BotApi } from '../counterparts/bot-api.ts';
import { ROSTER } from '../support/rehearsal.ts';
import { importRoster } from '../support/roster-office.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import { type Ran, runOn } from './command.ts';

let telegram: BotApi;
beforeAll(async () => {
  telegram = await BotApi.start();
});
afterAll(() => telegram.end());
beforeEach(() => telegram.reset());

/** Variables of the environment, beside the database; whatever this machine has of them is not seen. */
let variables: Record<string, string> = {};
afterEach(() => {
  variables = {};
});

const onTelegram = (): void => {
  variables = { TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root };
};

async function doctor(url: string, ...args: string[]): Promise<Ran> {
  const command = (given: string[]): Promise<number> => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    return runDoctor(given);
  };
  return runOn(url, command, ...args);
}

/** What was found, by code. */
async function found(url: string): Promise<{ code: number; lines: Line[]; of: (code: string) => Line | undefined }> {
  const { code, out } = await doctor(url, '--json');
  const lines = out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);
  return { code, lines, of: (name) => lines.find((line) => line.code === name) };
}

/** A county whose village has a group on Telegram. */
async function county(chat = '-100'): Promise<string> {
  const url = tempDatabaseUrl();
  await importRoster(url, ROSTER, '2020-01-01');
  const store = await openStore({ url });
  const { unit } = await store.load('2020-01-01');
  const village = unit.find(({ name }) => name === '福山地村');
  const row = { id: 'b', chat: `telegram:${chat}`, unitId: village?.id ?? '', title: '福山地村', boundBy: null };
  await store.commit([put('binding', { ...row, boundAt: 0, releasedAt: null })]);
  await store.close();
  return url;
}

describe('gridbot doctor', () => {
  it('finds nothing bad in a good set-up, and ends with 0', async () => {
    const url = await county();
    onTelegram();
    await telegram.addGroup({ id: -100, title: '福山地村' });
    const { code, lines, of } = await found(url);
    expect(lines.filter(({ level }) => level === 'bad')).toEqual([]);
    expect(code).toBe(0);
    expect(of('connected')?.says).toContain('wangge_bot');
    expect(of('groupGood')?.says).toContain('福山地村');
    expect(of('reach')?.says).toContain('1 个群');
  });

  it('says in plain words what is, and what to do', async () => {
    const { out, code } = await doctor(await county());
    expect(out).toContain('✅ 名册:巴林左旗,2 个村、4 个网格、7 人\n');
    expect(out).toMatch(/⚠️ 7 人里有 7 人还没认领岗位\n {3}→ .*gridbot roster codes/);
    expect(out).toMatch(/⚠️ 2 个村里有 1 个没有群:大新庄村\n {3}→ .*\/绑定/);
    expect(out).toMatch(/❌ 有 1 个群在Telegram上,但现在没有接Telegram\n {3}→ /);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^要处理的 1 项,要留意的 \d 项。$/);
    expect(code).toBe(1);
  });

  it('asks for a roster where there is none, and makes no database by looking', async () => {
    const url = tempDatabaseUrl();
    expect((await found(url)).of('databaseMissing')).toMatchObject({
      level: 'bad',
      todo: expect.stringContaining('roster import'),
    });
    expect((await found(url)).of('databaseMissing')).toBeDefined();
    await (await openStore({ url })).close();
    expect((await found(url)).of('roster')).toMatchObject({
      level: 'bad',
      todo: expect.stringContaining('roster import'),
    });
  });

  it('names every variable that cannot be used, and shows no token', async () => {
    variables = { TELEGRAM_TOKEN: 'secret-and-wrong', TELEGRAM_API_ROOT: 'nowhere', PORT: 'eighty' };
    const { code, lines, of } = await found(await county());
    expect(code).toBe(1);
    for (const name of ['TELEGRAM_TOKEN', 'TELEGRAM_API_ROOT', 'PORT']) expect(of('variables')?.says).toContain(name);
    expect(JSON.stringify(lines)).not.toContain('secret-and-wrong');
  });

  it('tells a token that is refused from a platform that is not there', async () => {
    const url = await county();
    onTelegram();
    variables.TELEGRAM_TOKEN = '7000000009:AAF99999999999999999999999999999999';
    expect((await found(url)).of('tokenRefused')).toMatchObject({
      level: 'bad',
      todo: expect.stringContaining('TELEGRAM_TOKEN'),
    });
    onTelegram();
    variables.TELEGRAM_API_ROOT = 'http://127.0.0.1:9';
    const { code, of, lines } = await found(url);
    expect([code, of('unreachable')?.level]).toEqual([1, 'bad']);
    expect(JSON.stringify(lines)).not.toContain(telegram.token);
  });

  it('finds the group that the bot is not in', async () => {
    const url = await county('-200');
    onTelegram();
    await telegram.addGroup({ id: -200, title: '福山地村', absent: true });
    expect((await found(url)).of('groupGone')).toMatchObject({
      level: 'bad',
      says: expect.stringContaining('福山地村'),
    });
  });

  it('asks for no second batch of codes while the first is out, which would end it', async () => {
    const url = await county();
    const store = await openStore({ url });
    const { person } = await store.load('2020-01-01');
    const row = { issuedAt: 0, expiresAt: Date.parse('2099-01-01'), usedAt: null, usedBy: null };
    await store.commit(person.map(({ id }) => put('claimCode', { ...row, id: `hash of ${id}`, personId: id })));
    await store.close();
    const { of } = await found(url);
    expect(of('unclaimed')?.says).toBe('7 人里有 7 人还没认领岗位,其中 7 人已经发过认领码');
    expect(of('unclaimed')?.todo).toMatch(/--person 姓名。不要整批再出/);
  });

  it('knows of an account that the running bot has lost, and says nothing of it once the bot is stopped', async () => {
    const url = await county();
    const store = await openStore({ url });
    const note = { platform: 'wechat', account: '1', state: 'lost', since: Date.parse('2026-11-23T09:10:00+08:00') };
    await store.commit([put('meta', { id: ACCOUNTS, value: JSON.stringify([{ ...note, problem: 'logged out' }]) })]);
    await store.close();
    const release = await becomeOwner(url);
    expect((await found(url)).of('accountLost')).toMatchObject({
      level: 'bad',
      says: expect.stringContaining('微信 1 号从 09:10 起断着'),
      todo: expect.stringContaining('扫码'),
    });
    await release();
    expect((await found(url)).of('accountLost')).toBeUndefined();
  });

  it('knows whether the bot runs', async () => {
    const url = await county();
    expect((await found(url)).of('database')?.says).toContain('没有在运行');
    const release = await becomeOwner(url);
    expect((await found(url)).of('database')?.says).toContain('正在运行');
    await release();
  });

  it('warns that the sample county is not for real groups', async () => {
    const url = tempDatabaseUrl();
    const store = await openStore({ url });
    await installSample(store, Date.parse('2020-01-01T08:00:00+08:00'));
    await store.close();
    onTelegram();
    expect((await found(url)).of('sample')).toMatchObject({ level: 'bad' });
  });

  it('answers an option it does not know with how it is used', async () => {
    await expect(doctor(tempDatabaseUrl(), '--yaml')).rejects.toMatchObject({
      message: 'usage: gridbot doctor [--json]',
    });
  });
});

describe('gridbot doctor, where privacy mode hides what is said', () => {
  let shy: BotApi;
  beforeAll(async () => {
    shy = await BotApi.start({ privacy: true });
  });
  afterAll(() => shy.end());

  it('says so, for the bot and for the group, and how to change it', async () => {
    const url = await county('-300');
    variables = { TELEGRAM_TOKEN: shy.token, TELEGRAM_API_ROOT: shy.root };
    await shy.addGroup({ id: -300, title: '福山地村' });
    const { code, of } = await found(url);
    expect(of('privacyMode')?.todo).toContain('/setprivacy');
    expect(of('groupDeaf')).toMatchObject({ level: 'bad' });
    expect(code).toBe(1);
  });
});
