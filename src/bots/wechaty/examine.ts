/**
 * Looks at the services beside a bot that may be running. It asks questions only, and one thing more: whether the account
 * is logged in is told by the event stream alone. A service has one, so it is left to a bot that runs; where none does,
 * nothing is taken from anybody in the moment in which we listen.
 */
import { connect } from 'node:tls';
import { grpc } from 'wechaty-grpc';
import { within } from '../deadline.ts';
import type { Finding } from '../finding.ts';
import type { BoundGroup } from '../platform.ts';
import { causeOf, isTlsTrouble, statusOf } from './failure.ts';
import { sideBySide } from './gather.ts';
import { AccountPuppet } from './puppet.ts';
import { readSaid } from './said.ts';
import { TOKENS, type WechatAccount } from './settings.ts';
import type { Surroundings } from './tuning.ts';
import { Wire } from './wire.ts';

type Membership = 'in' | 'out' | 'unclear';

/** What was found of one account, and how to ask whether it is in a group; null when it cannot be asked. */
interface Look {
  finding: Finding;
  membership: ((group: string) => Promise<Membership>) | null;
}

/** Never rejects; what the services say, the token at times, is not in what is found. */
export async function examine(
  accounts: readonly WechatAccount[],
  bound: readonly BoundGroup[],
  isRunning: boolean,
  around: Surroundings,
): Promise<Finding[]> {
  const lines = accounts.map((account) => ({ account, wire: new Wire(account, around) }));
  const close = (): void => {
    for (const { wire } of lines) wire.close();
  };
  // What was not answered by then is unclear: a closed wire answers at once.
  const cancel = around.setTimer(close, around.times.examine);
  try {
    const looks = await Promise.all(lines.map(({ account, wire }) => lookAt(account, wire, isRunning, around)));
    const groups = await sideBySide(bound, around.bounds.sideBySide, (group) => groupFinding(group, looks));
    return [...looks.map(({ finding }) => finding), ...groups];
  } finally {
    cancel();
    close();
  }
}

async function groupFinding({ chat, title }: BoundGroup, looks: readonly Look[]): Promise<Finding> {
  const answers = await Promise.all(looks.map(({ membership }) => membership?.(chat.id) ?? 'unclear'));
  if (answers.includes('in')) return { code: 'groupGood', chat, title };
  if (answers.every((answer) => answer === 'out')) return { code: 'groupGone', chat, title };
  return { code: 'groupUnclear', chat, title, error: 'not every account could be asked' };
}

async function lookAt(account: WechatAccount, wire: Wire, isRunning: boolean, around: Surroundings): Promise<Look> {
  try {
    await wire.version();
    return await lookInside(account, wire, isRunning, around);
  } catch (error) {
    return { finding: await outsideFinding(account, error, around), membership: null };
  }
}

async function lookInside(account: WechatAccount, wire: Wire, isRunning: boolean, around: Surroundings): Promise<Look> {
  const loggedOut: Look = { finding: { code: 'loggedOut', host: account.endpoint }, membership: null };
  // The running bot may be about to attach again.
  const seen = isRunning ? 'taken' : await peek(wire, around);
  if (seen === 'nobody') return loggedOut;
  const puppet = new AccountPuppet(account, wire);
  const self = seen === 'taken' ? null : seen.self;
  let listed: ReadonlySet<string>;
  try {
    listed = new Set(await puppet.roomList());
  } catch (error) {
    // A service that is there and has no groups to tell of is logged out.
    if (statusOf(error)?.code === grpc.status.UNKNOWN) return loggedOut;
    throw error;
  }
  const name =
    self &&
    (await puppet.contactPayload(self).then(
      ({ name }) => name,
      () => null,
    ));
  const membership = async (group: string): Promise<Membership> => {
    if (listed.has(group)) return 'in';
    try {
      const { memberIdList } = await puppet.roomPayload(group);
      if (self === null) return 'unclear';
      return memberIdList.includes(self) ? 'in' : 'out';
    } catch (error) {
      return statusOf(error)?.code === grpc.status.UNKNOWN ? 'out' : 'unclear';
    }
  };
  return { finding: { code: 'connected', account: name || account.name }, membership };
}

/** Who is logged in; `taken` when another client listens, which says nothing of that. */
function peek(wire: Wire, { times, setTimer }: Surroundings): Promise<{ self: string } | 'taken' | 'nobody'> {
  return new Promise((resolve, reject) => {
    const cancel = setTimer(() => resolve('nobody'), times.login);
    const settle = (pass: () => void): void => {
      cancel();
      pass();
    };
    wire.listen({
      hear: (event) => {
        const login = readLogin(event);
        if (login !== null) settle(() => resolve({ self: login }));
      },
      broken: (status) => {
        if (status.code === grpc.status.ALREADY_EXISTS) settle(() => resolve('taken'));
        else settle(() => reject(Object.assign(new Error('the event stream broke'), status)));
      },
    });
  });
}

function readLogin(event: Parameters<typeof readSaid>[0]): string | null {
  try {
    const said = readSaid(event);
    return said?.kind === 'login' ? said.contactId : null;
  } catch {
    return null;
  }
}

async function outsideFinding(account: WechatAccount, error: unknown, around: Surroundings): Promise<Finding> {
  const host = account.endpoint;
  const status = statusOf(error);
  if (!status) return { code: 'unreachable', host, error: 'the client failed' };
  if (status.code === grpc.status.UNAUTHENTICATED) return { code: 'tokenRefused', variable: TOKENS };
  if (isTlsTrouble(status)) {
    const plain = /wrong version number/i.test(status.details);
    return { code: 'tlsMismatch', host, error: plain ? 'the service speaks no TLS' : 'its certificate is not trusted' };
  }
  if (!account.tls && status.code === grpc.status.UNAVAILABLE && (await speaksTls(host, around))) {
    return { code: 'tlsMismatch', host, error: 'the service speaks TLS' };
  }
  return { code: 'unreachable', host, error: causeOf(status, false) };
}

/** Whether a TLS handshake gets anywhere there, whatever the certificate. */
async function speaksTls(host: string, { times, setTimer }: Surroundings): Promise<boolean> {
  const colon = host.lastIndexOf(':');
  const address = host.slice(0, colon).replace(/^\[|\]$/g, '');
  const socket = connect({ host: address, port: Number(host.slice(colon + 1)), rejectUnauthorized: false });
  const shaken = new Promise<boolean>((resolve) => {
    socket.once('secureConnect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  try {
    return await within(times.call, setTimer, shaken);
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
