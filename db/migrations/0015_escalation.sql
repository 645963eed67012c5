CREATE TABLE "escalations" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"level" smallint NOT NULL,
	"unit_id" text NOT NULL,
	"told" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_once" ON "escalations" USING btree ("case_id","round","level");--> statement-breakpoint
CREATE INDEX "escalations_at" ON "escalations" USING btree ("at");
