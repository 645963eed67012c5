/** What every answer carries, whatever route or error made it: the browser runs only what is ours, and nobody frames us. */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Env } from './http.ts';

/** A year: a browser that came over TLS once never comes without it again. */
const TLS_ONLY = 'max-age=31536000; includeSubDomains';

const headers = {
  /** Pictures may be those just taken (`blob:`); the icon of the pages is a `data:` address. */
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  /** The camera of a photo question is the phone's own, asked by `<input type="file">`: pages themselves need nothing. */
  permissionsPolicy: {
    camera: [],
    microphone: [],
    geolocation: [],
    payment: [],
    usb: [],
    bluetooth: [],
    displayCapture: [],
    browsingTopics: [],
  },
  xFrameOptions: 'DENY',
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  // For browsers that nobody has any more: every header costs on every answer.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  // A route that is stricter stays so.
  overwrite: false,
} satisfies Parameters<typeof secureHeaders>[0];

const plain = secureHeaders({ ...headers, strictTransportSecurity: false });
const overTls = secureHeaders({ ...headers, strictTransportSecurity: TLS_ONLY });

/** Sets them last, on refusals as well. What is asked inside this process is read by no browser. */
export const guardHeaders: MiddlewareHandler<Env> = (c, next) => {
  if (c.env?.inner) return next();
  return (c.get('secure') ? overTls : plain)(c, next);
};
