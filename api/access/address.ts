/** Addresses as limits count them: an IPv6 subscriber holds a whole /64 and could come from another address each time. */
import { isIPv6 } from 'node:net';

/** The network that an address belongs to: itself for IPv4, its first half for IPv6. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [left = [], tail] = plain.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = tail ? Math.max(0, 8 - left.length - tail.length) : 0;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...(tail ?? [])].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
