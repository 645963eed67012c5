/** Codes of an authenticator app: RFC 6238 with SHA-1, six digits, 30 seconds, which is what every app takes. Pure. */
import { Secret, TOTP } from 'otpauth';
import encodeQR from 'qr';

const PERIOD_S = 30;
/** A phone's clock may be one step off, either way. */
const DRIFT_STEPS = 1;
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;

const ISSUER = '退管通';

const totp = (secret: string, label = '') =>
  new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  });

/** A new random secret, in base32. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What the app shows at a moment. */
export const codeAt = (secret: string, at: Date): string => totp(secret).generate({ timestamp: at.getTime() });

/** The time step whose code this is; null when it is none of the steps near the moment. */
export function stepOfCode(secret: string, code: string, at: Date): number | null {
  const delta = totp(secret).validate({ token: code, timestamp: at.getTime(), window: DRIFT_STEPS });
  return delta === null ? null : Math.floor(at.getTime() / 1000 / PERIOD_S) + delta;
}

/** What an app scans: the address with the secret. `label` tells the account apart in the app. */
export const addressOf = (secret: string, label: string): string => totp(secret, label).toString();

/** A drawing of a text as QR code: a square of `size` modules, and the dark ones as the path of an SVG. */
export interface QrDrawing {
  size: number;
  path: string;
}

export function drawQr(text: string): QrDrawing {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size: rows.length, path };
}
