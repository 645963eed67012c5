ALTER TABLE "retirees" ADD COLUMN "certified_on" date;--> statement-breakpoint
CREATE INDEX "retirees_certified" ON "retirees" USING btree ("certified_on") WHERE "retirees"."certified_on" is not null and "retirees"."died_on" is null;--> statement-breakpoint
CREATE INDEX "retirees_birthday" ON "retirees" USING btree (extract(month from "born"),extract(day from "born")) WHERE "retirees"."died_on" is null;
