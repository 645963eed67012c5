ALTER TABLE "activities" ADD COLUMN "group_id" uuid REFERENCES "groups"("id");
