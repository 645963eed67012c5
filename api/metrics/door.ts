/** The door for those who run the product: a port of its own, which nobody outside should reach. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Db } from '../../db/connect.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../dates.ts';
import type { Metrics } from './metrics.ts';
import { watchStock } from './stock.ts';

export interface MetricsDoor {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves `/metrics`, and `/healthz` for roles that serve nothing else. With `db`, as a worker has it, what waits in the database is
 * shown as well.
 */
export async function openDoor(
  { METRICS_HOST: host, METRICS_PORT: port = 0 }: Pick<Config, 'METRICS_HOST' | 'METRICS_PORT'>,
  { registry }: Metrics,
  db: Db | null,
  clock: Clock,
): Promise<MetricsDoor> {
  const refresh = db ? watchStock(registry, db, clock) : async () => undefined;
  const server = createServer((request, response) => {
    const say = (status: number, type: string, text: string) =>
      response.writeHead(status, { 'Content-Type': type }).end(text);
    if (request.url === '/healthz') return say(200, 'text/plain', 'alive');
    if (request.url !== '/metrics') return say(404, 'text/plain', 'not here');
    refresh()
      .then(() => registry.metrics())
      .then(
        (text) => say(200, registry.contentType, text),
        () => say(500, 'text/plain', 'the metrics could not be read'),
      );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
