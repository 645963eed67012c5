CREATE TABLE "group_rooms" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"group_id" uuid NOT NULL,
	"key" bytea NOT NULL,
	"address" bytea NOT NULL,
	"linked_by" uuid NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	"unlinked_at" timestamp with time zone,
	"send_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "group_rooms" ADD CONSTRAINT "group_rooms_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "group_rooms_group" ON "group_rooms" USING btree ("group_id") WHERE "group_rooms"."unlinked_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "group_rooms_key" ON "group_rooms" USING btree ("key") WHERE "group_rooms"."unlinked_at" is null;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "room_id" uuid;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "rooms_remind_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "activities_rooms_remind" ON "activities" USING btree ("rooms_remind_at") WHERE "activities"."rooms_remind_at" is not null;
