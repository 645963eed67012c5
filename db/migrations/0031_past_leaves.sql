CREATE INDEX "leaves_last" ON "leaves" USING btree ("last_day");--> statement-breakpoint
CREATE INDEX "calendar_changes_at" ON "calendar_changes" USING btree ("at");
