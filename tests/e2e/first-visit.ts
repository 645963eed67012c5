/** What the home page costs somebody who was never here, as served: requests, and bytes as they come over the wire, headers and all. */
import type { Phone } from './phone.ts';

export interface FirstVisit {
  requests: number;
  jsBytes: number;
  cssBytes: number;
  allBytes: number;
  fonts: number;
  /** Scripts and sheets that came as they are, and not as Brotli. */
  unpacked: string[];
}

/**
 * Opens the home page on a phone that has nothing of it yet. The keeper for reading without a network fetches later what it keeps: the
 * first visit does not wait for it, and it is not counted.
 */
export async function firstVisit(phone: Phone): Promise<FirstVisit> {
  const client = await phone.context.newCDPSession(phone.page);
  await client.send('Network.enable');
  const answers = new Map<string, { type: string; url: string; encoding: string | undefined }>();
  const bytes = new Map<string, number>();
  client.on('Network.responseReceived', ({ requestId, type, response: { url, headers } }) =>
    answers.set(requestId, { type, url, encoding: headers['content-encoding'] ?? headers['Content-Encoding'] }),
  );
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength));
  await phone.page.goto('/', { waitUntil: 'load' });
  await phone.control(/^搬到别的社区/).waitFor();
  await client.detach();
  const sum = (type?: string): number =>
    [...bytes]
      .filter(([id]) => type === undefined || answers.get(id)?.type === type)
      .reduce((total, [, size]) => total + size, 0);
  const all = [...answers.values()];
  return {
    requests: bytes.size,
    jsBytes: sum('Script'),
    cssBytes: sum('Stylesheet'),
    allBytes: sum(),
    fonts: all.filter(({ type }) => type === 'Font').length,
    unpacked: all
      .filter(({ type, encoding }) => ['Script', 'Stylesheet'].includes(type) && encoding !== 'br')
      .map(({ url }) => url),
  };
}
