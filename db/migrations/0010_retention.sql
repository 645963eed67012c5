CREATE TABLE "removals" (
	"day" date NOT NULL,
	"what" text NOT NULL,
	"count" integer NOT NULL,
	"oldest" timestamp with time zone NOT NULL,
	"newest" timestamp with time zone NOT NULL,
	CONSTRAINT "removals_day_what_pk" PRIMARY KEY("day","what")
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "retirees" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "codes_expiry" ON "codes" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "invites_expiry" ON "invites" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "slips_expiry" ON "slips" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tickets_expiry" ON "tickets" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "messages_age" ON "messages" USING btree ("created_at") WHERE "messages"."template" <> 'erased';--> statement-breakpoint
CREATE INDEX "cases_kept" ON "cases" USING btree ("closed_at") WHERE "cases"."closed_at" is not null and "cases"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "done_acts_at" ON "done_acts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "drafts_case" ON "drafts" USING btree ("case_id") WHERE "drafts"."case_id" is not null;--> statement-breakpoint
CREATE INDEX "files_age" ON "files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "retirees_deceased" ON "retirees" USING btree ("died_on") WHERE "retirees"."died_on" is not null and "retirees"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "second_factors_age" ON "second_factors" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "consents_withdrawn" ON "consents" USING btree ("withdrawn_at");--> statement-breakpoint
CREATE INDEX "links_ended" ON "links" USING btree (least("revoked_at", "until"));--> statement-breakpoint
CREATE INDEX "unmaskings_at" ON "unmaskings" USING btree ("at");--> statement-breakpoint
CREATE INDEX "account_acts_at" ON "account_acts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "staff_events_at" ON "staff_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "posts_account_ever" ON "posts" USING btree ("account_id","ended_at");
