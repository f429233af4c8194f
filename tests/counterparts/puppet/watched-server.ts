/** The puppet service as others have it, with a hand on each call: it counts them, and breaks those it is told to. */
import type { EventEmitter } from 'node:events';
import { PuppetServer } from 'wechaty-puppet-service';
import type { CallFault, Fault, Streams } from './orders.ts';

type Answer = (error: unknown, response: unknown) => void;

/** A gRPC call as far as it matters here; the one of the event stream can be written to and ended by the service. */
interface Call extends EventEmitter {
  write?: (response: unknown) => boolean;
  end?: () => void;
}

/** `answer` is missing where the service answers with a stream. */
type Handle = (call: Call, answer?: Answer) => unknown;

interface Breakage {
  kind: CallFault;
  times: number;
  ms: number;
  code: number;
}

/** gRPC's UNKNOWN, as which the stock service hands on what its puppet throws. */
const UNKNOWN = 2;

export class WatchedServer extends PuppetServer {
  readonly calls = new Map<string, number>();
  readonly #breakages = new Map<string, Breakage>();
  #silent = false;
  #stream: Call | null = null;
  #streams = 0;

  override async start(): Promise<void> {
    await super.start();
    // The service keeps its calls to itself; they are found by path in the gRPC server below it.
    const { handlers } = this.grpcServer as unknown as { handlers: Map<string, { func: Handle }> };
    for (const [path, handler] of handlers) {
      const [, name = path] = /^\/wechaty\.Puppet\/(.*)$/.exec(path) ?? [];
      handler.func = this.#watch(name.charAt(0).toLowerCase() + name.slice(1), handler.func);
    }
  }

  /** Somebody listens to the events, and hears them. */
  get hears(): boolean {
    return this.#listening && !this.#silent;
  }

  streams(): Streams {
    return { attached: this.#listening ? 1 : 0, ever: this.#streams };
  }

  fault(fault: Fault): void {
    if (fault.kind === 'endStream') this.#stream?.end?.();
    else if (fault.kind === 'silence') this.#silent = true;
    else {
      const { kind, times = Number.POSITIVE_INFINITY, ms = 0, code = UNKNOWN } = fault;
      this.#breakages.set(fault.method, { kind, times, ms, code });
    }
  }

  clearFaults(): void {
    this.#silent = false;
    this.#breakages.clear();
  }

  /** The stock service listens to its puppet for as long as a stream is attached. */
  get #listening(): boolean {
    return this.options.puppet.listenerCount('message') > 0;
  }

  #watch(name: string, stock: Handle): Handle {
    const handle = name === 'event' ? this.#attach(stock) : stock;
    return (call, answer) => {
      this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
      const breakage = this.#breaks(name);
      if (!breakage) return handle(call, answer);
      const fail = (): unknown => {
        const details = `${name} is broken`;
        const error = Object.assign(new Error(details), { code: breakage.code, details });
        return answer ? answer(error, null) : call.emit('error', error);
      };
      switch (breakage.kind) {
        case 'error':
          return fail();
        case 'hang':
          return;
        case 'slow':
          return setTimeout(() => handle(call, answer), breakage.ms);
        case 'deliverThenError':
          return handle(call, fail);
        case 'deliverThenHang':
          return handle(call, () => undefined);
        case 'deliverThenDie':
          return handle(call, () => process.kill(process.pid, 'SIGKILL'));
      }
    };
  }

  #breaks(name: string): Breakage | null {
    for (const method of [name, '*']) {
      const breakage = this.#breakages.get(method);
      if (!breakage) continue;
      breakage.times -= 1;
      if (breakage.times <= 0) this.#breakages.delete(method);
      return breakage;
    }
    return null;
  }

  #attach(stock: Handle): Handle {
    return (call) => {
      const write = call.write?.bind(call);
      if (write) call.write = (response) => this.#silent || write(response);
      const before = this.#listening;
      stock(call);
      // A wrong token, or a second stream beside a first one, is refused.
      if (before || !this.#listening) return;
      this.#stream = call;
      this.#streams += 1;
    };
  }
}
