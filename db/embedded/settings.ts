/**
 * The settings of the embedded server, for one small machine. Written anew at every start;
 * `ALTER SYSTEM` goes before them, so an operator's own choice lasts.
 */
export const SETTINGS_FILE = 'tuiguan.conf';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A failed statement's text and details hold what people have told us; the log never does.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
} as const;

/** The text of the settings file. */
export function settingsFor(port: number): string {
  const lines = Object.entries(SETTINGS).map(([name, value]) => `${name} = '${value}'`);
  return [...lines, `port = ${port}`, ''].join('\n');
}

/** The port of the last start, so that a restarted server is found where it was. */
export function portIn(settings: string): number | undefined {
  const port = /^port = (\d+)$/m.exec(settings)?.[1];
  return port === undefined ? undefined : Number(port);
}
