/** What goes wrong with a puppet service, and what must be made of it. */
import type { OutboundMessage } from '../../../src/bots/adapter.ts';
import type { Fault } from '../../counterparts/puppet.ts';
import { until } from '../../support/soon.ts';
import type { Disruption, SendFault } from './fixture.ts';
import { PNG } from './sending.ts';
import { logIn, type WechatStage } from './wechat-stage.ts';

const alone = (name: string, kind: 'picture' | 'workbook', bytes: Uint8Array): OutboundMessage => ({
  text: '',
  mentions: [],
  attachments: [{ kind, name, content: async () => bytes }],
});
const PICTURE = alone('表.png', 'picture', PNG);
const LARGE = alone('表.xlsx', 'workbook', new Uint8Array(200_000).fill(7));

const down = async ({ wechat }: WechatStage): Promise<void> => wechat.kill();
const up = async ({ wechat }: WechatStage): Promise<void> => logIn(wechat, wechat.up());
const freeze = async ({ wechat }: WechatStage): Promise<void> => wechat.freeze();
const thaw = async ({ wechat }: WechatStage): Promise<void> => wechat.thaw();
/** Dead by its own hand: that is known for sure only when the process is gone. */
const revive = async (stage: WechatStage): Promise<void> => {
  await down(stage);
  await up(stage);
};
const clear = async ({ wechat }: WechatStage): Promise<void> => wechat.clearFaults();

const fault =
  (order: Fault) =>
  ({ wechat }: WechatStage): Promise<void> =>
    wechat.fault(order);

const text = (kind: Extract<Fault, { method: string }>['kind']) => fault({ method: 'messageSendText', kind, times: 1 });
const file = (kind: Extract<Fault, { method: string }>['kind']) => fault({ method: 'messageSendFile', kind, times: 1 });

export const WECHAT_SEND_FAULTS: SendFault<WechatStage>[] = [
  { name: 'the service fails', kind: 'unknown', delivered: 0, arrange: text('error'), mend: clear },
  { name: 'the service fails when it has done it', kind: 'unknown', delivered: 1, arrange: text('deliverThenError') },
  { name: 'no answer ever comes', kind: 'unknown', delivered: 0, arrange: text('hang') },
  { name: 'accepted, and no answer ever comes', kind: 'unknown', delivered: 1, arrange: text('deliverThenHang') },
  {
    name: 'the service dies when it has done it',
    kind: 'unknown',
    delivered: 1,
    arrange: text('deliverThenDie'),
    mend: revive,
  },
  {
    name: 'the service dies before it has done anything, and is not there for the next one',
    kind: 'unknown',
    next: 'unavailable',
    delivered: 0,
    arrange: text('hang'),
    meanwhile: async (stage) => {
      await until(async () => ((await stage.wechat.calls()).messageSendText ?? 0) > 0, 'it is asked to send');
      await down(stage);
    },
    mend: up,
  },
  {
    name: 'the service stands still, and does it afterwards',
    kind: 'unknown',
    delivered: 1,
    arrange: freeze,
    mend: async (stage) => {
      await thaw(stage);
      await until(async () => (await stage.seen(stage.village)).length === 1, 'it arrives late');
    },
  },
  {
    name: 'a picture whose sending fails when it has been done',
    message: PICTURE,
    kind: 'unknown',
    delivered: 1,
    arrange: file('deliverThenError'),
  },
  {
    name: 'a large file whose sending fails when it has been done',
    message: LARGE,
    kind: 'unknown',
    delivered: 1,
    arrange: file('deliverThenError'),
  },
  {
    name: 'a picture that never gets an answer',
    message: PICTURE,
    kind: 'unknown',
    delivered: 0,
    arrange: file('hang'),
  },
];

export const WECHAT_DISRUPTIONS: Disruption<WechatStage>[] = [
  { name: 'a service that is killed', noticed: true, talking: false, begin: down, end: up },
  { name: 'a service that stands still', noticed: true, talking: false, begin: freeze, end: thaw },
  {
    name: 'a service that ends the stream of events and answers calls as before',
    noticed: true,
    talking: false,
    begin: fault({ kind: 'endStream' }),
    end: clear,
  },
  {
    name: 'a service that falls silent and answers calls as before',
    noticed: true,
    talking: true,
    begin: fault({ kind: 'silence' }),
    end: clear,
  },
  {
    name: 'a service that is slow',
    noticed: false,
    talking: true,
    begin: fault({ method: 'messagePayload', kind: 'slow', ms: 150 }),
    end: clear,
  },
];
