/** A short fingerprint of a text, for buttons: 64 bytes hold no long names. Six characters of base64url (36 bits). */
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LENGTH = 6;

/** Always the same for the same text (two rounds of FNV-1a, different seeds). */
export function mark(text: string): string {
  const low = fnv(text, 0x811c9dc5);
  const high = fnv(text, 0x01000193);
  const bits = (BigInt(high) << 32n) | BigInt(low);
  return Array.from({ length: LENGTH }, (_, at) => SIGNS[Number((bits >> BigInt(at * 6)) & 63n)]).join('');
}

function fnv(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
