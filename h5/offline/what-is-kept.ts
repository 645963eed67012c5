/** What the service worker keeps for reading without a network, and what it never touches. */

/** Requests with this header are kept: the people's pages send it, the staff pages do not. */
export const KEEP_HEADER = 'x-keep';
/** An answer from the keep says so. */
export const KEPT_HEADER = 'x-kept';

/** What people read: guides, their cases, drafts, messages, the notices and activities for them, who they are. */
const readable =
  /^\/api\/(me|services(\/[^/]+)?|cases(\/\d+)?|messages|notices(\/[\w-]+)?|notices\/pictures\/[\w-]+|activities(\/[\w-]+)?|policy(\/[\w-]+|\/articles\/[^/]+)?|drafts(\/[\w-]+(\/questions\/[^/]+)?)?)$/;
export const isReadable = (path: string): boolean => readable.test(path);
/** Pictures of notices: the browser asks for them by itself, without the header. */
export const isPicture = (path: string): boolean => path.startsWith('/api/notices/pictures/');

/** Addresses on this host that are not the people's pages. */
const foreign = /^\/(api|staff|simulator|openapi\.json|healthz|readyz)(\/|$)/;
export const isPage = (path: string): boolean => !foreign.test(path);

/** The one page of the staff that opens without a network: it keeps itself and its files (`h5/staff/activities/door.ts`). */
export const isDoor = (path: string): boolean => /^\/staff\/activities\/[\w-]+\/door$/.test(path);

/** The bucket of what belongs to whoever is signed in: emptied when they sign out. */
export const PRIVATE_BUCKET = 'read';
