/** The two ways in which a bot hears what happened: asking for it, or having it posted to its webhook. */
import type { Update, WebhookInfo } from 'grammy/types';
import { isLoopback } from '../addresses.ts';
import { badRequest } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { Params } from '../params.ts';
import { conflict } from '../updates.ts';
import { Webhook } from '../webhook.ts';
import type { Call } from './call.ts';

export function getUpdates({ world, params, signal }: Call): Promise<Update[]> {
  if (world.webhook) {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  world.updates.allow(readAllowed(params));
  const [offset, limit, timeout] = [params.integer('offset'), params.integer('limit'), params.integer('timeout')];
  return world.updates.poll({ offset, limit, timeout, signal });
}

export function setWebhook(call: Call): true {
  const { world, params } = call;
  const url = params.text('url');
  if (url === '') return deleteWebhook(call);
  if (!/^https?:/.test(url) || !isLoopback(url)) {
    throw badRequest('bad webhook: only an address of this machine is allowed here');
  }
  const secret = params.text('secret_token');
  if (secret.length > LIMITS.webhookSecret) throw badRequest('secret token is too long');
  if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  const maxConnections = Math.min(Math.max(params.integer('max_connections') ?? 40, 1), 100);
  world.updates.allow(readAllowed(params));

  const waiting = [...(world.webhook?.close() ?? []), ...world.updates.takeAll()];
  world.webhook = new Webhook(
    { url, secret: secret || undefined, maxConnections },
    {
      pause: call.webhookPause,
      clock: world.clock,
      reply: (body) => call.dispatch(String(body['method']), new Params(body)),
    },
  );
  if (!params.flag('drop_pending_updates')) for (const update of waiting) world.webhook.push(update);
  return true;
}

export function deleteWebhook({ world, params }: Call): true {
  const waiting = world.webhook?.close() ?? [];
  world.webhook = undefined;
  if (params.flag('drop_pending_updates')) world.updates.drop();
  else for (const update of waiting) world.updates.push(update);
  return true;
}

export function getWebhookInfo({ world }: Call): WebhookInfo {
  const { webhook, updates } = world;
  const info: WebhookInfo = {
    url: webhook?.target.url ?? '',
    has_custom_certificate: false,
    pending_update_count: webhook?.size ?? updates.size,
  };
  const kinds = updates.allowed;
  if (kinds) info.allowed_updates = kinds as NonNullable<WebhookInfo['allowed_updates']>;
  if (webhook) info.max_connections = webhook.target.maxConnections;
  if (webhook?.lastError) {
    info.last_error_date = Math.floor(webhook.lastError.at.getTime() / 1000);
    info.last_error_message = webhook.lastError.message;
  }
  return info;
}

function readAllowed(params: Params): string[] | undefined {
  const kinds = params.json('allowed_updates');
  return Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === 'string') : undefined;
}
