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
  /** The camera of a photo question is the phone's own, asked by `<input type="file">`: those pages need nothing. */
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

const ways = (more: Partial<typeof headers>) => ({
  plain: secureHeaders({ ...headers, ...more, strictTransportSecurity: false }),
  overTls: secureHeaders({ ...headers, ...more, strictTransportSecurity: TLS_ONLY }),
});
const everywhere = ways({});
/** The door of an activity reads codes with the camera; its pages are one document with all those of the staff. */
const forStaff = ways({ permissionsPolicy: { ...headers.permissionsPolicy, camera: ['self'] as never[] } });

/** Sets them last, on refusals as well. What is asked inside this process is read by no browser. */
export const guardHeaders: MiddlewareHandler<Env> = (c, next) => {
  if (c.env?.inner) return next();
  const { plain, overTls } = /^\/staff(\/|$)/.test(c.req.path) ? forStaff : everywhere;
  return (c.get('secure') ? overTls : plain)(c, next);
};
