/** Opens a port for a server. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Listening {
  /** `http://localhost:8080` */
  url: string;
  port: number;
  /** Takes no more requests and ends those under way, endless ones too. */
  close(): Promise<void>;
}

/**
 * Resolves when requests are taken.
 * @param port 0 for any that is free
 * @param hostname the address to open it on; by default only this machine can reach it
 * @throws when the port is taken or may not be opened
 */
export async function listen(web: Hono, port: number, hostname = '127.0.0.1'): Promise<Listening> {
  const server = createServer(getRequestListener(web.fetch));
  server.listen(port, hostname);
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://localhost:${taken}`,
    port: taken,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
