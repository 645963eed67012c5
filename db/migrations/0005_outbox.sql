ALTER TABLE "messages" ADD COLUMN "claimed_until" timestamp with time zone;--> statement-breakpoint
-- A message is written, claimed and marked within a second: room on its page keeps the claim from touching any index.
ALTER TABLE "messages" SET (fillfactor = 80);
