import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMUNITY_AUTHORITY } from '../../../src/bots/wechaty/authority.ts';
import { readSettings } from '../../../src/bots/wechaty/settings.ts';
import { wechaty } from '../../../src/bots/wechaty.ts';

const TOKEN = 'WECHATY_PUPPET_SERVICE_TOKEN';
const ENDPOINT = 'WECHATY_PUPPET_SERVICE_ENDPOINT';
const PLAIN = 'WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT';
const AUTHORITY = 'WECHATY_PUPPET_SERVICE_TLS_CA_CERT';
const SERVER_NAME = 'WECHATY_PUPPET_SERVICE_TLS_SERVER_NAME';

const read = (variables: Record<string, string>) => readSettings(new Map(Object.entries(variables)));

function accounts(variables: Record<string, string>) {
  const settings = read(variables);
  if (settings.state !== 'ready') throw new Error(JSON.stringify(settings));
  return settings.accounts;
}

/** The variables that are complained about. */
function complaints(variables: Record<string, string>): string[] {
  const settings = read(variables);
  if (settings.state !== 'broken') throw new Error(JSON.stringify(settings));
  for (const { problem } of settings.problems) {
    for (const value of Object.values(variables)) {
      for (const each of value.split(',')) if (each.length > 4) expect(problem).not.toContain(each);
    }
  }
  return settings.problems.map(({ variable }) => variable);
}

describe('the variables of WeChat', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gridbot-wechat-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are absent when neither tokens nor endpoints are given', () => {
    expect(read({ [PLAIN]: 'true' })).toEqual({ state: 'absent' });
    expect(wechaty.configure(new Map())).toEqual({ state: 'absent' });
  });

  it('make one account of each pair, in their order', () => {
    const pairs = { [TOKEN]: 'insecure_a, insecure_b', [ENDPOINT]: '127.0.0.1:8788,[::1]:8789', [PLAIN]: 'true' };
    expect(accounts(pairs)).toEqual([
      { name: '1', token: 'insecure_a', endpoint: '127.0.0.1:8788', tls: null },
      { name: '2', token: 'insecure_b', endpoint: '[::1]:8789', tls: null },
    ]);
    const configuration = wechaty.configure(new Map(Object.entries(pairs)));
    expect(configuration).toMatchObject({ state: 'ready', platform: { accounts: 2 } });
  });

  it('speak TLS unless it is turned off, with the name in front of the token and the community’s authority', () => {
    const [account] = accounts({ [TOKEN]: 'puppet_Insecure_a', [ENDPOINT]: 'a.example:8788' });
    expect(account?.tls).toEqual({ authority: COMMUNITY_AUTHORITY, serverName: 'puppet_insecure' });
  });

  it('trust the authority that the library brings along', () => {
    const bundled = readFileSync('node_modules/wechaty-puppet-service/dist/esm/src/auth/ca.js', 'utf8');
    expect(bundled).toContain(COMMUNITY_AUTHORITY.trim());
  });

  it('take another name and another authority, the latter as a path or as the text itself', () => {
    const path = join(folder, 'ca.pem');
    writeFileSync(path, COMMUNITY_AUTHORITY);
    const given = { [TOKEN]: 'plainuuid', [ENDPOINT]: 'a.example:8788', [SERVER_NAME]: 'puppet.example' };
    const tls = { authority: COMMUNITY_AUTHORITY, serverName: 'puppet.example' };
    expect(accounts({ ...given, [AUTHORITY]: path })[0]?.tls).toEqual(tls);
    expect(accounts({ ...given, [AUTHORITY]: COMMUNITY_AUTHORITY.replaceAll('\n', '\\n') })[0]?.tls).toEqual(tls);
  });

  it.each([
    ['a token without an endpoint', { [TOKEN]: 'insecure_aaaa' }, [ENDPOINT]],
    ['an endpoint without a token', { [ENDPOINT]: 'a.example:1' }, [TOKEN]],
    ['lists of different lengths', { [TOKEN]: 'insecure_aaaa,insecure_bbbb', [ENDPOINT]: 'a.example:1' }, [ENDPOINT]],
    ['the same account twice', { [TOKEN]: 'a_aaaa,a_aaaa', [ENDPOINT]: 'a.example:1,a.example:1' }, [TOKEN]],
    ['an endpoint without a port', { [TOKEN]: 'insecure_aaaa', [ENDPOINT]: 'host.example' }, [ENDPOINT]],
    ['a port that is none', { [TOKEN]: 'insecure_aaaa', [ENDPOINT]: 'host.example:70000' }, [ENDPOINT]],
    ['an address of a public directory', { [TOKEN]: 'insecure_aaaa', [ENDPOINT]: 'wechaty:///abcdef' }, [ENDPOINT]],
    ['a token that no header can carry', { [TOKEN]: 'insecure aaaa', [ENDPOINT]: 'a.example:1' }, [TOKEN]],
    ['a token without a name, with TLS', { [TOKEN]: 'aaaaaaaa', [ENDPOINT]: 'a.example:1' }, [TOKEN]],
    [
      'an authority that cannot be read',
      { [TOKEN]: 'insecure_aaaa', [ENDPOINT]: 'a.example:1', [AUTHORITY]: '/nowhere/ca.pem' },
      [AUTHORITY],
    ],
    ['a switch that is no switch', { [TOKEN]: 'insecure_aaaa', [ENDPOINT]: 'a.example:1', [PLAIN]: 'maybe' }, [PLAIN]],
    ['an empty place in a list', { [TOKEN]: 'insecure_aaaa,', [ENDPOINT]: 'a.example:1,b.example:1' }, [TOKEN]],
  ])('are refused for %s, by the variable’s name and never its value', (_, variables, expected) => {
    expect(complaints(variables)).toEqual(expected);
  });

  it('tell of every variable that is wrong, not only of the first', () => {
    expect(complaints({ [TOKEN]: 'with space', [ENDPOINT]: 'noport', [PLAIN]: 'maybe' })).toEqual([
      TOKEN,
      ENDPOINT,
      PLAIN,
    ]);
  });

  it('need no name in the token without TLS', () => {
    expect(accounts({ [TOKEN]: 'plainuuid', [ENDPOINT]: 'a.example:1', [PLAIN]: 'true' })).toHaveLength(1);
  });
});
