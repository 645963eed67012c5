-- A colleague whose chat is gone is seen by their unit: a message says for which post it was written, and what is private never does.
ALTER TABLE "messages" ADD COLUMN "at_unit" text;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_staff_account" CHECK ("messages"."at_unit" is null or "messages"."account_id" is not null);--> statement-breakpoint
CREATE INDEX "messages_staff" ON "messages" USING btree ("at_unit","created_at","id") WHERE "messages"."at_unit" is not null;--> statement-breakpoint
CREATE INDEX "messages_staff_left" ON "messages" USING btree ("at_unit","created_at","id") WHERE "messages"."at_unit" is not null and "messages"."state" in ('queued', 'failed', 'kept');
