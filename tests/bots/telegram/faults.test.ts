/** Whatever happens to Telegram, the bot hears again by itself, and says for how long it could not. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BotApi, type Fault } from '../../counterparts/bot-api.ts';
import { freePort } from '../../counterparts/process.ts';
import { Desk, type DeskOptions, GROUP, PROMPTLY, people, setWebhook, TOKEN, until, ZHANG } from './desk.ts';

let api: BotApi;
let desk: Desk;

beforeAll(async () => {
  api = await BotApi.start({ token: TOKEN });
});
beforeEach(() => people(api));
afterEach(async () => {
  api.thaw();
  await api.up();
  await desk.stop();
  expect(desk.openTimers).toBe(0);
});
afterAll(() => api.end());

const open = async (options: DeskOptions = {}): Promise<Desk> => {
  desk = new Desk(api.root, options);
  await desk.start();
  return desk;
};
const connected = () => until(() => expect(desk.state).toBe('connected'));
const lost = (problem: string) => until(() => expect([desk.state, desk.problem]).toEqual(['lost', problem]));
const says = (text: string) => api.says({ chat: GROUP, from: ZHANG, text });
const hears = async (text: string): Promise<void> => {
  await says(text);
  await until(() => expect(desk.texts).toContain(text));
};

describe('while Telegram answers wrongly', () => {
  const faults: [string, Fault, string][] = [
    ['another process polls with the token', { kind: 'status', status: 409 }, 'conflict'],
    ['the token was revoked', { kind: 'status', status: 401, description: 'Unauthorized' }, 'token'],
    ['the token is none', { kind: 'status', status: 404, description: 'Not Found' }, 'token'],
    ['it is flooded', { kind: 'status', status: 429, parameters: { retry_after: 0 } }, 'flood'],
    ['its server fails', { kind: 'status', status: 500 }, 'status 500'],
    ['the gateway before it fails', { kind: 'status', status: 502 }, 'status 502'],
    ['it refuses for no known reason', { kind: 'status', status: 418 }, 'status 418'],
    ['it breaks connections', { kind: 'drop' }, 'cut'],
    ['it breaks off its answers', { kind: 'cut' }, 'cut'],
    ['it answers no JSON', { kind: 'garbage' }, 'garbage'],
  ];

  it.each(faults)('because %s, the bot goes on asking, and hears again', async (_, fault, problem) => {
    await open();
    await connected();
    await api.fault({ method: 'getUpdates', ...fault, times: 3 });
    await says('/日报 0');
    await until(() => expect(desk.texts).toContain('/日报 0'));
    await until(() => expect(desk.of('outage')).toHaveLength(1));
    const [outage] = desk.of('outage');
    expect(outage).toMatchObject({ platform: 'telegram', account: '7000000001', cause: problem, lossy: false });
    expect(outage?.until).toBeGreaterThanOrEqual(outage?.since ?? 0);
    expect(desk.logged('telegram.lost')[0]?.details).toEqual({ account: '7000000001', problem });
    expect(desk.state).toBe('connected');
    await until(async () => expect(await api.pending()).toBe(0));
  });

  it('it waits longer and longer', async () => {
    await open({ times: { retry: { first: 30, longest: 120 } } });
    await connected();
    await api.fault({ method: 'getUpdates', kind: 'drop', times: 3 });
    // The poll that is under way may not have met the fault, and hear this before it begins.
    await says('一');
    await until(() => expect(desk.of('outage')).toHaveLength(1));
    const [outage] = desk.of('outage');
    // The jitter takes a quarter off: 22, 45 and 90 ms.
    expect((outage?.until ?? 0) - (outage?.since ?? 0)).toBeGreaterThan(150);
    expect(desk.texts).toContain('一');
  });

  it.each<[string, Fault, object]>([
    ['another process', { kind: 'status', status: 409 }, { conflict: 300 }],
    ['a refused token', { kind: 'status', status: 401 }, { token: 300 }],
    ['a flood', { kind: 'status', status: 429, parameters: { retry_after: 0.3 } }, {}],
  ])('it waits for %s as long as that asks for', async (_, fault, times) => {
    await open({ times });
    await connected();
    await api.fault({ method: 'getUpdates', ...fault });
    const start = performance.now();
    await says('一');
    await until(() => expect(desk.state).toBe('lost'));
    await connected();
    expect(performance.now() - start).toBeGreaterThan(250);
  });

  it('it is not asked in a frenzy, though it never waits', async () => {
    await open({ times: { longPollSeconds: 0, idle: 100 } });
    await connected();
    const before = (await api.calls()).getUpdates ?? 0;
    const start = performance.now();
    await until(async () => expect((await api.calls()).getUpdates).toBeGreaterThan(before + 2));
    expect(performance.now() - start).toBeGreaterThan(150);
  });

  it('because somebody set a webhook meanwhile, it is taken away', async () => {
    await open();
    await connected();
    await setWebhook(api.root, 'http://127.0.0.1:1/elsewhere');
    await hears('/日报 0');
    await connected();
  });
});

describe('while Telegram is not there', () => {
  it('at the start, the start is done all the same, and the bot hears when it comes', async () => {
    await api.kill();
    desk = new Desk(api.root);
    await desk.start();
    expect([desk.state, desk.problem]).toEqual(['lost', 'refused']);
    await api.up();
    await hears('/日报 0');
    expect(desk.of('outage')).toMatchObject([{ cause: 'refused' }]);
  });

  it('because it was killed, nothing is lost that it kept, and nothing comes under two ids', async () => {
    await open();
    await hears('一');
    await api.kill();
    await lost('refused');
    await api.up();
    await hears('二');
    await api.kill();
    await api.up();
    await hears('三');
    expect([...new Set(desk.texts)]).toEqual(['一', '二', '三']);
    expect(new Set(desk.messages.map(({ id }) => id)).size).toBe(3);
    await until(async () => expect(await api.pending()).toBe(0));
  });

  it('because it is frozen, the bot gives up on the poll, and hears when it is thawed', async () => {
    await open({ times: { longPollSeconds: 0, stall: 150, call: 150 } });
    await hears('一');
    // With times like these a busy machine may have been taken for silent before.
    const before = desk.of('outage').length;
    api.freeze();
    await lost('silent');
    api.thaw();
    await hears('二');
    await until(() =>
      expect(desk.of('outage').slice(before)).toContainEqual(expect.objectContaining({ cause: 'silent' })),
    );
  });

  it('because one poll hangs, the next is another', async () => {
    await open({ times: { longPollSeconds: 0, stall: 150 } });
    await connected();
    await api.fault({ method: 'getUpdates', kind: 'hang' });
    // It lasts for a moment.
    await until(() => expect(desk.logged('telegram.lost').at(-1)?.details).toMatchObject({ problem: 'silent' }));
    await hears('一');
  });

  it.each(['getMe', 'deleteWebhook'])('at the start, since %s fails, it is tried again', async (method) => {
    await api.fault({ method, kind: 'status', status: 500, times: 2 });
    await open();
    await hears('/日报 0');
  });

  it('because its name is unknown, that is what is said', async () => {
    // A resolver that asks elsewhere takes its time.
    desk = new Desk('http://telegram.invalid', { times: { connect: 20_000, call: 20_000 } });
    await desk.start();
    expect([desk.state, desk.problem]).toEqual(['lost', 'dns']);
  });
});

describe('outages', () => {
  it('that are short are not told, nor is a quiet hour', async () => {
    await open({ times: { outage: 60_000 } });
    await connected();
    await api.fault({ method: 'getUpdates', kind: 'drop', times: 2 });
    await until(() => expect(desk.logged('telegram.connected').length).toBeGreaterThanOrEqual(2));
    await hears('/日报 0');
    expect(desk.of('outage')).toEqual([]);
  });

  it('are over as soon as they are over, though nobody says anything', async () => {
    await open({ times: { longPollSeconds: 20, stall: 25_000 } });
    await hears('/日报 0');
    await api.kill();
    await api.up();
    await until(() => expect(desk.of('outage')).toHaveLength(1));
    await connected();
  });

  it('that the app could not keep are told again', async () => {
    desk = new Desk(api.root, { times: { longPollSeconds: 0 } });
    let fails = 2;
    desk.onEvent = async (event) => {
      if (event.type !== 'outage' || fails === 0) return;
      fails -= 1;
      throw new Error('the disk is full');
    };
    await desk.start();
    await connected();
    await api.fault({ method: 'getUpdates', kind: 'drop' });
    await until(() => expect(desk.of('outage')).toHaveLength(1));
    expect(fails).toBe(0);
  });
});

describe('a stop', () => {
  const stops = async (): Promise<void> => {
    const start = performance.now();
    await desk.stop();
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
    expect(desk.openTimers).toBe(0);
    expect(desk.state).toBe('stopped');
  };
  const patient = { conflict: 60_000, token: 60_000, retry: { first: 60_000, longest: 60_000 }, stall: 60_000 };

  it.each<[string, Fault]>([
    ['another process polls', { kind: 'status', status: 409 }],
    ['the token is refused', { kind: 'status', status: 401 }],
    ['Telegram fails', { kind: 'status', status: 503 }],
    ['it is flooded', { kind: 'status', status: 429, parameters: { retry_after: 60 } }],
    ['connections break', { kind: 'drop' }],
  ])('is prompt while %s', async (_, fault) => {
    await api.fault({ ...fault, times: 'always' });
    await open({ times: patient });
    await stops();
  });

  it('is prompt while a poll hangs', async () => {
    await open({ times: patient });
    await connected();
    await api.fault({ method: 'getUpdates', kind: 'hang', times: 'always' });
    await until(async () => expect((await api.calls()).getUpdates).toBeGreaterThan(1));
    await stops();
  });

  it('is prompt while the very first call hangs', async () => {
    await api.fault({ method: 'getMe', kind: 'hang' });
    desk = new Desk(api.root, { times: { call: 60_000 } });
    const started = desk.start();
    await until(async () => expect((await api.calls()).getMe).toBe(1));
    await stops();
    await started;
  });

  it('is prompt while Telegram is frozen', async () => {
    await open({ times: patient });
    await connected();
    api.freeze();
    await stops();
  });

  it('is prompt while nothing is there', async () => {
    desk = new Desk(`http://127.0.0.1:${await freePort()}`, { times: patient });
    await desk.start();
    await stops();
  });
});
