CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"number" text NOT NULL UNIQUE,
	"title" text NOT NULL,
	"issuer" text NOT NULL,
	"issued_on" date,
	"in_force_from" date,
	"in_force_until" date,
	"entered_at" timestamp with time zone,
	"entered_by" uuid,
	CONSTRAINT "documents_forward" CHECK ("in_force_until" is null or "in_force_from" is null or "in_force_from" <= "in_force_until")
);
--> statement-breakpoint
CREATE TABLE "document_parts" (
	"document_id" uuid NOT NULL REFERENCES "documents"("id") ON DELETE cascade,
	"position" smallint NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"plain" text DEFAULT '' NOT NULL,
	CONSTRAINT "document_parts_document_id_position_pk" PRIMARY KEY("document_id","position"),
	CONSTRAINT "document_parts_kind" CHECK ("kind" in ('chapter', 'article', 'item', 'annex'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "document_parts_label" ON "document_parts" USING btree ("document_id","label");--> statement-breakpoint
CREATE TABLE "published_answers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"unit_id" text NOT NULL REFERENCES "units"("id"),
	"case_id" uuid UNIQUE REFERENCES "cases"("id"),
	"question" text NOT NULL,
	"answer" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "published_answers_unit" ON "published_answers" USING btree ("unit_id","id" DESC);--> statement-breakpoint
CREATE TABLE "ask_entries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"unit_id" text,
	"digest" text NOT NULL,
	CONSTRAINT "ask_entries_kind" CHECK ("kind" in ('article', 'service', 'notice', 'answer'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "ask_entries_ref" ON "ask_entries" USING btree ("kind","ref");--> statement-breakpoint
CREATE TABLE "ask_postings" (
	"term" text NOT NULL,
	"entry_id" bigint NOT NULL REFERENCES "ask_entries"("id") ON DELETE cascade,
	"weight" real NOT NULL,
	-- The weight rides along in the index: a search never visits the table.
	CONSTRAINT "ask_postings_term_entry_id_pk" PRIMARY KEY("term","entry_id") INCLUDE ("weight")
);
--> statement-breakpoint
CREATE INDEX "cases_answered" ON "cases" USING btree ("unit_id","id" DESC) WHERE "kind" = 'consultation' and "status" = 'approved';--> statement-breakpoint
CREATE INDEX "ask_postings_entry" ON "ask_postings" USING btree ("entry_id");
