/** What the tests of the Bot API server share: a server with two people and two groups, and plain calls to it. */
import { Telegram } from 'telegraf';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { BotApi } from '../bot-api.ts';

export const GROUP = -1001;
export const OTHER = -1002;
export const SUPER = -1_000_000_000_077;
export const ZHANG = 101;
export const LI = 102;

export interface Answer {
  status: number;
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: Record<string, number>;
}

export interface SeenUpdate {
  update_id: number;
  message?: Record<string, unknown> & { message_id: number; text?: string };
  edited_message?: Record<string, unknown>;
  my_chat_member?: Record<string, unknown>;
}

export let api: BotApi;
export let telegram: Telegram;

/** One server for the tests of a file; each test finds it as if just started. */
export function useBotApi(): void {
  beforeAll(async () => {
    api = await BotApi.start();
    telegram = new Telegram(api.token, { apiRoot: api.root });
  });
  beforeEach(async () => {
    await api.reset();
    await settle(api);
  });
  afterAll(() => api.end());
}

export async function settle(server: BotApi): Promise<void> {
  await server.addUser({ id: ZHANG, first_name: '张三' });
  await server.addUser({ id: LI, first_name: '李四', username: 'li_si' });
  await server.addGroup({ id: GROUP, title: '福山地村', owner: ZHANG });
  await server.addGroup({ id: OTHER, title: '林东镇' });
}

export async function call(
  method: string,
  body: object = {},
  options: { token?: string; server?: BotApi } = {},
): Promise<Answer> {
  const { server = api, token = server.token } = options;
  const response = await fetch(`${server.root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as object) } as Answer;
}

export async function updates(params: object = {}, server = api): Promise<SeenUpdate[]> {
  return (await call('getUpdates', params, { server })).result as SeenUpdate[];
}

export async function texts(params: object = {}): Promise<unknown[]> {
  return (await updates(params)).map(({ message }) => message?.text);
}

/** Resolves when something has happened, and gives up after ten seconds. */
export async function until(happened: () => Promise<boolean> | boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await happened()); ) {
    if (Date.now() > deadline) throw new Error('it does not happen');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** An {@link Answer} that refuses. */
export function refused(code: number, description: string, parameters?: object): unknown {
  return expect.objectContaining({
    status: code,
    error_code: code,
    description,
    ...(parameters ? { parameters } : {}),
  });
}
