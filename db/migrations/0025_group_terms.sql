ALTER TABLE "group_leaders" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "group_leaders_terms" ON "group_leaders" USING btree ("term") WHERE "group_leaders"."until" is null and "group_leaders"."reminded_at" is null;--> statement-breakpoint
ALTER TABLE "group_doings" ADD COLUMN "notice_id" uuid;--> statement-breakpoint
ALTER TABLE "group_doings" ADD CONSTRAINT "group_doings_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "group_doings_discussed" ON "group_doings" USING btree ("notice_id","group_id") WHERE "group_doings"."notice_id" is not null;--> statement-breakpoint
ALTER TABLE "group_doings" ADD CONSTRAINT "group_doings_notice" CHECK ("group_doings"."notice_id" is null or "group_doings"."kind" = 'study');
