-- Nobody is signed up for an activity that is not there, and none goes that somebody signed up for.
ALTER TABLE "sign_ups" ADD CONSTRAINT "sign_ups_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE no action ON UPDATE no action;
