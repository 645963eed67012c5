/**
 * A notice for everyone as a page that needs no script: what the browser shows before the pages of the product take over, and what a
 * chat shows of an address that is passed on (Open Graph).
 */
import { html } from 'hono/html';
import type { Block } from '../../db/schema/notices.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { showDay } from '../delivery/message.ts';
import { AppError } from '../errors.ts';
import type { DrawnPage } from '../http.ts';
import { dayOf } from '../dates.ts';
import { readNotice, type NoticeView } from './read-notice.ts';
import { picturesIn } from './body.ts';

/** What stands for the page’s picture when a notice has none. */
const PICTURE = '/share.png';

/** Null for what is not for everyone, and for what is not there: nobody learns the difference. */
export async function drawNotice(ctx: Ctx, id: string, origin: string): Promise<DrawnPage | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null;
  const notice = await readNotice(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!notice?.isPublic || notice.state !== 'published') return null;
  const title = `${notice.title} — ${say(ctx.locale, 'h5:frame.brand')}`;
  return { title, head: String(await headOf(notice, origin)), body: String(await bodyOf(ctx, notice)) };
}

function headOf(notice: NoticeView, origin: string) {
  const [first] = picturesIn(notice.body);
  const picture = first ? `/api/notices/pictures/${first}` : PICTURE;
  return html`<meta name="description" content="${notice.summary}" />
    <meta property="og:type" content="article" />
    <meta property="og:title" content="${notice.title}" />
    <meta property="og:description" content="${notice.summary}" />
    <meta property="og:url" content="${origin}/n/${notice.id}" />
    <meta property="og:image" content="${origin}${picture}" />
    <meta property="og:site_name" content="${notice.unit.name}" />
    <link rel="alternate" type="application/rss+xml" href="/api/notices/feed.xml?unit=${notice.unit.id}" />`;
}

function bodyOf(ctx: Ctx, notice: NoticeView) {
  const t = (key: string, params: Record<string, string> = {}) => say(ctx.locale, `published:${key}`, params);
  const { unit, inForceFrom, inForceUntil, change, over } = notice;
  return html`<main class="page stack notice-page">
    <h1 class="heading">${notice.title}</h1>
    <p class="soft">
      ${t('page.by', { unit: unit.name, day: showDay(dayOf(new Date(notice.publishedAt)), ctx.locale) })}
    </p>
    ${over ? html`<p class="note">${t('page.over')}</p>` : ''}
    ${change ? html`<p class="note">${t('page.change', { change })}</p>` : ''}
    <section class="card stack-tight">
      <h2>${t('page.summary')}</h2>
      <p>${notice.summary}</p>
    </section>
    ${inForceFrom ? html`<p>${t('chat.from', { day: showDay(inForceFrom, ctx.locale) })}</p>` : ''}
    ${inForceUntil ? html`<p>${t('chat.until', { day: showDay(inForceUntil, ctx.locale) })}</p>` : ''}
    ${notice.body.map(blockOf)} ${notice.files.length > 0 ? html`<h2>${t('page.files')}</h2>` : ''}
    <ul>
      ${notice.files.map((file) => html`<li><a class="link" href="/api/notices/files/${file.id}">${file.name}</a></li>`)}
    </ul>
    ${
      unit.phone
        ? html`<p><a class="button-second" href="tel:${unit.phone}">${unit.name} ${unit.phone}</a></p>`
        : html`<p>${unit.name}</p>`
    }
  </main>`;
}

function blockOf(block: Block) {
  if (block.is === 'heading') return html`<h2>${block.text}</h2>`;
  if (block.is === 'paragraph') return html`<p>${block.text}</p>`;
  if (block.is === 'picture')
    return html`<p><img class="notice-picture" src="/api/notices/pictures/${block.file}" alt="${block.words}" /></p>`;
  const items = block.items.map((item) => html`<li>${item}</li>`);
  return block.ordered
    ? html`<ol>
        ${items}
      </ol>`
    : html`<ul>
        ${items}
      </ul>`;
}
