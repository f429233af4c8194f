/**
 * The gRPC connection to a puppet service. The library's own sets no limit to any call, cannot be closed while one is
 * under way, and asks the service to `stop` when it goes: that call may arrive late and end the event stream of the
 * session after it. Here each call ends in its time, all of them end when the wire is closed, and `stop` is never asked.
 */
import { grpc, puppet as proto } from 'wechaty-grpc';
import type { WechatAccount } from './settings.ts';
import type { Surroundings, WechatTimes } from './tuning.ts';

/** What comes by the event stream: a number for the kind, and JSON. */
export interface StreamEvent {
  getType(): number;
  getPayload(): string;
}

type Answer<T> = (error: grpc.ServiceError | null, response: T) => void;

/** The generated client, as far as it is called here; its own types do not reach ES modules. */
export interface Client {
  event(request: object): grpc.ClientReadableStream<StreamEvent>;
  start(request: object, answer: Answer<unknown>): void;
  ding(request: object, answer: Answer<unknown>): void;
  version(request: object, answer: Answer<unknown>): void;
  messageSendFile(request: object, answer: Answer<{ getId(): string }>): void;
  close(): void;
}

/** How a call or the event stream ended. */
export interface Status {
  code: grpc.status;
  details: string;
}

export interface Ears {
  /** Something came by the event stream, if only a heartbeat. */
  hear: (event: StreamEvent) => void;
  /** The event stream is over, or a call has shown that the connection is. Said once; not after {@link Wire.close}. */
  broken: (status: Status) => void;
}

/** The connection is gone, or nobody lets us in: what else is asked will fare no better. */
const FATAL: readonly grpc.status[] = [grpc.status.UNAVAILABLE, grpc.status.UNAUTHENTICATED, grpc.status.CANCELLED];

/** Lasts as long as the session. */
const STREAM = 'Event';

/** Calls that may take another time than a question. */
const LIMITS: ReadonlyMap<string, 'attach' | 'send' | 'transfer'> = new Map([
  ['Start', 'attach'],
  ['MessageSendText', 'send'],
  ['MessageSendFile', 'send'],
  ['Upload', 'transfer'],
  ['Download', 'transfer'],
  ['MessageFileStream', 'transfer'],
]);

type OpenCall = ReturnType<Parameters<grpc.Interceptor>[1]>;

export class Wire {
  readonly client: Client;
  readonly #times: WechatTimes;
  readonly #setTimer: Surroundings['setTimer'];
  /** Calls under way, each with how to end its time limit. */
  readonly #open = new Map<OpenCall, () => void>();
  #broken: Ears['broken'] | null = null;
  #closed = false;

  constructor(account: WechatAccount, { times, setTimer }: Pick<Surroundings, 'times' | 'setTimer'>) {
    this.#times = times;
    this.#setTimer = setTimer;
    const watched: grpc.Interceptor = (options, next) => this.#watched(options.method_definition.path, next(options));
    this.client = new proto.PuppetClient(account.endpoint, credentialsOf(account), {
      ...(account.tls ? { 'grpc.ssl_target_name_override': account.tls.serverName } : {}),
      'grpc.default_authority': account.token,
      // Another session's failures must not make this one wait, nor a proxy of the environment read the token.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_http_proxy': 0,
      interceptors: [watched],
    });
  }

  /** Attaches the event stream: of several clients the service tells only one. */
  listen({ hear, broken }: Ears): void {
    this.#broken = broken;
    const stream = this.client.event(new proto.EventRequest());
    stream.on('data', (event) => {
      if (!this.#closed) hear(event);
    });
    // The status tells the same, and is told of a stream that ends without an error, too.
    stream.on('error', () => undefined);
    stream.on('status', (status) => this.#break(status));
  }

  /** Has the service start its account, which may log it in. Does nothing where it runs already. */
  start(): Promise<unknown> {
    return answered((answer) => this.client.start(new proto.StartRequest(), answer));
  }

  /** Asks nothing of the account; shows whether we are let in. */
  version(): Promise<unknown> {
    return answered((answer) => this.client.version(new proto.VersionRequest(), answer));
  }

  /** Asks for a sign of life, which comes by the event stream. */
  ding(): void {
    this.client.ding(new proto.DingRequest(), () => undefined);
  }

  /** Hands over a file as wechaty writes it in JSON; resolves with the message's id, '' where the service gives none. */
  async sendFile(conversationId: string, file: string): Promise<string> {
    const request = new proto.MessageSendFileRequest();
    request.setConversationId(conversationId);
    request.setFileBox(file);
    const response = await answered<{ getId(): string }>((answer) => this.client.messageSendFile(request, answer));
    return response.getId();
  }

  /** Ends every call, and closes the connection. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const [call, cancelTimer] of [...this.#open]) {
      cancelTimer();
      call.cancelWithStatus(grpc.status.CANCELLED, 'the session has ended');
    }
    this.client.close();
  }

  #break(status: Status): void {
    const broken = this.#broken;
    this.#broken = null;
    if (!this.#closed) broken?.(status);
  }

  #watched(path: string, call: OpenCall): grpc.InterceptingCall {
    const name = path.slice(path.lastIndexOf('/') + 1);
    let late = false;
    const tooLate = (): void => {
      late = true;
      call.cancelWithStatus(grpc.status.DEADLINE_EXCEEDED, 'no answer in time');
    };
    return new grpc.InterceptingCall(call, {
      start: (metadata, _, next) => {
        const limit = this.#times[LIMITS.get(name) ?? 'call'];
        const cancelTimer = name === STREAM || this.#closed ? () => undefined : this.#setTimer(tooLate, limit);
        this.#open.set(call, cancelTimer);
        next(metadata, {
          onReceiveStatus: (status, pass) => {
            cancelTimer();
            this.#open.delete(call);
            pass(status);
            if (!late && name !== STREAM && FATAL.includes(status.code)) this.#break(status);
          },
        });
      },
    });
  }
}

function answered<T>(ask: (answer: Answer<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((error, response) => (error ? reject(error) : resolve(response)));
  });
}

function credentialsOf({ tls, token }: WechatAccount): grpc.ChannelCredentials {
  if (!tls) return grpc.credentials.createInsecure();
  const channel = grpc.credentials.createSsl(Buffer.from(tls.authority));
  const call = grpc.credentials.createFromMetadataGenerator((_, pass) => {
    const metadata = new grpc.Metadata();
    metadata.add('authorization', `Wechaty ${token}`);
    pass(null, metadata);
  });
  return grpc.credentials.combineChannelCredentials(channel, call);
}
