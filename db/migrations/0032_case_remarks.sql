-- What staff tell each other about a case. It goes with the words of the case.
CREATE TABLE "case_remarks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"case_id" uuid NOT NULL REFERENCES "cases"("id"),
	"by_id" uuid NOT NULL REFERENCES "accounts"("id"),
	"words" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "case_remarks_case" ON "case_remarks" USING btree ("case_id","id");
