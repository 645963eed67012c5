/** Chooses the port of 127.0.0.1 that the server listens on. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** The preferred port when it is free, else any that is. Somebody may still take it before it is used. */
export async function choosePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await bind(preferred).catch(() => undefined))) return preferred;
  return bind(0);
}

async function bind(port: number): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return bound;
}
