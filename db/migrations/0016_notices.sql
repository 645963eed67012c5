CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"unit_id" text NOT NULL REFERENCES "units"("id"),
	"state" text DEFAULT 'new' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"current" smallint,
	"pinned" boolean DEFAULT false NOT NULL,
	"in_force_until" date,
	"is_public" boolean DEFAULT false NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"corrected_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdrawn_why" text,
	CONSTRAINT "notices_state" CHECK ("notices"."state" in ('new', 'published', 'withdrawn')),
	CONSTRAINT "notices_current" CHECK (("notices"."state" = 'new') = ("notices"."current" is null))
);
--> statement-breakpoint
CREATE TABLE "notice_revisions" (
	"notice_id" uuid NOT NULL REFERENCES "notices"("id") ON DELETE cascade,
	"n" smallint NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"category" text DEFAULT 'other' NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"body" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"files" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"in_force_from" date,
	"in_force_until" date,
	"pinned" boolean DEFAULT false NOT NULL,
	"age_from" smallint,
	"age_to" smallint,
	"employer_kinds" text[],
	"by_flags" boolean DEFAULT false NOT NULL,
	"flags" bytea,
	"change" text DEFAULT '' NOT NULL,
	"edited_by" uuid NOT NULL,
	"edited_at" timestamp with time zone NOT NULL,
	"submitted_by" uuid,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	CONSTRAINT "notice_revisions_notice_id_n_pk" PRIMARY KEY("notice_id","n"),
	CONSTRAINT "notice_revisions_state" CHECK ("notice_revisions"."state" in ('draft', 'submitted', 'approved')),
	CONSTRAINT "notice_revisions_dates" CHECK ("notice_revisions"."in_force_until" >= "notice_revisions"."in_force_from"),
	CONSTRAINT "notice_revisions_ages" CHECK ("notice_revisions"."age_to" >= "notice_revisions"."age_from"),
	CONSTRAINT "notice_revisions_flags" CHECK ("notice_revisions"."by_flags" = ("notice_revisions"."flags" is not null)),
	CONSTRAINT "notice_revisions_approved" CHECK (("notice_revisions"."state" = 'approved') = ("notice_revisions"."approved_by" is not null) and ("notice_revisions"."state" = 'draft') = ("notice_revisions"."submitted_by" is null) and ("notice_revisions"."approved_by" <> "notice_revisions"."submitted_by" or "notice_revisions"."approved_by" is null))
);
--> statement-breakpoint
CREATE TABLE "notice_files" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"notice_id" uuid NOT NULL REFERENCES "notices"("id") ON DELETE cascade,
	"kind" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" integer NOT NULL,
	"content" bytea NOT NULL,
	"added_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_reads" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"notice_id" uuid NOT NULL REFERENCES "notices"("id"),
	"retiree_id" uuid NOT NULL REFERENCES "retirees"("id"),
	"unit_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"revision" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_audience" (
	"notice_id" uuid NOT NULL REFERENCES "notices"("id"),
	"unit_id" text NOT NULL,
	"people" integer NOT NULL,
	CONSTRAINT "notice_audience_notice_id_unit_id_pk" PRIMARY KEY("notice_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "notice_walks" (
	"notice_id" uuid NOT NULL REFERENCES "notices"("id"),
	"n" smallint NOT NULL,
	"what" text NOT NULL,
	"after_unit" text DEFAULT '' NOT NULL,
	"after_retiree" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
	"after_read" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "notice_walks_notice_id_n_what_pk" PRIMARY KEY("notice_id","n","what")
);
--> statement-breakpoint
CREATE INDEX "notices_live" ON "notices" USING btree ("unit_id","pinned" DESC NULLS LAST,"published_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "notices"."state" = 'published';--> statement-breakpoint
CREATE INDEX "notices_unit" ON "notices" USING btree ("unit_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_revisions_one_open" ON "notice_revisions" USING btree ("notice_id") WHERE "notice_revisions"."state" <> 'approved';--> statement-breakpoint
CREATE INDEX "notice_files_notice" ON "notice_files" USING btree ("notice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_reads_once" ON "notice_reads" USING btree ("notice_id","retiree_id");--> statement-breakpoint
CREATE INDEX "notice_reads_walk" ON "notice_reads" USING btree ("notice_id","n");--> statement-breakpoint
CREATE INDEX "notice_reads_retiree" ON "notice_reads" USING btree ("retiree_id","n");--> statement-breakpoint
CREATE INDEX "notice_reads_at" ON "notice_reads" USING btree ("at");--> statement-breakpoint
CREATE INDEX "notice_walks_open" ON "notice_walks" USING btree ("started_at") WHERE "notice_walks"."done_at" is null;--> statement-breakpoint
-- What was approved and read is the record: it is replaced by a further version, never changed.
CREATE FUNCTION notice_revisions_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Sealing anew with another key changes the bytes, not what they say.
  IF OLD.state = 'approved' AND (to_jsonb(OLD) - 'flags') IS DISTINCT FROM (to_jsonb(NEW) - 'flags') THEN
    RAISE EXCEPTION 'an approved version of a notice stays as it was approved' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER notice_revisions_keep BEFORE UPDATE ON "notice_revisions"
  FOR EACH ROW EXECUTE FUNCTION notice_revisions_keep();
