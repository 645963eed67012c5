ALTER TABLE "messages" ADD COLUMN "settled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "settled_by" uuid;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "settled_how" text;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_settled" CHECK (("settled_at" is null) = ("settled_by" is null) and ("settled_at" is null) = ("settled_how" is null));
