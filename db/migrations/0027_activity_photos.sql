CREATE TABLE "activity_photos" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"activity_id" uuid NOT NULL REFERENCES "activities"("id"),
	"content" "bytea" NOT NULL,
	"added_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "activity_photos_activity" ON "activity_photos" USING btree ("activity_id","id");--> statement-breakpoint
CREATE INDEX "activity_photos_at" ON "activity_photos" USING btree ("at");
