import { describe, expect, it } from 'vitest';
import { accountOf, readSettings, type TelegramSettings } from '../../../src/bots/telegram/settings.ts';
import { telegram } from '../../../src/bots/telegram.ts';
import { TOKEN } from './desk.ts';

const read = (variables: Record<string, string>): TelegramSettings => {
  const settings = readSettings(new Map(Object.entries(variables)));
  if (settings === null || Array.isArray(settings)) throw new Error(JSON.stringify(settings));
  return settings;
};
const problems = (variables: Record<string, string>): string[] => {
  const configuration = telegram.configure(new Map(Object.entries(variables)));
  return configuration.state === 'broken' ? configuration.problems.map(({ variable }) => variable) : [];
};

describe('the variables of Telegram', () => {
  it('are absent when none is set, whatever else is', () => {
    expect(telegram.configure(new Map([['PORT', '8080']])).state).toBe('absent');
  });

  it('need only the token', () => {
    expect(telegram.configure(new Map([['TELEGRAM_TOKEN', TOKEN]])).state).toBe('ready');
    expect(read({ TELEGRAM_TOKEN: TOKEN })).toEqual({
      token: TOKEN,
      apiRoot: 'https://api.telegram.org/',
      webhook: null,
    });
  });

  it('name the account by the part of the token that is no secret', () => {
    expect(accountOf(read({ TELEGRAM_TOKEN: TOKEN }))).toBe('7000000001');
  });

  it('keep the path of a Bot API server of the office', () => {
    const { apiRoot } = read({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'https://bot.example.org/telegram' });
    expect(new URL('./botX/getMe', apiRoot).href).toBe('https://bot.example.org/telegram/botX/getMe');
  });

  it('bring webhooks with an address', () => {
    const { webhook } = read({
      TELEGRAM_TOKEN: TOKEN,
      TELEGRAM_WEBHOOK_URL: 'https://office.example.org/hooks/telegram',
      TELEGRAM_WEBHOOK_HOST: '0.0.0.0',
      TELEGRAM_WEBHOOK_PORT: '9000',
      TELEGRAM_WEBHOOK_SECRET: 'a_B-9',
    });
    expect(webhook).toEqual({
      url: 'https://office.example.org/hooks/telegram',
      host: '0.0.0.0',
      port: 9000,
      secret: 'a_B-9',
    });
  });

  it('derive the same secret at every start, from which the token cannot be told', () => {
    const given = { TELEGRAM_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://office.example.org/' };
    const [first, second] = [read(given).webhook, read(given).webhook];
    expect(first).toEqual(second);
    expect(first?.secret).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
    expect(first?.secret).not.toContain(TOKEN.slice(11));
    expect(first).toMatchObject({ host: '127.0.0.1', port: 8443 });
  });

  it('are all reported at once', () => {
    const wrong = {
      TELEGRAM_TOKEN: 'secret-token',
      TELEGRAM_API_ROOT: 'telegram',
      TELEGRAM_WEBHOOK_URL: 'http://office.example.org/',
      TELEGRAM_WEBHOOK_HOST: 'a b',
      TELEGRAM_WEBHOOK_PORT: '99999',
      TELEGRAM_WEBHOOK_SECRET: '密',
    };
    expect(problems(wrong)).toEqual(Object.keys(wrong));
  });

  it('are never repeated in what is said of them', () => {
    const wrong = {
      TELEGRAM_TOKEN: '123:shhh',
      TELEGRAM_API_ROOT: 'ftp://shhh',
      TELEGRAM_WEBHOOK_URL: 'shhh',
      TELEGRAM_WEBHOOK_SECRET: 'sh hh',
    };
    expect(JSON.stringify(telegram.configure(new Map(Object.entries(wrong))))).not.toContain('hh"');
    expect(JSON.stringify(readSettings(new Map(Object.entries(wrong))))).not.toMatch(/shhh|sh hh/);
  });

  it('are broken when only the token is missing', () => {
    expect(problems({ TELEGRAM_WEBHOOK_PORT: '8443' })).toEqual(['TELEGRAM_TOKEN']);
  });

  it.each([
    ['https://user:pass@office.example.org/', 'a password'],
    ['https://office.example.org/?token=1', 'a query'],
    ['http://office.example.org/', 'no TLS'],
  ])('refuse %s as an address to push to, for it has %s', (url) => {
    expect(problems({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: url })).toEqual(['TELEGRAM_WEBHOOK_URL']);
  });

  it.each(['0', '65536', '-1', '8443x', ''])('refuse %j as a port', (port) => {
    expect(problems({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_WEBHOOK_PORT: port })).toEqual(['TELEGRAM_WEBHOOK_PORT']);
  });
});
