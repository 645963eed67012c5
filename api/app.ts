/** Every route, who is calling, and how an error is answered. `Api` is what pages and bot are typed with. */
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { openAPIRouteHandler, resolver } from 'hono-openapi';
import { localeFor, say, type Locale } from '../locales/index.ts';
import { activityRoutes } from './activities/routes.ts';
import { activityStaffRoutes } from './activities/staff-routes.ts';
import { nobody } from './access/actor.ts';
import { accessRoutes } from './access/routes.ts';
import { sessionRoutes } from './access/session-routes.ts';
import { secondFactorRoutes } from './access/second-factor/routes.ts';
import { networkOf } from './access/address.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { withCtx, type Standing } from './caller.ts';
import { careRoutes } from './care/routes.ts';
import { consentRoutes } from './consents/routes.ts';
import { bindingRoutes } from './binding/routes.ts';
import { benefitRoutes } from './benefits/routes.ts';
import { messageRoutes } from './delivery/routes.ts';
import { deliveryStaffRoutes } from './delivery/staff-routes.ts';
import { LARGEST_UPLOAD } from './engine/files.ts';
import { describeServices } from './engine/openapi.ts';
import { questionLinkRoutes } from './engine/question-links.ts';
import { engineRoutes } from './engine/routes.ts';
import { AppError, problemShape } from './errors.ts';
import { familyRoutes } from './families/routes.ts';
import { groupRoutes } from './groups/routes.ts';
import { roomRoutes } from './groups/rooms/routes.ts';
import { volunteerRoutes } from './groups/volunteers/routes.ts';
import { figureRoutes } from './figures/routes.ts';
import { guardHeaders } from './headers.ts';
import { router, type Env } from './http.ts';
import { myDataRoutes } from './my-data/routes.ts';
import { LARGEST_PASTE } from './notices/clean.ts';
import { drawNotice } from './notices/page.ts';
import { noticeRoutes, originOf } from './notices/routes.ts';
import { noticeStaffRoutes } from './notices/staff-routes.ts';
import { policyRoutes } from './policy/routes.ts';
import { policyStaffRoutes } from './policy/staff-routes.ts';
import { registryRoutes } from './registry/routes.ts';
import { unmaskRoutes } from './registry/unmask-routes.ts';
import { requestId } from './request-id.ts';
import { retentionRoutes } from './retention/routes.ts';
import { settingRoutes } from './settings/routes.ts';
import { leaveRoutes } from './staff/leave-routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { written, type Pad } from './written.ts';

/** What the app stands on. */
export interface Parts extends Pad, Standing {
  /** Whether X-Forwarded headers come from a proxy of ours; anybody else could write them too. */
  behindProxy: boolean;
}

/** Whatever goes wrong, on whichever route, is answered in one shape. */
const anyProblem = {
  description: 'What went wrong, and how to mend it',
  content: { 'application/problem+json': { schema: resolver(problemShape) } },
};
const seeProblem = { $ref: '#/components/responses/problem' };
const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;

const LARGEST_JSON = 1024 * 1024;
/** The only routes whose bodies are pictures. */
const UPLOAD =
  /^\/api\/(drafts\/[^/]+\/files\/[^/]+|question-links\/files|care\/batches\/[^/]+\/sheets|staff\/notices\/[^/]+\/files\/[^/]+)$/;
/** What was copied, with its markup. */
const PASTE = '/api/staff/notices/paste';

const apiRoutes = router()
  .route('/', accessRoutes)
  .route('/', sessionRoutes)
  .route('/', consentRoutes)
  .route('/', myDataRoutes)
  .route('/', secondFactorRoutes)
  .route('/', bindingRoutes)
  .route('/', questionLinkRoutes)
  .route('/', engineRoutes)
  .route('/', registryRoutes)
  .route('/', unmaskRoutes)
  .route('/', leaveRoutes)
  .route('/', staffRoutes)
  .route('/', familyRoutes)
  .route('/', messageRoutes)
  .route('/', deliveryStaffRoutes)
  .route('/', retentionRoutes)
  .route('/', calendarRoutes)
  .route('/', settingRoutes)
  .route('/', benefitRoutes)
  .route('/', careRoutes)
  .route('/', figureRoutes)
  .route('/', noticeRoutes)
  .route('/', noticeStaffRoutes)
  .route('/', policyRoutes)
  .route('/', policyStaffRoutes)
  .route('/', groupRoutes)
  .route('/', roomRoutes)
  .route('/', volunteerRoutes)
  .route('/', activityRoutes)
  .route('/', activityStaffRoutes);

/** The API as its clients see it (`hc<Api>`). */
export type Api = ReturnType<typeof mount>;

function mount(app: Hono<Env>) {
  return app.route('/api', apiRoutes);
}

/** Makes the app. Pages and the simulator are added by `main.ts`. */
export function makeApp(parts: Parts) {
  const app = router();
  app.use(requestId, written(parts), whence(parts), guardHeaders);
  app.use('/api/*', neverStored, limitBody(), csrfUnlessInner(), withCtx(parts));
  app.use('/n/:id', withCtx(parts), drawn);
  app.onError((error, c) => answerError(parts, error, c));
  app.notFound((c) => problem(c, new AppError('no-such-route', 404), localeFor(c.req.header('accept-language'))));
  const mounted = mount(app);
  mounted.get('/openapi.json', async (c) => {
    const handler = openAPIRouteHandler(app, {
      documentation: {
        info: {
          title: 'Tuiguan',
          version: '1',
          description: 'What the chat bot, the phone pages and the staff pages of 退管通 ask: one API for all of them.',
        },
        components: { schemas: describeServices(), responses: { problem: anyProblem } },
      },
      defaultOptions: Object.fromEntries(methods.map((method) => [method, { responses: { default: seeProblem } }])),
      // A workbook is an answer of ours like any other.
      excludeStaticFile: false,
      defaultValidationErrorResponse: false,
    });
    return handler(c, async () => undefined);
  });
  return mounted;
}

function limitBody(): MiddlewareHandler<Env> {
  const tooLarge = (): never => {
    throw new AppError('too-large', 413);
  };
  const json = bodyLimit({ maxSize: LARGEST_JSON, onError: tooLarge });
  const upload = bodyLimit({
    maxSize: LARGEST_UPLOAD,
    onError: () => {
      throw new AppError('file-too-large', 413, { max: LARGEST_UPLOAD / 1024 / 1024 });
    },
  });
  const paste = bodyLimit({ maxSize: LARGEST_PASTE, onError: tooLarge });
  const limitOf = (path: string) => (UPLOAD.test(path) ? upload : path === PASTE ? paste : json);
  // Looking for a body costs as much as the rest of a read; nobody reads one of those.
  return (c, next) => (c.req.method === 'GET' ? next() : limitOf(c.req.path)(c, next));
}

/** What the API says is for this caller now: no browser, proxy or cache keeps it unless a route says so. */
const neverStored: MiddlewareHandler<Env> = (c, next) => {
  c.header('Cache-Control', 'no-store');
  return next();
};

/** From where a request comes, and whether over TLS. */
function whence({ behindProxy }: Parts): MiddlewareHandler<Env> {
  return (c, next) => {
    // The last entry is our own proxy's; whoever calls may have written the others.
    const forwarded = (name: string) => (behindProxy ? c.req.header(name)?.split(',').at(-1)?.trim() : undefined);
    c.set('secure', (forwarded('x-forwarded-proto') ?? c.req.url.split(':', 1)[0]) === 'https');
    c.set('address', networkOf(forwarded('x-forwarded-for') ?? c.env?.incoming?.socket?.remoteAddress ?? 'inside'));
    return next();
  };
}

/** What a notice for everyone shows without a script; the page itself is served after every route. */
const drawn: MiddlewareHandler<Env> = async (c, next) => {
  // Not with the rights of whoever looks: it is what everybody may see.
  const ctx = { ...c.get('ctx'), actor: nobody };
  c.set('drawn', c.req.method === 'GET' ? await drawNotice(ctx, c.req.param('id') ?? '', originOf(c)) : null);
  await next();
};

/** A browser's request must come from our own pages. The bot's own calls carry no origin and no cookie. */
function csrfUnlessInner(): MiddlewareHandler<Env> {
  const check = csrf();
  const safe = ['GET', 'HEAD', 'OPTIONS'];
  return async (c, next) => {
    if (c.env?.inner) return next();
    const origin = c.req.header('origin');
    // hono checks forms only; JSON and uploads from another origin are refused as well.
    // A sandboxed page says `Origin: null`.
    if (!safe.includes(c.req.method) && origin && URL.parse(origin)?.host !== c.req.header('host'))
      throw new AppError('other-origin', 403);
    return check(c, next);
  };
}

function answerError({ log }: Parts, error: Error, c: Context<Env>): Response {
  const locale = c.get('ctx')?.locale ?? localeFor(c.req.header('accept-language'));
  if (error instanceof AppError) return problem(c, error, locale);
  if (error instanceof HTTPException)
    return problem(c, new AppError(error.status === 400 ? 'bad-json' : 'refused', error.status as 400), locale);
  const away = isDatabaseAway(error);
  // Never the request's body or address: both hold what must not stand in a log.
  log.error({ requestId: c.get('requestId'), route: routePath(c), err: error }, 'request failed');
  return problem(
    c,
    away ? new AppError('database-away', 503) : new AppError('our-fault', 503),
    locale,
    away ? 503 : 500,
  );
}

/**
 * Not to be reached, stopping or starting (57P0…), out of what it needs: a disk (53100), memory, connections (53300); or two waited for
 * each other and this one was taken back whole (40P01): asked again, it is done.
 */
function isDatabaseAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: string }).code ?? '';
    if (/^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|CONNECTION_|CONNECT_TIMEOUT|57P0|08|53|40P01)/.test(code))
      return true;
  }
  return false;
}

/** problem+json (RFC 9457): a stable code for programs, words that say how to mend it for people. */
function problem(c: Context<Env>, error: AppError, locale: Locale, status: number = error.status): Response {
  const detail = say(locale, `errors:${error.code}`, error.params);
  const body = { type: `about:blank#${error.code}`, status, code: error.code, title: detail, detail, ...error.more };
  return c.body(JSON.stringify(body), status as 400, {
    'Content-Type': 'application/problem+json',
    // What was too large was not read to its end: nothing else can come over this connection.
    ...(status === 413 && { Connection: 'close' }),
  });
}
