ALTER TABLE "sign_ups" ADD COLUMN "ask_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sign_ups" ADD COLUMN "stars" smallint;--> statement-breakpoint
ALTER TABLE "sign_ups" ADD COLUMN "rating_words" "bytea";--> statement-breakpoint
ALTER TABLE "sign_ups" ADD CONSTRAINT "sign_ups_stars" CHECK ("sign_ups"."stars" between 1 and 5);--> statement-breakpoint
ALTER TABLE "sign_ups" ADD CONSTRAINT "sign_ups_rating_words" CHECK ("sign_ups"."rating_words" is null or "sign_ups"."stars" is not null);--> statement-breakpoint
CREATE INDEX "sign_ups_ask" ON "sign_ups" USING btree ("ask_at") WHERE "sign_ups"."ask_at" is not null;
