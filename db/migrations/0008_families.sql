CREATE TABLE "case_parties" (
	"case_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"account_id" uuid,
	"guest_hash" "bytea",
	CONSTRAINT "case_parties_case_id_seq_pk" PRIMARY KEY("case_id","seq"),
	CONSTRAINT "case_parties_one" CHECK (("case_parties"."account_id" is null) <> ("case_parties"."guest_hash" is null))
);
--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "revoked_why" text;--> statement-breakpoint
ALTER TABLE "case_parties" ADD CONSTRAINT "case_parties_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_parties_account" ON "case_parties" USING btree ("account_id","case_id");--> statement-breakpoint
CREATE INDEX "case_parties_guest" ON "case_parties" USING btree ("guest_hash") WHERE "case_parties"."guest_hash" is not null;