-- Kept meant two things: said already, and that no way leads to whoever has no account. The second has a name of its own now.
UPDATE "messages" SET "state" = 'unreachable' WHERE "state" = 'kept' AND "retiree_id" IS NOT NULL AND "account_id" IS NULL AND "settled_at" IS NULL;
