/** Which addresses a bot may give to Telegram, and which of them lead back to this machine. */

/** True for this very machine: 127.0.0.0/8, ::1, localhost. */
export function isLoopback(address: string): boolean {
  const host = parse(address)?.hostname;
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host ?? '');
}

/** What a button may open: the web, or another chat (`tg:`). */
export function isAllowedAddress(address: string): boolean {
  const url = parse(address);
  return url !== undefined && ['http:', 'https:', 'tg:'].includes(url.protocol);
}

/** What a Mini App may be: https, or http on this machine for the demo's sake. */
export function isSecureAddress(address: string): boolean {
  const url = parse(address);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(address));
}

/** The payload of a deep link to this bot (`https://t.me/<bot>?start=x`), '' without one, undefined for another address. */
export function startPayloadOf(address: string, username: string): string | undefined {
  const url = parse(address.startsWith('t.me/') ? `https://${address}` : address);
  const isBot =
    (url?.hostname === 't.me' && url.pathname.slice(1).toLowerCase() === username.toLowerCase()) ||
    (url?.protocol === 'tg:' && url.host === 'resolve' && url.searchParams.get('domain') === username);
  return isBot ? (url?.searchParams.get('start') ?? '') : undefined;
}

const parse = (address: string): URL | undefined => (URL.canParse(address) ? new URL(address) : undefined);
